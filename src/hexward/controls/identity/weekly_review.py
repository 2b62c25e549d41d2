"""What Access Analyzer finds is reviewed every week.

Why: a finding that nobody reads closes nothing. An account in which open findings pile up shows that no one decides whether access
is meant.

Fix: once a week go through the open findings of each region; close the access, or archive the finding with a rule that says why it
is meant. AWS keeps no record of a review, so the trace that it leaves is judged: no finding of external access is open for more
than eight days. For an auditor keep the minutes as well: who looked, when, and what was decided. Where no analyzer works there is
nothing to review.
"""

from collections.abc import Iterator
from datetime import timedelta

from hexward.controls import control
from hexward.inventory import AccessAnalyzerRegion, AnalyzerFinding, Inventory, readable
from hexward.inventory.accessanalyzer import EXTERNAL
from hexward.inventory.region import within
from hexward.model import Fault, Kind, Severity

A_WEEK_AND_A_DAY = timedelta(days=8)


@control(
    severity=Severity.MEDIUM,
    kind=Kind.EVIDENCE,
    frameworks=("HIPAA:164.308(a)(1)(ii)(D)", "NIST-800-53:CA-7"),
    uses=(AnalyzerFinding,),
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-findings.html",
)
def weekly_review(region: AccessAnalyzerRegion, inventory: Inventory) -> Iterator[Fault]:
    if not region.active(*EXTERNAL):
        yield Fault(f"no analyzer works in {region.region}, so there is nothing to review", field="analyzers")
        return
    found = readable(within(inventory.of(AnalyzerFinding), region.region), "created")
    ages = [inventory.collected_at - one.created for one in found]
    late = [age for age in ages if age > A_WEEK_AND_A_DAY]
    if late:
        says = f"{len(late)} of {len(ages)} findings are open for more than eight days, the oldest for {max(late).days}"
        yield Fault(says, field="analyzers", aspect="late")
