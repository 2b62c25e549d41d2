import pytest

from hexward.controls.trail.agent_browser_recorded import agent_browser_recorded
from hexward.inventory import Browser
from hexward.inventory.bedrock_agentcore_control import Recording, RecordingBucket
from hexward.model import Status
from tests.build import inventory, judge, seen

BUCKET = RecordingBucket("recordings")

PASS = inventory(seen(Browser, recording=Recording(enabled=True, s3_location=BUCKET)))
FAIL = inventory(seen(Browser, recording=Recording(enabled=False, s3_location=BUCKET)))


@pytest.mark.parametrize(
    "recording", [None, Recording(), Recording(s3_location=BUCKET), Recording(enabled=True), Recording(enabled=False)]
)
def test_a_recording_needs_its_switch_and_a_bucket(recording):
    assert judge(agent_browser_recorded, seen(Browser, recording=recording)).status is Status.FAIL
