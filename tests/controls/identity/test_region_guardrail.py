import pytest

from hexward.controls import judge
from hexward.controls.identity.region_guardrail import region_guardrail
from hexward.inventory import NotebookInstance, Workload
from hexward.model import Gap, Reason, Status
from tests.build import ACCOUNT, NOW, Given, seen
from tests.controls.guardrails import BREAK_GLASS, allowing, deny, guard, organization

HERE, ELSEWHERE = "us-east-1", "ap-southeast-1"
WORKLOAD = seen(Workload, region=HERE)
FAR = seen(Workload, region=ELSEWHERE)
USES = {"bedrock:InvokeModel", "ec2:RunInstances", "sagemaker:CreateTrainingJob"}


def only(*regions: str, **more: object) -> dict[str, object]:
    elsewhere = {"StringNotEquals": {"aws:RequestedRegion": list(regions)}} | BREAK_GLASS
    return {"Effect": "Deny", "NotAction": ["iam:*", "sts:*"], "Resource": "*", "Condition": elsewhere | more}


def given(*records, regions=(HERE, ELSEWHERE), unlisted=None):
    return Given(ACCOUNT, NOW, regions, [organization(), allowing(), *records], unlisted)


PASS = given(guard(only(HERE)), WORKLOAD)
FAIL = given(guard(only(HERE, ELSEWHERE)), WORKLOAD)


@pytest.mark.parametrize(
    ("statement", "workloads", "expected"),
    [
        (only(HERE), (WORKLOAD,), set()),
        (only(HERE), (WORKLOAD, FAR), set()),
        (only(ELSEWHERE), (WORKLOAD,), USES),
        (deny("bedrock:*", "ec2:*", condition={"StringEquals": {"aws:RequestedRegion": ELSEWHERE}}), (WORKLOAD,),
         {"sagemaker:CreateTrainingJob"}),
        # What Bedrock hands on to other regions may be exempt.
        (only(HERE, ArnNotLike={"bedrock:InferenceProfileArn": "arn:aws:bedrock:*:*:inference-profile/*"}), (WORKLOAD,), set()),
    ],
)  # fmt: skip
def test_asks_for_ai_in_the_regions_that_run_none(statement, workloads, expected):
    accounts = given(guard(statement), *workloads)
    verdict = judge(region_guardrail, next(iter(accounts)), accounts)
    assert {fault.aspect for fault in verdict.faults} == expected
    assert all(fault.says.endswith(f" in {ELSEWHERE}") for fault in verdict.faults)


def test_a_region_whose_workloads_are_not_known_is_unknown_and_hides_no_other():
    gap = Gap(Reason.DENIED, "no", "sagemaker:ListNotebookInstances", region=HERE)
    for statement, status in ((only(HERE), Status.UNKNOWN), (deny("iam:*"), Status.FAIL)):
        accounts = given(guard(statement), unlisted={(NotebookInstance, HERE): gap})
        verdict = judge(region_guardrail, next(iter(accounts)), accounts)
        assert verdict.status is status
        assert {missing.gap for missing in verdict.unseen} == {gap}
