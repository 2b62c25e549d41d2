import pytest

from hexward.controls.threats.macie_training_data import macie_training_data
from hexward.inventory import Bucket, MacieRegion, Record, Ref, Stage, Workload
from hexward.model import Status
from tests.build import REGION, inventory, judge, seen


def macie(status: str | None = "ENABLED", discovery: str | None = "ENABLED", member: str | None = None) -> MacieRegion:
    return seen(MacieRegion, status=status, configured_discovery=discovery, member_discovery=member)


def training(region: str = REGION, stage: Stage = Stage.TRAIN) -> tuple[Record, Record]:
    bucket = seen(Bucket, "arn:aws:s3:::train", region=region, name="train")
    return bucket, seen(Workload, stage=stage, inputs=(Ref("train", "TrainingJob.input_data_config"),))


PASS = inventory(macie(), *training())
FAIL = inventory(macie(discovery="DISABLED"), *training())


@pytest.mark.parametrize(
    ("one", "aspects"),
    [
        (macie(None, None), ["macie"]),
        (macie("PAUSED"), ["macie"]),
        (macie(discovery=None), ["discovery"]),
        (macie(member="ENABLED").punched("configured_discovery"), []),
        (macie(member="DISABLED").punched("configured_discovery"), ["discovery"]),
    ],
)
def test_macie_must_be_on_and_look_by_itself(one, aspects):
    assert [fault.aspect for fault in judge(macie_training_data, one, *training()).faults] == aspects


NOT_TOLD = macie().punched("configured_discovery")


@pytest.mark.parametrize("one", [macie().punched("status"), NOT_TOLD, NOT_TOLD.punched("member_discovery")])
def test_what_neither_answer_tells_is_unknown(one):
    assert judge(macie_training_data, one, *training()).status is Status.UNKNOWN


@pytest.mark.parametrize("others", [(), training("eu-west-1"), training(stage=Stage.INFER)])
def test_says_nothing_of_regions_without_training_data(others):
    assert judge(macie_training_data, macie(None, None), *others).status is Status.NOT_APPLICABLE
