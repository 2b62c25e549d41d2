import pytest

from hexward.controls.identity.role_not_shared import role_not_shared
from hexward.inventory import Stage
from hexward.model import Status
from tests.build import inventory, judge
from tests.controls.identity.build import ROLE, role, workload

JOBS = [workload(f"training-job/tune-{n}", Stage.TRAIN) for n in range(3)]
ENDPOINT = workload("endpoint/chat", Stage.INFER)
PASS = inventory(role(), workload(), workload("endpoint/chat", Stage.INFER, f"{ROLE}-other"))
FAIL = inventory(role(), workload(), ENDPOINT)


@pytest.mark.parametrize(
    ("served", "status"),
    [
        (JOBS, Status.PASS),
        ([*JOBS, workload("processing-job/clean", Stage.PROCESS)], Status.FAIL),
        ([*JOBS, workload("function:launch", Stage.TRAIN)], Status.FAIL),
        ([*JOBS, workload("schedule/default/nightly", Stage.TRAIN)], Status.PASS),
        ([*JOBS, workload("schedule/default/ask", Stage.INFER)], Status.FAIL),
        ([ENDPOINT, workload("endpoint/search", Stage.INFER)], Status.FAIL),
        ([], Status.NOT_APPLICABLE),
    ],
)
def test_only_runs_of_jobs_in_one_stage_may_share(served, status):
    assert judge(role_not_shared, role(), *served).status is status


def test_names_the_workloads_and_their_stages():
    [fault] = judge(role_not_shared, role(), *JOBS, ENDPOINT).faults
    assert fault.says == "2 workloads run as this role: endpoint/chat (infer), training-job/tune-2 (train)"
