"""Tags, which AWS spells in several ways, as one type."""

from collections.abc import Mapping
from typing import Any

type Tags = dict[str, str]


def from_pairs(raw: Any) -> Tags:  # noqa: ANN401  (AWS's own JSON)
    """Read `[{"Key": …, "Value": …}]`, the spelling of most services; raises ValueError for anything else."""
    return _pairs(raw, "Key", "Value")


def from_kms(raw: Any) -> Tags:  # noqa: ANN401
    """Read `[{"TagKey": …, "TagValue": …}]`, the spelling of KMS; raises ValueError for anything else."""
    return _pairs(raw, "TagKey", "TagValue")


def from_lower_pairs(raw: Any) -> Tags:  # noqa: ANN401
    """Read `[{"key": …, "value": …}]`, the spelling of some younger services; raises ValueError for anything else."""
    return _pairs(raw, "key", "value")


def _pairs(raw: Any, key: str, value: str) -> Tags:  # noqa: ANN401
    if not isinstance(raw, list) or not all(isinstance(one, Mapping) and key in one for one in raw):
        msg = f"tags are not a list of {key} and {value}"
        raise ValueError(msg)
    return {str(one[key]): str(one.get(value, "")) for one in raw}
