import pytest

from hexward.controls.network.stage_separation import stage_separation
from hexward.inventory import Ref, Stage, Subnet, Workload
from hexward.model import Status
from tests.build import REGION, inventory, judge, seen

SUBNET = seen(Subnet, subnet_id="subnet-1")


def workload(name: str, stage: Stage, subnet: str = "subnet-1", region: str = REGION) -> Workload:
    return seen(Workload, f"arn:{name}", region=region, name=name, stage=stage, subnets=(Ref(subnet, "vpc"),))


TRAIN = workload("train-a", Stage.TRAIN)
CHAT = workload("chat", Stage.INFER)

PASS = inventory(SUBNET, TRAIN, workload("chat", Stage.INFER, "subnet-2"))
FAIL = inventory(SUBNET, TRAIN, CHAT)


@pytest.mark.parametrize(
    ("workloads", "aspects"),
    [
        ((CHAT, workload("clean", Stage.PROCESS)), ["process"]),
        ((CHAT, TRAIN, workload("clean", Stage.PROCESS)), ["train", "process"]),
        ((TRAIN, workload("clean", Stage.PROCESS)), []),
        ((CHAT, workload("lab", Stage.DEVELOP)), []),
        ((TRAIN, workload("far", Stage.INFER, region="eu-west-1")), []),
    ],
)
def test_keeps_inference_from_training_and_from_processing(workloads, aspects):
    assert [f.aspect for f in judge(stage_separation, SUBNET, *workloads).faults] == aspects


def test_names_three_of_many_workloads():
    jobs = [workload(f"train-{n}", Stage.TRAIN) for n in range(5)]
    [fault] = judge(stage_separation, SUBNET, CHAT, *jobs).faults
    assert fault.says == "training (train-0, train-1, train-2 and 2 more) and inference (chat) share it"


@pytest.mark.parametrize(
    ("workloads", "status"),
    [
        ((), Status.NOT_APPLICABLE),
        ((TRAIN, seen(Workload, "arn:x", name="x", stage=Stage.INFER)), Status.UNKNOWN),
        ((TRAIN, seen(Workload, "arn:x", name="x", subnets=(Ref("subnet-1", "vpc"),))), Status.UNKNOWN),
        ((TRAIN, CHAT, seen(Workload, "arn:x", name="x", stage=Stage.INFER)), Status.FAIL),
    ],
)
def test_is_unknown_while_something_unseen_may_be_inside(workloads, status):
    assert judge(stage_separation, SUBNET, *workloads).status is status
