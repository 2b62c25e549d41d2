"""Values of JSON that are not always what they should be: one of another type counts as one that is empty."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from hashlib import sha256
from typing import Any

LONGEST = 2_048
"""How long names may be that are remembered, as long as an ARN; whoever wrote a log may have written longer ones."""


def mapping(value: object) -> Mapping[str, Any]:
    """Return an object."""
    return value if isinstance(value, dict) else {}


def text(value: object) -> str:
    """Return a text."""
    return value if isinstance(value, str) else ""


def cut(name: str) -> str:
    """Return a name that may be remembered: of one that is too long its begin and a digest."""
    return name if is_short(name) else f"{name[:200]}… ({sha256(name.encode(errors='replace')).hexdigest()[:32]})"


def is_short(*names: str | None) -> bool:
    """Say whether names may be remembered by the thousand."""
    return sum(map(len, filter(None, names))) <= LONGEST


def remembered[Answer](of: Callable[[str], Answer]) -> Callable[[str], Answer]:
    """Return a function that remembers its latest answers, but for names that are too long."""
    known = lru_cache(maxsize=65_536)(of)
    return lambda name: known(name) if len(name) <= LONGEST else of(name)
