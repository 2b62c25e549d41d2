import pytest

from hexward.controls.vulnerabilities.ai_compute_covered import ai_compute_covered
from hexward.inventory import Function, NotebookInstance
from hexward.model import Status
from tests.build import inventory, judge, seen
from tests.controls.vulnerabilities.scans import AWS, DIGEST, FUNCTION, IMAGE, INSTANCE, PUBLIC, coverage, workload

PASS = inventory(workload(IMAGE), coverage("ACTIVE"))
FAIL = inventory(workload(IMAGE), coverage("INACTIVE"))

BY_DIGEST = f"{IMAGE}@{DIGEST}"
EXPIRED = coverage("INACTIVE", "SCAN_ELIGIBILITY_EXPIRED")


@pytest.mark.parametrize(
    ("one", "rows", "status"),
    [
        (workload(BY_DIGEST), [coverage(tags=None)], Status.PASS),
        (workload(BY_DIGEST), [coverage(tags=("2",))], Status.PASS),
        (workload(IMAGE), [EXPIRED, coverage()], Status.PASS),
        (workload(IMAGE), [coverage(tags=("2",))], Status.FAIL),
        (workload(IMAGE), [], Status.FAIL),
        (workload(IMAGE.replace("us-east-1", "eu-west-3")), [], Status.UNKNOWN),
        (workload(AWS), [], Status.NOT_APPLICABLE),
        (workload(PUBLIC), [], Status.NOT_APPLICABLE),
        (workload(), [], Status.NOT_APPLICABLE),
        (workload(arn=FUNCTION), [coverage(of=f"{FUNCTION}:$LATEST", tags=None)], Status.PASS),
        (workload(arn=FUNCTION), [seen(Function, FUNCTION, runtime="python3.13")], Status.FAIL),
        (workload(arn=FUNCTION), [seen(Function, FUNCTION, runtime=None)], Status.UNKNOWN),
        (workload(arn=INSTANCE), [coverage(of=INSTANCE.rpartition("/")[2], tags=None)], Status.PASS),
        (workload(arn=INSTANCE), [], Status.FAIL),
    ],
)
def test_each_part_that_inspector_can_scan_must_be_scanned(one, rows, status):
    assert judge(ai_compute_covered, one, *rows).status is status


def test_the_fault_names_inspectors_reason():
    [fault] = judge(ai_compute_covered, workload(IMAGE), EXPIRED).faults
    assert fault.says == "Inspector does not scan serve:1: scan eligibility expired"


def test_one_image_in_an_unasked_region_does_not_hide_another_ones_fault():
    verdict = judge(ai_compute_covered, workload(IMAGE.replace("us-east-1", "eu-west-3"), IMAGE), EXPIRED)
    assert (verdict.status, len(verdict.unseen)) == (Status.FAIL, 1)


def test_a_notebook_has_nothing_that_inspector_scans():
    given = inventory(seen(NotebookInstance, name="n"), coverage())
    assert [judge(ai_compute_covered, one).status for one in given.of(ai_compute_covered.judges)] == [
        Status.NOT_APPLICABLE
    ]
