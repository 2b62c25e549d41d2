"""Nobody stays an administrator for more than a week.

Why: rights that were given "for the migration" are still there fourteen months later, and whoever takes over that role or user then
owns the account.

Fix: detach the policy; give it for the hours that it is needed, through IAM Identity Center or by a pipeline that takes it back. Keep
one principal for emergencies, with an exception that names its owner: a tag or a name exempts nobody, for whoever makes a way back in
may write it. IAM holds no date of an attachment: the evidence is CloudTrail's history of the last 90 days, where no attaching proves
that it is older, and the date on which the principal was made. AWS Config and the files of trails are not read; attaching what is
attached already looks like the first time; policies that were widened count from when they were attached. Roles of IAM Identity
Center stay, and who may take them is told there.
"""

from collections.abc import Iterator
from datetime import timedelta

from hexward.controls import NotApplicable, control
from hexward.iam.principals import Principal, grants, holding, owner_of
from hexward.iam.rights import administers
from hexward.iam.tenure import came
from hexward.inventory import AttachmentHistory, Group, Inventory, ManagedPolicy, NotCollected, Role, User
from hexward.inventory.event_history import KEPT
from hexward.model import Fault, Gap, Reason, Severity

LONGEST = timedelta(days=7)
SINGLE_SIGN_ON = ":role/aws-reserved/sso.amazonaws.com/"


@control(
    severity=Severity.HIGH,
    frameworks=("NIST-800-53:AC-2", "NIST-800-53:AC-6(5)", "PCI-DSS:7.2.1"),
    uses=(AttachmentHistory, Group, ManagedPolicy, Role, User),
    source="https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html",
)
def admin_attachment_age(principal: Principal, inventory: Inventory) -> Iterator[Fault]:
    if SINGLE_SIGN_ON in principal.arn:
        raise NotApplicable("IAM Identity Center keeps the role, and tells who may take it for how long")
    if not administers(principal):
        raise NotApplicable("it is no administrator")
    owner, now = owner_of(inventory, principal), inventory.collected_at
    if now - owner.created <= LONGEST:
        return
    holder = f"{'user' if isinstance(owner, User) else 'role'}/{owner.name}"
    history = AttachmentHistory.of(inventory).attachments
    held = [(grant, came(grant, holder, history)) for grant in grants(inventory, owner)]
    old = [(grant, at) for grant, at in held if at is None or now - at > LONGEST]
    if administers(holding(principal, (grant.document for grant, _ in old))):
        days = (now - max(owner.created, now - KEPT, *(at for _, at in old if at is not None))).days
        yield Fault(f"it is an administrator for {days} days at least", field="identity")
        return
    rewritten = [grant.document for grant, at in held if not grant.policy or (grant, at) in old]
    if administers(holding(principal, rewritten)):
        says = "an inline policy was written within a week, and what it said before is not told"
        raise NotCollected("Principal.identity", Gap(Reason.UNSUPPORTED, says, resource=principal.arn))
