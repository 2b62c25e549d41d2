"""Values of JSON that are not always what they should be: one of another type counts as one that is empty."""

from collections.abc import Mapping
from typing import Any


def mapping(value: object) -> Mapping[str, Any]:
    """Return an object."""
    return value if isinstance(value, dict) else {}


def text(value: object) -> str:
    """Return a text."""
    return value if isinstance(value, str) else ""
