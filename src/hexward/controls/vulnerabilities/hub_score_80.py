"""Each standard of Security Hub scores 80 percent or more, on checks of which 95 percent were decided.

Why: a score that nobody defends sinks by a control a week, and the ones that fail are what intruders and auditors find first. A good
score on checks that could not be made says nothing.

Fix: begin with the critical and high controls that fail; one bad resource fails a control. Controls without decision mostly lack
recording in AWS Config. No API returns the score, so it is worked out from the findings as the console does: in the home region over
all linked regions, in an administrator account over all members, updated there once a day. Where the findings cannot be read within a
minute, which takes tens of thousands, the score is unknown. No alarm of AWS watches it: let this audit run each day.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.inventory import Inventory, NotCollected, SecurityHubFinding, SecurityHubStandard, readable
from hexward.inventory.region import within
from hexward.inventory.securityhub_score import score_of
from hexward.model import Fault, Gap, Reason, Severity

LEAST_PERCENT = 80
LEAST_COVERAGE = 95


@control(
    severity=Severity.HIGH,
    frameworks=("NIST-800-53:CA-5", "NIST-800-53:CA-7"),
    uses=(SecurityHubFinding,),
    source="https://docs.aws.amazon.com/securityhub/latest/userguide/standards-security-score.html",
)
def hub_score_80(standard: SecurityHubStandard, inventory: Inventory) -> Iterator[Fault]:
    if standard.status == "DELETING":
        raise NotApplicable("it is being disabled")
    name = standard.standards_id.partition("/")[2]
    findings = within(inventory.by(SecurityHubFinding, "standards", standard.standards_id), standard.region)
    score = score_of(readable(findings, "control_id", "status", "workflow"))
    if score.percent is None or score.coverage is None:
        gap = Gap(Reason.NOT_COLLECTED, f"no control of {name} has a finding", region=standard.region)
        raise NotCollected("SecurityHubFinding", gap)
    if score.percent < LEAST_PERCENT:
        failed = f"{score.failed} controls fail, {score.unknown} are undecided, {score.passed} pass"
        yield Fault(f"{name} scores {score.percent} %: {failed}", field="standards_arn", aspect="score")
    if score.coverage < LEAST_COVERAGE:
        decided = f"{score.decided} of {score.applicable} checks of {name} were decided, {score.coverage} %"
        yield Fault(decided, field="standards_arn", aspect="coverage")
