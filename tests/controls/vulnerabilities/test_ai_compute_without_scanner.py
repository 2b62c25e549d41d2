import pytest

from hexward.controls.vulnerabilities.ai_compute_without_scanner import ai_compute_without_scanner
from hexward.model import Status
from tests.build import ACCOUNT, REGION, inventory, judge
from tests.controls.vulnerabilities.scans import AWS, FUNCTION, IMAGE, PUBLIC, coverage, workload

PASS = inventory(workload(IMAGE), coverage())
FAIL = inventory(workload(PUBLIC), coverage())

NOTEBOOK = f"arn:aws:sagemaker:{REGION}:{ACCOUNT}:notebook-instance/lab"
AGENT = f"arn:aws:bedrock:{REGION}:{ACCOUNT}:agent/support"


@pytest.mark.parametrize(
    ("one", "rows", "status"),
    [
        (workload(arn=NOTEBOOK), [], Status.UNKNOWN),
        (workload(AWS), [], Status.UNKNOWN),
        (workload(IMAGE, AWS), [coverage()], Status.UNKNOWN),
        (workload(IMAGE), [], Status.UNKNOWN),
        (workload(IMAGE), [coverage("INACTIVE")], Status.UNKNOWN),
        (workload(AWS, PUBLIC), [], Status.FAIL),
        (workload("public.ecr.aws/strangers/serve@sha256:ab"), [], Status.FAIL),
        (workload(arn=FUNCTION), [coverage(of=f"{FUNCTION}:$LATEST")], Status.PASS),
        (workload(arn=FUNCTION), [], Status.UNKNOWN),
        (workload(arn=AGENT), [], Status.NOT_APPLICABLE),
    ],
)
def test_what_no_scanner_sees_is_unknown_and_what_strangers_publish_fails(one, rows, status):
    assert judge(ai_compute_without_scanner, one, *rows).status is status
