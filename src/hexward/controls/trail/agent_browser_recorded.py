"""Sessions of agents' browsers are recorded.

Why: what an agent clicked, typed and sent in a browser is in no other log; without a recording nobody can tell a page that took the
agent over from an agent that erred.

Fix: create the browser again with recording into a bucket that its role may write, and use it in place of this one; the recording of
an existing browser cannot be changed. Recordings hold what pages showed, so treat the bucket as confidential.
"""

from collections.abc import Iterator

from hexward.controls import control
from hexward.inventory import Browser
from hexward.model import Fault, Severity


@control(
    severity=Severity.MEDIUM,
    frameworks=("AWS-AISBP:BedrockAgentCore.6", "HIPAA:164.312(b)", "NIST-800-53:AU-12"),
    source="https://docs.aws.amazon.com/securityhub/latest/userguide/bedrockagentcore-controls.html#bedrockagentcore-6",
)
def agent_browser_recorded(browser: Browser) -> Iterator[Fault]:
    recording = browser.recording
    # Left out, the switch is off.
    if recording is None or not recording.enabled:
        yield Fault("what agents do in the browser is not recorded", field="recording")
    elif recording.s3_location is None:
        yield Fault("recordings of the browser have no bucket to go to", field="recording")
