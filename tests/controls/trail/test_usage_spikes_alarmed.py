import pytest

from hexward.controls.alarms import Alarming
from hexward.controls.trail.usage_spikes_alarmed import usage_spikes_alarmed
from hexward.inventory import Stage, Workload
from hexward.model import Status
from tests.build import inventory, judge, seen


def region(*, alarmed: bool) -> Alarming:
    return seen(Alarming, spikes_alarmed=alarmed)


def workload(stage: Stage, region: str = "us-east-1") -> Workload:
    return seen(Workload, "arn:chat", region=region, stage=stage)


CHAT = workload(Stage.INFER)
PASS = inventory(region(alarmed=True), CHAT)
FAIL = inventory(region(alarmed=False), CHAT)


@pytest.mark.parametrize(
    ("one", "status"),
    [
        (workload(Stage.TRAIN), Status.NOT_APPLICABLE),
        (workload(Stage.INFER, "eu-west-1"), Status.NOT_APPLICABLE),
        (CHAT.punched("stage"), Status.UNKNOWN),
    ],
)
def test_is_asked_where_models_answer(one, status):
    assert judge(usage_spikes_alarmed, region(alarmed=False), one).status is status
