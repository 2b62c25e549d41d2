"""A schedule that calls SageMaker or Bedrock is a workload of the role that it calls as."""

import pytest

from hexward.inventory import NotCollected, Ref, Schedule, Stage, Workload
from hexward.inventory.scheduler import calls_ai
from tests.build import ACCOUNT, REGION, inventory, seen

ROLE = f"arn:aws:iam::{ACCOUNT}:role/nightly"
PIPELINE = f"arn:aws:sagemaker:{REGION}:{ACCOUNT}:pipeline/score-endpoint"


def call(name: str) -> str:
    return f"arn:aws:scheduler:::aws-sdk:{name}"


def schedule(target: str = PIPELINE, **fields: object) -> Schedule:
    arn = f"arn:aws:scheduler:{REGION}:{ACCOUNT}:schedule/default/nightly"
    known = {"name": "nightly", "target_arn": target, "role_arn": ROLE, "kms_key_arn": None, **fields}
    return seen(Schedule, arn, region=REGION, **known)


def made(*schedules: Schedule) -> Workload:
    [one] = inventory(*schedules).of(Workload)
    return one


@pytest.mark.parametrize(
    ("target", "told"),
    [
        (PIPELINE, True),
        (call("sagemaker:createTrainingJob"), True),
        (call("bedrockruntime:invokeModel"), True),
        (call("ecs:runTask"), False),
        (f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:sagemaker", False),
        ("arn:aws:scheduler:::http-invoke", False),
        ("sagemaker", False),
        ("", False),
    ],
)
def test_only_what_calls_ai_is_collected(target, told):
    assert calls_ai(target) is told


@pytest.mark.parametrize(
    ("target", "stage"),
    [
        (PIPELINE, Stage.TRAIN),
        (call("sagemaker:createTrainingJob"), Stage.TRAIN),
        (call("sagemaker:createAutoMLJobV2"), Stage.TRAIN),
        (call("sagemaker:createProcessingJob"), Stage.PROCESS),
        (call("sagemaker:startNotebookInstance"), Stage.DEVELOP),
        (call("sagemaker:createTransformJob"), Stage.INFER),
        (call("bedrockruntime:invokeModel"), Stage.INFER),
        (call("bedrockagent:startIngestionJob"), Stage.PROCESS),
    ],
)
def test_the_call_tells_the_stage(target, stage):
    assert made(schedule(target)).stage is stage


def test_it_is_a_workload_of_its_role():
    one = made(schedule(kms_key_arn="k"))
    assert (one.name, one.roles, one.keys) == (
        "nightly",
        (Ref(ROLE, "Schedule.role_arn"),),
        (Ref("k", "Schedule.kms_key_arn"),),
    )
    assert (one.subnet_ids, one.input_buckets, one.sensitivity) == ((), (), None)


def test_a_role_that_was_not_read_is_not_known():
    with pytest.raises(NotCollected):
        _ = made(schedule().punched("role_arn")).roles
