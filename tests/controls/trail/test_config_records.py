import pytest

from hexward.controls.trail.config_records import config_records
from hexward.inventory import ConfigRegion
from hexward.inventory.config import Excluded, Recorder, RecorderStatus, RecordingGroup, Strategy
from tests.build import inventory, judge, seen

ALL = RecordingGroup(all_supported=True)
WORKS = RecorderStatus("default", recording=True, last_status="SUCCESS")


def region(group: RecordingGroup | None = ALL, status: RecorderStatus = WORKS) -> ConfigRegion:
    return seen(ConfigRegion, recorders=(Recorder("default", group),), statuses=(status,))


def excluding(*names: str) -> RecordingGroup:
    strategy = Strategy("EXCLUSION_BY_RESOURCE_TYPES")
    return RecordingGroup(all_supported=False, exclusion_by_resource_types=Excluded(names), recording_strategy=strategy)


PASS = inventory(region())
FAIL = inventory(region(RecordingGroup(all_supported=False, resource_types=("AWS::EC2::Instance",))))


@pytest.mark.parametrize(
    ("one", "aspects"),
    [
        (region(None), []),
        (region(excluding("AWS::EC2::NetworkInterface")), []),
        (region(excluding("AWS::SageMaker::Model")), ["types"]),
        (region(status=RecorderStatus("default", recording=False)), ["stopped"]),
        (region(status=RecorderStatus("default", recording=True, last_status="FAILURE")), ["delivery"]),
        (region(status=RecorderStatus("default", recording=True, last_status="PENDING")), []),
        (seen(ConfigRegion, recorders=(), statuses=()), ["recorder"]),
    ],
)
def test_wants_a_recorder_of_all_types_that_works(one, aspects):
    assert [fault.aspect for fault in judge(config_records, one).faults] == aspects
