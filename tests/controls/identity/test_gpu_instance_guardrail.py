import pytest

from hexward.controls import judge
from hexward.controls.identity.gpu_instance_guardrail import STARTS, gpu_instance_guardrail
from hexward.model import Status
from tests.build import inventory
from tests.controls.guardrails import BREAK_GLASS, allowing, aspects, deny, guard, organization

SAGEMAKER = [f"sagemaker:{action}" for action in STARTS]
TYPES = {"sagemaker:InstanceTypes": ["ml.p*", "ml.g*", "ml.trn*"]}
SMALL = {"sagemaker:InstanceTypes": ["ml.m5.*", "ml.c5.*", "ml.t3.*"]}
MACHINES = deny("ec2:RunInstances", Resource="arn:aws:ec2:*:*:instance/*",
                condition={"StringLike": {"ec2:InstanceType": ["p*", "g*", "trn*"]}})  # fmt: skip
JOBS = deny(*SAGEMAKER, condition={"ForAnyValue:StringLike": TYPES} | BREAK_GLASS)

PASS = inventory(organization(), allowing(), guard(JOBS, MACHINES))
FAIL = inventory(organization(), allowing(), guard(JOBS))

MIXED = {f"sagemaker:{action}" for action in ("CreateCluster", "CreateEndpointConfig", "CreateTrainingJob")}


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        ([JOBS, MACHINES], set()),
        ([MACHINES], set(SAGEMAKER)),
        ([JOBS], {"ec2:RunInstances"}),
        ([deny("sagemaker:Create*", "sagemaker:Update*"), deny("ec2:RunInstances")], set()),
        ([deny(*SAGEMAKER, condition={"ForAnyValue:StringNotLike": SMALL}), MACHINES], set()),
        # Met only if no machine is a small one.
        ([deny(*SAGEMAKER, condition={"ForAllValues:StringNotLike": SMALL}), MACHINES], MIXED),
        ([deny(*SAGEMAKER, condition={"ForAnyValue:StringLike": {"sagemaker:InstanceTypes": "ml.p*"}}), MACHINES], set(SAGEMAKER)),
        ([JOBS, deny("ec2:RunInstances", condition={"StringEquals": {"aws:RequestedRegion": "us-west-2"}})], {"ec2:RunInstances"}),
    ],
)  # fmt: skip
def test_each_call_that_starts_gpus_is_a_fault_of_its_own(statements, expected):
    assert aspects(gpu_instance_guardrail, *statements) == expected


def test_a_list_compared_as_one_value_is_not_decided_where_there_are_several():
    one = organization()
    plain = deny(*SAGEMAKER, condition={"StringLike": TYPES})
    verdict = judge(gpu_instance_guardrail, one, inventory(one, allowing(), guard(plain, MACHINES)))
    assert verdict.status is Status.UNKNOWN
    assert "several values" in str(verdict.unseen[0].gap.detail)


def test_names_the_machines_and_the_regions():
    one = organization()
    [fault] = judge(gpu_instance_guardrail, one, inventory(one, allowing(), guard(JOBS))).faults
    assert fault.says.startswith("no guardrail stops ec2:RunInstances with g6.48xlarge, ")
    assert fault.says.endswith(" in us-east-1")
