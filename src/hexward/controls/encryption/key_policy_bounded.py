"""Policies of keys of AI data, and grants on them, let nobody outside the account use or change the key.

Why: with a key that everyone may use, encryption keeps nobody out who gets at the ciphertext, and a stranger who may change the
policy locks you out of your own models for a ransom. A grant does as much, and stands in no policy that anyone reviews.

Fix: name the roles of this account that need the key, or bind the statement to your organisation (`aws:PrincipalOrgID`); for AWS
services acting for you add `kms:CallerAccount` beside `kms:ViaService`. Keep the statement for the account's root user, or the
key cannot be managed any more. A resource control policy that keeps strangers to the policy out counts, where it was seen. Revoke
the grants of others (`kms:RevokeGrant`): what they still decrypt with them stops working. An account of yours that should use the
key is accepted by an exception. Grants that AWS services hold are theirs to retire, and are not judged.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.controls.policy import told_by_strangers
from hexward.iam.limits import Limits, limits_of
from hexward.iam.outsiders import outsiders
from hexward.inventory import Inventory, Key, NotCollected, note
from hexward.inventory.purpose import ENCRYPTED, encrypted_with
from hexward.model import Fault, Gap, Reason, Severity

USES = ("kms:Decrypt", "kms:GenerateDataKey", "kms:ReEncryptFrom", "kms:CreateGrant")
CHANGES = ("kms:PutKeyPolicy", "kms:ScheduleKeyDeletion", "kms:DisableKey")
HARMLESS = {
    "DescribeKey",
    "Encapsulate",
    "Encrypt",
    "GetPublicKey",
    "ReEncryptTo",
    "RetireGrant",
    "Verify",
    "VerifyMac",
}
"""Operations of a grant that neither show what the key protects nor sign with it nor pass it on."""


@control(
    severity=Severity.CRITICAL,
    frameworks=("AWS-FSBP:KMS.5", "HIPAA:164.312(a)(1)", "NIST-800-53:AC-3", "NIST-800-53:SC-12"),
    uses=(*ENCRYPTED, Limits),
    source="https://docs.aws.amazon.com/kms/latest/developerguide/control-access.html",
)
def key_policy_bounded(key: Key, inventory: Inventory) -> Iterator[Fault]:
    if key.manager != "CUSTOMER":
        raise NotApplicable("AWS writes the policies of its own keys")
    if not any(True for _ in encrypted_with(inventory, key)):
        raise NotApplicable("no AI data that was seen refers to it")
    try:
        yield from _granted(key)
    except NotCollected as missing:
        note(missing)
    if key.policy is None:
        return
    rcps = limits_of(inventory).rcps
    for outsider in outsiders(key, key.policy, *USES, *CHANGES, told=told_by_strangers(key.region), rcps=rcps):
        who = "anyone with an AWS account" if outsider == "*" else outsider
        yield Fault(f"{who} may use or change the key", field="policy", aspect=outsider)


def _granted(key: Key) -> Iterator[Fault]:
    """Yield a fault for each principal of another account that holds grants."""
    held: dict[str, set[str]] = {}
    for grant in key.grants or ():
        if not grant.grantee:
            gap = Gap(Reason.MALFORMED, f"the grant {grant.grant_id} names nobody", "kms:ListGrants", region=key.region)
            note(NotCollected("Key.grants", gap))
        elif not grant.of_aws and _account(grant.grantee) not in {"", key.account}:
            held.setdefault(grant.grantee, set()).update(set(grant.operations) - HARMLESS)
    for grantee, operations in sorted(held.items()):
        if operations:
            says = f"{grantee} holds a grant of {', '.join(sorted(operations))}"
            yield Fault(says, field="grants", aspect=f"grant {grantee}")


def _account(grantee: str) -> str:
    """Return the account of a grantee; the unique id of a principal that was deleted tells none, and nobody can use it."""
    return grantee.split(":")[4] if grantee.count(":") > 4 else grantee if grantee.isdigit() else ""  # noqa: PLR2004
