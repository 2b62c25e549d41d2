"""`hexward new control ID`, `hexward new detection ID`: write a rule and its test, ready to be changed into what you mean."""

import keyword
import re
import uuid
from collections.abc import Mapping
from pathlib import Path

import click

from hexward.model import Practice, UsageError

CONTROL = '''"""Buckets are versioned, which is what this example judges until you change it.

Why: say who could do what with the fault, in one or two sentences.

Fix: say what to do, and what breaks while it is done.
"""

from collections.abc import Iterator

from hexward.controls import control
from hexward.inventory import Bucket
from hexward.model import Fault, Severity


@control(
    severity=Severity.MEDIUM,
    frameworks=(),
    source="https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html",
)
def {name}(bucket: Bucket) -> Iterator[Fault]:
    if bucket.versioning != "Enabled":
        yield Fault("overwritten and deleted objects are lost", field="versioning")
'''

TEST = """import pytest

from hexward.controls.{practice}.{name} import {name}
from hexward.inventory import Bucket
from hexward.model import Status
from tests.build import inventory, judge, seen

# Two accounts that differ in the judged field alone; tests/test_catalog.py holds every control to this pair.
PASS = inventory(seen(Bucket, versioning="Enabled"))
FAIL = inventory(seen(Bucket, versioning=None))


@pytest.mark.parametrize(("versioning", "status"), [("Enabled", Status.PASS), ("Suspended", Status.FAIL)])
def test_judges_what_was_seen(versioning, status):
    assert judge({name}, seen(Bucket, versioning=versioning)).status is status
"""


DETECTION = """title: The event that {name} is named for
id: {uuid}
status: experimental
description: |
    Say who does this and to what end, in two or three sentences, until this
    example is what you mean: somebody turned CloudTrail off.
references:
    - https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_StopLogging.html
tags:
    - attack.defense-impairment
    - attack.t1685.002
logsource: {product: aws, service: cloudtrail}
detection:
    call:
        eventSource: cloudtrail.amazonaws.com
        eventName: StopLogging
    refused:
        errorCode|exists: true
    condition: call and not refused
falsepositives:
    - Say who does this every day, and how to leave them out.
level: medium
"""

EVENTS = """hits:
    - {eventSource: cloudtrail.amazonaws.com, eventName: StopLogging}
misses:
    - {eventSource: cloudtrail.amazonaws.com, eventName: StopLogging, errorCode: AccessDenied}
    - {eventSource: cloudtrail.amazonaws.com, eventName: StartLogging}
"""


@click.group()
def new() -> None:
    """Write the files of a new control or detection."""


@new.command()
@click.argument("control_id", metavar="ID")
def control(control_id: str) -> int:
    """Write the control PRACTICE.NAME and its test into this checkout; both work at once and judge an example."""
    practice, name = _split(control_id)
    return _write(
        practice,
        name,
        {
            Path("src/hexward/controls", practice, f"{name}.py"): CONTROL,
            Path("tests/controls", practice, f"test_{name}.py"): TEST,
        },
    )


@new.command()
@click.argument("detection_id", metavar="ID")
def detection(detection_id: str) -> int:
    """Write the detection PRACTICE.NAME and its events into this checkout; both work at once and detect an example."""
    practice, name = _split(detection_id)
    return _write(
        practice,
        name,
        {
            Path("src/hexward/detections", practice, f"{name}.yml"): DETECTION,
            Path("tests/detections", practice, f"{name}.yml"): EVENTS,
        },
    )


def _split(rule_id: str) -> tuple[str, str]:
    """Return the practice and the name. Raises UsageError for an id that no rule can have."""
    practice, _, name = rule_id.partition(".")
    if practice not in tuple(Practice) or not re.fullmatch(r"[a-z][a-z0-9_]{2,60}", name) or keyword.iskeyword(name):
        known = ", ".join(Practice)
        raise UsageError(f"{rule_id!r} is not PRACTICE.NAME with a practice of {known} and a name in snake_case")
    return practice, name


def _write(practice: str, name: str, files: Mapping[Path, str]) -> int:
    """Write the files. Raises UsageError outside a checkout, and for a file that exists."""
    folder = next(iter(files)).parents[1]
    if not folder.is_dir():
        raise UsageError(f"there is no {folder} here: run this at the top of a checkout of hexward")
    for path in files:
        if path.exists():
            raise UsageError(f"{path} exists")
    own = {"{name}": name, "{practice}": practice, "{uuid}": str(uuid.uuid4())}
    for path, template in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(re.sub(r"\{(?:name|practice|uuid)\}", lambda found: own[found[0]], template), encoding="utf-8")
        click.echo(path)
    return 0
