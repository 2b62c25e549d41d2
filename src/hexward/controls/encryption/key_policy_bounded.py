"""Policies of keys of AI data let nobody outside the account use or change the key.

Why: with a key that everyone may use, encryption keeps nobody out who gets at the ciphertext, and a stranger who may change the
policy locks you out of your own models for a ransom.

Fix: name the roles of this account that need the key, or bind the statement to your organisation (`aws:PrincipalOrgID`); for AWS
services acting for you add `kms:CallerAccount` beside `kms:ViaService`. Keep the statement for the account's root user, or the
key cannot be managed any more. A resource control policy that keeps them out counts, where it was seen. An account of yours that
should use the key is accepted by an exception. Grants are not judged.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.controls.policy import told_by_strangers
from hexward.iam.limits import Limits, limits_of
from hexward.iam.outsiders import outsiders
from hexward.inventory import Inventory, Key
from hexward.inventory.purpose import ENCRYPTED, encrypted_with
from hexward.model import Fault, Severity

USES = ("kms:Decrypt", "kms:GenerateDataKey", "kms:ReEncryptFrom", "kms:CreateGrant")
CHANGES = ("kms:PutKeyPolicy", "kms:ScheduleKeyDeletion", "kms:DisableKey")


@control(
    severity=Severity.CRITICAL,
    frameworks=("AWS-FSBP:KMS.5", "HIPAA:164.312(a)(1)", "NIST-800-53:AC-3", "NIST-800-53:SC-12"),
    uses=(*ENCRYPTED, Limits),
    source="https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html",
)
def key_policy_bounded(key: Key, inventory: Inventory) -> Iterator[Fault]:
    if key.manager != "CUSTOMER":
        raise NotApplicable("AWS writes the policies of its own keys")
    if not any(True for _ in encrypted_with(inventory, key)):
        raise NotApplicable("no AI data that was seen refers to it")
    if key.policy is None:
        return
    rcps = limits_of(inventory).rcps
    for outsider in outsiders(key, key.policy, *USES, *CHANGES, told=told_by_strangers(key.region), rcps=rcps):
        who = "anyone with an AWS account" if outsider == "*" else outsider
        yield Fault(f"{who} may use or change the key", field="policy", aspect=outsider)
