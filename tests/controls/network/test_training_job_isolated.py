import pytest

from hexward.controls.network.training_job_isolated import training_job_isolated
from hexward.inventory import TrainingJob
from hexward.inventory.sagemaker import Vpc
from tests.build import inventory, judge, seen

VPC = Vpc(("sg-1",), ("subnet-1",))


def job(vpc: Vpc | None, *, isolated: bool | None) -> TrainingJob:
    return seen(TrainingJob, vpc_config=vpc, enable_network_isolation=isolated)


PASS = inventory(job(VPC, isolated=True))
FAIL = inventory(job(VPC, isolated=False))


@pytest.mark.parametrize(
    ("vpc", "isolated", "aspects"),
    [
        (VPC, None, ["isolation"]),
        (None, True, ["vpc"]),
        (None, False, ["isolation", "vpc"]),
    ],
)
def test_judges_the_vpc_and_the_isolation_apart(vpc, isolated, aspects):
    assert [f.aspect for f in judge(training_job_isolated, job(vpc, isolated=isolated)).faults] == aspects
