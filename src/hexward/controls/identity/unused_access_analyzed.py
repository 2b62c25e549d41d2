"""Access that nobody uses for 90 days is found by Access Analyzer.

Why: what a role or a user was given for one experiment stays for good, and is there for whoever takes it over. Nobody asks for fewer
rights, so somebody must tell which of them are not needed.

Fix: create an analyzer of unused access whose tracking period is 90 days or less, in one region: what is found is the same in each.
AWS bills every role and user that it looks at, each month, so this is advice. An analyzer of the organisation, which a member
account is not shown, does as well.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.inventory import AccessAnalyzerRegion, Inventory, NotCollected, exists, note
from hexward.inventory.accessanalyzer import UNUSED
from hexward.model import Fault, Gap, Kind, Reason, Severity

LONGEST_DAYS = 90


@control(
    severity=Severity.MEDIUM,
    kind=Kind.ADVICE,
    frameworks=("NIST-800-53:AC-2(3)", "NIST-800-53:AC-6"),
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-create-unused.html",
)
def unused_access_analyzed(region: AccessAnalyzerRegion, inventory: Inventory) -> Iterator[Fault]:
    analyzers = region.active(*UNUSED)
    for one in analyzers:
        days = one.unused_access_age_days
        if days is None:
            note(
                NotCollected(
                    "AccessAnalyzerRegion.analyzers", Gap(Reason.MALFORMED, f"{one.name} tells no tracking period")
                )
            )
        elif days > LONGEST_DAYS:
            says = f"{one.name} waits {days} days before it calls access unused"
            yield Fault(says, field="analyzers", aspect=one.name)
    if analyzers:
        return
    if exists(inventory.of(AccessAnalyzerRegion), lambda other: bool(other.active(*UNUSED))):
        raise NotApplicable("another region has an analyzer of unused access, and one is enough")
    if region.region != inventory.regions[0]:
        raise NotApplicable(f"one region is enough; that there is none is said of {inventory.regions[0]}")
    yield Fault("no region has an analyzer of unused access", field="analyzers")
