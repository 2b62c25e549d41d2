"""Writes `shown.json`: what each control says of the demo's account, which moto emulates; `controls.md` tells it.

python docs/shown.py
"""

import json
from collections import defaultdict
from pathlib import Path

from hexward.aws.emulated import Emulated
from hexward.cli._account import collected
from hexward.cli.demo import REGIONS
from hexward.controls import audit, controls
from hexward.drill.range import emulated_account
from hexward.drill.startup import build
from hexward.model import Status

FILE = Path(__file__).with_name("shown.json")
TOLD = (Status.PASS, Status.FAIL, Status.UNKNOWN)


def shown() -> dict[str, list[str]]:
    """Audit the demo's account, and return the statuses that each control's findings have."""
    with emulated_account() as account:
        emulated = Emulated(account.endpoint_url)
        build(emulated)
        run = collected(emulated.connection(), REGIONS, controls(), None, lambda _: None)
    found: dict[str, set[Status]] = defaultdict(set)
    for finding in audit(run.inventory(), controls()):
        found[finding.control].add(finding.status)
    return {control.id: [status.value for status in TOLD if status in found[control.id]] for control in controls()}


if __name__ == "__main__":
    FILE.write_text(json.dumps(shown(), indent=1) + "\n")
