"""Keys and their aliases, and how a reference to a key is followed to the key itself."""

from datetime import datetime
from typing import Annotated, Any

from hexward.inventory.inventory import Inventory
from hexward.inventory.policy import document
from hexward.inventory.record import At, NotCollected, Part, Record, record
from hexward.inventory.region import within
from hexward.inventory.tags import Tags, from_kms
from hexward.model import Gap, Reason

DESCRIBE = "kms:DescribeKey"
ROTATION = "kms:GetKeyRotationStatus"
ROTATIONS = "kms:ListKeyRotations"
GRANTS = "kms:ListGrants"

UNUSABLE = {"Disabled", "PendingDeletion", "PendingImport", "PendingReplicaDeletion", "Unavailable"}
"""States in which a key decrypts nothing; https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html."""


def rotation_dates(raw: Any) -> list[Any]:  # noqa: ANN401  (AWS's own JSON)
    """Read when a key's material was replaced; raises KeyError for a rotation without a date."""
    return [one["RotationDate"] for one in raw]


class GrantConstraints(Part):
    """What binds a grant: pairs that the encryption context must show, or the resource for which AWS makes the request.

    https://docs.aws.amazon.com/kms/latest/APIReference/API_GrantConstraints.html
    """

    encryption_context_equals: dict[str, str] | None = None
    encryption_context_subset: dict[str, str] | None = None
    source_arn: str | None = None

    @property
    def any(self) -> bool:
        """Say whether the grant is bound at all."""
        return bool(self.encryption_context_equals or self.encryption_context_subset or self.source_arn)


class GrantListEntry(Part):
    """A permission on the key that stands beside its policy. The grantee is a principal's ARN or an AWS service's name.

    https://docs.aws.amazon.com/kms/latest/APIReference/API_GrantListEntry.html
    """

    grant_id: str
    operations: tuple[str, ...]
    grantee_principal: str | None = None
    grantee_service_principal: str | None = None
    retiring_principal: str | None = None
    issuing_account: str | None = None
    name: str | None = None
    constraints: GrantConstraints | None = None

    @property
    def grantee(self) -> str:
        """Return who holds the grant; empty if KMS does not tell."""
        return self.grantee_service_principal or self.grantee_principal or ""

    @property
    def of_aws(self) -> bool:
        """Say whether AWS itself holds it: a service, or a session of AWS's own, whose roles have a colon in their names.

        `assumed-role/aws:ec2-infrastructure/i-1` is EC2, for a disk of an instance; no customer's role can have such a name.
        https://docs.aws.amazon.com/kms/latest/developerguide/services-ebs.html
        """
        if self.grantee.startswith("arn:"):
            return ":" in self.grantee.split(":", 5)[-1]
        return "." in self.grantee

    @property
    def bound(self) -> bool:
        """Say whether a constraint binds the grant."""
        return self.constraints is not None and self.constraints.any


@record
class Key(Record):
    """A KMS key. `manager` is CUSTOMER or AWS: the alias never tells, `DescribeKey` does.

    `rotations` are the times at which its material was replaced, None for a key of which KMS keeps no such history. `policy`, `tags`
    and `grants` are None for a key that AWS manages.

    https://docs.aws.amazon.com/kms/latest/APIReference/API_KeyMetadata.html
    """

    key_id: Annotated[str, At("kms:ListKeys", "Keys[].KeyId")]
    manager: Annotated[str, At(DESCRIBE, "KeyMetadata.KeyManager")]
    state: Annotated[str, At(DESCRIBE, "KeyMetadata.KeyState")]
    spec: Annotated[str, At(DESCRIBE, "KeyMetadata.KeySpec")]
    usage: Annotated[str, At(DESCRIBE, "KeyMetadata.KeyUsage")]
    origin: Annotated[str, At(DESCRIBE, "KeyMetadata.Origin")]
    created: Annotated[datetime, At(DESCRIBE, "KeyMetadata.CreationDate")]
    rotation_enabled: Annotated[bool | None, At(ROTATION, "KeyRotationEnabled")]
    rotation_period_days: Annotated[int | None, At(ROTATION, "RotationPeriodInDays")]
    rotations: Annotated[tuple[datetime, ...] | None, At(ROTATIONS, "Rotations", rotation_dates)]
    policy: Annotated[str | None, At("kms:GetKeyPolicy", "Policy", document)]
    grants: Annotated[tuple[GrantListEntry, ...] | None, At(GRANTS, "Grants")]
    tags: Annotated[Tags | None, At("kms:ListResourceTags", "Tags", from_kms)]

    @property
    def rotates_every_days(self) -> int | None:
        """Return the days between rotations, None where KMS does not rotate the key by itself.

        Raises NotCollected where it does and the period was left out: KMS always tells it, an emulator may not.
        """
        if not self.rotation_enabled:
            return None
        if self.rotation_period_days is None:
            gap = Gap(Reason.MALFORMED, "RotationPeriodInDays is not in the answer", ROTATION, region=self.region)
            raise NotCollected("Key.rotation_period_days", gap)
        return self.rotation_period_days

    @property
    def material_since(self) -> datetime:
        """Return when the material in use came: with the last rotation, or with the key.

        Raises NotCollected for a key of which KMS keeps no history: asymmetric, or in a custom store.
        https://docs.aws.amazon.com/kms/latest/developerguide/list-rotations.html
        """
        if self.rotations is None:
            says = f"KMS keeps no history of a {self.spec} key of origin {self.origin}: show when it was replaced"
            raise NotCollected("Key.rotations", Gap(Reason.UNSUPPORTED, says, region=self.region, resource=self.arn))
        return max(self.rotations, default=self.created)


@record
class Alias(Record):
    """A name for a key; `target_key_id` is None for a name that AWS reserves and nothing uses yet."""

    name: Annotated[str, At("kms:ListAliases", "Aliases[].AliasName")]
    target_key_id: Annotated[str | None, At("kms:ListAliases", "Aliases[].TargetKeyId")]


def key_of(inventory: Inventory, reference: str, region: str) -> Key | None:
    """Follow a key id, key ARN, alias name or alias ARN, as AWS's settings hold them, to the key; None if there is surely none.

    Raises NotCollected where the key, or the alias, may exist but was not seen, for instance in another account.
    https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id
    """
    arn = (
        reference
        if reference.startswith("arn:")
        else f"arn:{inventory.partition}:kms:{region}:{inventory.account}:{_local(reference)}"
    )
    if ":alias/" not in arn:
        return inventory.find(Key, arn)
    alias = inventory.find(Alias, arn)
    if alias is None or alias.target_key_id is None:
        return None
    return inventory.find(Key, arn.partition("alias/")[0] + f"key/{alias.target_key_id}")


def customer_managed(inventory: Inventory, reference: str | None, region: str) -> bool:
    """Say whether a setting names a key that the customer manages; one that names none leaves the choice to AWS.

    Raises NotCollected as `key_of` does.
    """
    key = None if reference is None else key_of(inventory, reference, region)
    return key is not None and key.manager == "CUSTOMER"


def references_to(inventory: Inventory, key: Key) -> tuple[str, ...]:
    """Return every text by which a setting in the key's region may name it: ARN, id, and the names and ARNs of its aliases.

    Raises NotCollected where an alias may be missing.
    """
    aliases = list(within(inventory.by(Alias, "target_key_id", key.key_id), key.region))
    return (key.arn, key.key_id, *(text for alias in aliases for text in (alias.arn, alias.name)))


def _local(reference: str) -> str:
    return reference if reference.startswith("alias/") else f"key/{reference}"
