"""Collects keys and aliases."""

from hexward.collect.table import Answers, Call, Table
from hexward.inventory import Alias, Key


def _metadata(answers: Answers) -> dict[str, object]:
    metadata = answers.get("kms:DescribeKey", {}).get("KeyMetadata")
    return metadata if isinstance(metadata, dict) else {}


def _customer(answers: Answers) -> bool:
    """Only a customer's key has a policy, grants and tags that the customer sets; unread is treated as the customer's."""
    return _metadata(answers).get("KeyManager") != "AWS"


def _can_rotate(answers: Answers) -> bool:
    """KMS refuses the question for keys that are asymmetric, imported, in a custom store, or on their way out.

    https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyRotationStatus.html
    """
    return _has_history(answers) and _metadata(answers).get("Origin", "AWS_KMS") == "AWS_KMS"


def _has_history(answers: Answers) -> bool:
    """KMS remembers the rotations of symmetric keys, of its own material and of imported.

    https://docs.aws.amazon.com/kms/latest/developerguide/list-rotations.html
    """
    key = _metadata(answers)
    symmetric = key.get("KeySpec", "SYMMETRIC_DEFAULT") == "SYMMETRIC_DEFAULT"
    usable = any(key.get("KeyState", "Enabled") == state for state in ("Enabled", "Disabled"))
    kept = any(key.get("Origin", "AWS_KMS") == origin for origin in ("AWS_KMS", "EXTERNAL"))
    return _customer(answers) and symmetric and usable and kept


TABLES = (
    Table(
        Key,
        "kms",
        Call("ListKeys", {"Limit": 1000}),
        "Keys[]",
        "{KeyArn}",
        details=(
            Call("DescribeKey", {"KeyId": "$KeyId"}),
            Call("GetKeyRotationStatus", {"KeyId": "$KeyId"}, needed=_can_rotate),
            Call("ListKeyRotations", {"KeyId": "$KeyId", "Limit": 1000}, needed=_has_history),
            Call("GetKeyPolicy", {"KeyId": "$KeyId", "PolicyName": "default"}, needed=_customer),
            Call("ListGrants", {"KeyId": "$KeyId", "Limit": 100}, needed=_customer),
            Call("ListResourceTags", {"KeyId": "$KeyId"}, needed=_customer),
        ),
    ),
    Table(Alias, "kms", Call("ListAliases", {"Limit": 100}), "Aliases[]", "{AliasArn}"),
)
