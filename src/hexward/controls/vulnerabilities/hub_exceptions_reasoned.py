"""What Security Hub was told to pass over has a reason beside it.

Why: turning a control off and suppressing a finding both raise the score. Without a reason nobody can tell a decision from a
convenience, and after a year nobody dares to undo either.

Fix: turn the control on, or off again with a reason; give each suppressed finding a note that says who decided and until when. Best
keep such decisions as exceptions of this audit, which end by themselves. Standards whose controls Security Hub does not tell are
unknown. Whether a reason is any good, a person must judge.
"""

from collections import Counter
from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.inventory import (
    Inventory,
    NotCollected,
    SecurityHubDisabledControl,
    SecurityHubFinding,
    SecurityHubRegion,
    SecurityHubStandard,
    note,
    readable,
)
from hexward.inventory.region import within
from hexward.model import Fault, Gap, Reason, Severity


@control(
    severity=Severity.MEDIUM,
    frameworks=("NIST-800-53:AU-6", "NIST-800-53:CA-5"),
    uses=(SecurityHubDisabledControl, SecurityHubFinding, SecurityHubStandard),
    source="https://docs.aws.amazon.com/securityhub/latest/userguide/disable-controls-standard.html",
)
def hub_exceptions_reasoned(region: SecurityHubRegion, inventory: Inventory) -> Iterator[Fault]:
    if region.hub_arn is None:
        raise NotApplicable("Security Hub is off here, which vulnerabilities.security_hub_everywhere reports")
    here = region.region
    for one in readable(within(inventory.of(SecurityHubStandard), here), "controls_updatable", "standards_arn"):
        if one.controls_updatable == "NOT_READY_FOR_UPDATES":
            gap = Gap(Reason.NOT_COLLECTED, f"the controls of {one.standards_id} are not told", region=here)
            note(NotCollected("SecurityHubDisabledControl", gap))
    disabled = within(inventory.of(SecurityHubDisabledControl), here)
    for off in readable(disabled, "control_id", "disabled_reason"):
        if not (off.disabled_reason or "").strip():
            yield Fault(f"{off.control_id} is off without a reason", field="hub_arn", aspect=f"off {off.arn}")
    suppressed = within(inventory.by(SecurityHubFinding, "workflow", "SUPPRESSED"), here)
    # A home region has copies of what the linked regions are judged by.
    bare = Counter(
        one.control_id
        for one in readable(suppressed, "control_id", "note")
        if one.found_in == here and not (one.note or "").strip()
    )
    for name, count in sorted(bare.items()):
        says = f"suppressed findings of {name} without a note: {count}"
        yield Fault(says, field="hub_arn", aspect=f"suppressed {name}")
