"""`hexward new control ID`: writes a control and its test, ready to be changed into what you mean."""

import keyword
import re
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


@click.group()
def new() -> None:
    """Write the files of a new control."""


@new.command()
@click.argument("control_id", metavar="ID")
def control(control_id: str) -> int:
    """Write the control PRACTICE.NAME and its test into this checkout; both work at once and judge an example."""
    practice, _, name = control_id.partition(".")
    if practice not in tuple(Practice) or not re.fullmatch(r"[a-z][a-z0-9_]{2,60}", name) or keyword.iskeyword(name):
        known = ", ".join(Practice)
        raise UsageError(f"{control_id!r} is not PRACTICE.NAME with a practice of {known} and a name in snake_case")
    if not Path("src/hexward/controls").is_dir():
        raise UsageError("there is no src/hexward/controls here: run this at the top of a checkout of hexward")
    files = {
        Path("src/hexward/controls", practice, f"{name}.py"): CONTROL,
        Path("tests/controls", practice, f"test_{name}.py"): TEST,
    }
    for path in files:
        if path.exists():
            raise UsageError(f"{path} exists")
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace("{name}", name).replace("{practice}", practice), encoding="utf-8")
        click.echo(path)
    return 0
