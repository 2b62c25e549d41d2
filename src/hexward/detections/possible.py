"""Which rules an event might meet, told from a few of its fields before the rest of it is read."""

from collections.abc import Callable, Mapping
from typing import Any

from hexward.detections.expression import All, Comparison, Expression, Not
from hexward.detections.match import matcher

type Doubt = Callable[[Mapping[str, Any]], bool | None]
"""Says of an event of which only some fields are known whether it matches, or None where the others decide."""


def doubt(expression: Expression, known: frozenset[str]) -> Doubt:
    """Compile an expression so that only the fields that are known are looked at."""
    if isinstance(expression, Comparison):
        return matcher(expression) if expression.field in known else lambda _: None
    if isinstance(expression, Not):
        inner = doubt(expression.of, known)
        return lambda event: None if (told := inner(event)) is None else not told
    parts = tuple(doubt(part, known) for part in expression.of)
    decisive = not isinstance(expression, All)

    def joined(event: Mapping[str, Any]) -> bool | None:
        told = [part(event) for part in parts]
        if decisive in told:
            return decisive
        return None if None in told else not decisive

    return joined
