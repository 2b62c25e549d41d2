"""Keys and their aliases, and how a reference to a key is followed to the key itself."""

from datetime import datetime
from typing import Annotated

from hexward.inventory.inventory import Inventory
from hexward.inventory.policy import document
from hexward.inventory.record import At, Record, record
from hexward.inventory.tags import Tags, from_kms

DESCRIBE = "kms:DescribeKey"
ROTATION = "kms:GetKeyRotationStatus"


@record
class Key(Record):
    """A KMS key. `manager` is CUSTOMER or AWS: the alias never tells, `DescribeKey` does.

    https://docs.aws.amazon.com/kms/latest/APIReference/API_KeyMetadata.html
    """

    key_id: Annotated[str, At("kms:ListKeys", "Keys[].KeyId")]
    manager: Annotated[str, At(DESCRIBE, "KeyMetadata.KeyManager")]
    state: Annotated[str, At(DESCRIBE, "KeyMetadata.KeyState")]
    spec: Annotated[str, At(DESCRIBE, "KeyMetadata.KeySpec")]
    origin: Annotated[str, At(DESCRIBE, "KeyMetadata.Origin")]
    created: Annotated[datetime, At(DESCRIBE, "KeyMetadata.CreationDate")]
    rotation_enabled: Annotated[bool | None, At(ROTATION, "KeyRotationEnabled")]
    rotation_period_days: Annotated[int | None, At(ROTATION, "RotationPeriodInDays")]
    policy: Annotated[str | None, At("kms:GetKeyPolicy", "Policy", document)]
    tags: Annotated[Tags | None, At("kms:ListResourceTags", "Tags", from_kms)]


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


def _local(reference: str) -> str:
    return reference if reference.startswith("alias/") else f"key/{reference}"
