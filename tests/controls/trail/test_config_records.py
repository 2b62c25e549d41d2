import pytest

from hexward.controls.trail.config_records import config_records
from hexward.inventory import ConfigRegion
from hexward.inventory.config import Excluded, Recorder, RecorderStatus, RecordingGroup, Strategy
from hexward.model import Status
from tests.build import inventory, judge, seen

ALL = RecordingGroup(all_supported=True, include_global_resource_types=True)
WITHOUT_IAM = RecordingGroup(all_supported=True, include_global_resource_types=False)
WORKS = RecorderStatus("default", recording=True, last_status="SUCCESS")


def region(
    group: RecordingGroup | None = ALL, status: RecorderStatus = WORKS, *, name: str = "us-east-1"
) -> ConfigRegion:
    return seen(ConfigRegion, region=name, recorders=(Recorder("default", group),), statuses=(status,))


def excluding(*names: str) -> RecordingGroup:
    strategy = Strategy("EXCLUSION_BY_RESOURCE_TYPES")
    return RecordingGroup(all_supported=False, exclusion_by_resource_types=Excluded(names), recording_strategy=strategy)


PASS = inventory(region())
SOME = tuple(f"AWS::IAM::{kind}" for kind in ("User", "Group", "Role", "Policy"))
FAIL = inventory(region(RecordingGroup(all_supported=False, resource_types=SOME)))


@pytest.mark.parametrize(
    ("one", "aspects"),
    [
        (region(None), ["identities"]),
        (region(WITHOUT_IAM), ["identities"]),
        (region(WITHOUT_IAM, name="eu-west-1"), []),
        (region(excluding("AWS::EC2::NetworkInterface")), []),
        (region(excluding("AWS::SageMaker::Model")), ["types"]),
        (region(status=RecorderStatus("default", recording=False)), ["stopped", "identities"]),
        (region(status=RecorderStatus("default", recording=True, last_status="FAILURE")), ["delivery"]),
        (region(status=RecorderStatus("default", recording=True, last_status="PENDING")), []),
        (seen(ConfigRegion, recorders=(), statuses=()), ["recorder"]),
    ],
)
def test_wants_a_recorder_of_all_types_that_works(one, aspects):
    assert [fault.aspect for fault in judge(config_records, one).faults] == aspects


@pytest.mark.parametrize(
    ("other", "status"),
    [
        (region(name="eu-west-1"), Status.PASS),
        (region(excluding(), name="eu-west-1"), Status.PASS),
        (region(WITHOUT_IAM, name="eu-west-1"), Status.FAIL),
        (region(name="eu-west-1").punched("recorders"), Status.UNKNOWN),
    ],
)
def test_one_region_is_enough_for_identities(other, status):
    assert judge(config_records, region(WITHOUT_IAM), other).status is status


def test_a_recorder_without_a_status_is_unknown():
    assert (
        judge(
            config_records, seen(ConfigRegion, region="eu-west-1", recorders=(Recorder("a", ALL),), statuses=())
        ).status
        is Status.UNKNOWN
    )
