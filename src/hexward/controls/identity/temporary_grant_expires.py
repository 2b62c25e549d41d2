"""What is called temporary ends by itself.

Why: "temporarily an administrator, while we find out what it needs" is how rights begin that nobody takes back. The tag says that
they should have gone; whoever takes over the principal does not mind.

Fix: put `"DateLessThan": {"aws:CurrentTime": "…"}` into each statement that allows something, which takes effect even if everyone
forgets; or at least tag the principal with the day on which it ends (`expires`), and remove it on that day: a tag stops nothing, and
is a fault from then on. Roles, users and managed policies count that have a tag `temporary`, or `temp` or `tmp` as a word of their
name. An end more than a year away is none.
"""

from collections.abc import Iterator
from datetime import timedelta

from hexward.controls import NotApplicable, control
from hexward.iam.principals import Principal, grants, holding, owner_of
from hexward.iam.tenure import ends, lasts_until, temporary, temporary_policy
from hexward.inventory import Group, Inventory, ManagedPolicy, Role, User
from hexward.model import Fault, Severity

LONGEST = timedelta(days=365)


@control(
    severity=Severity.MEDIUM,
    frameworks=("NIST-800-53:AC-2", "NIST-800-53:AC-2(3)"),
    uses=(Group, ManagedPolicy, Role, User),
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws-dates.html",
)
def temporary_grant_expires(principal: Principal, inventory: Inventory) -> Iterator[Fault]:
    held = tuple(grants(inventory, owner_of(inventory, principal)))
    meant = held if temporary(principal) else tuple(grant for grant in held if temporary_policy(grant))
    if not meant and not temporary(principal):
        raise NotApplicable("nothing calls it temporary")
    now = inventory.collected_at
    if not lasts_until(holding(principal, (grant.document for grant in meant)), now + LONGEST):
        return
    told = ends(principal.tags)
    if any(end is not None and now < end <= now + LONGEST for end in told.values()):
        return
    tag = next(iter(told), None)
    if tag is None:
        named = sorted({grant.policy.rpartition("/")[2] for grant in meant if temporary_policy(grant)})
        what = ", ".join(named) if named and not temporary(principal) else "it"
        yield Fault(f"{what} is called temporary, and what it permits has no end", field="identity")
    else:
        yield Fault(f"its tag {tag} says {(principal.tags or {})[tag]!r}, and it may act on", field="tags")
