"""What is left of a rule's question once a few fields of an event are known, before the rest of it is read."""

from collections.abc import Mapping
from functools import lru_cache

from hexward.detections.expression import All, Comparison, Expression, Not
from hexward.detections.match import Matcher, matcher

compiled = lru_cache(maxsize=None)(matcher)
"""Thousands of kinds of events leave the same few questions."""


def rest(expression: Expression, known: Mapping[str, object]) -> Expression | bool:
    """Return what an expression still asks of an event whose early fields are known, or the answer where they decide."""
    if isinstance(expression, Comparison):
        return compiled(expression)(known) if expression.field in known else expression
    if isinstance(expression, Not):
        inner = rest(expression.of, known)
        return not inner if isinstance(inner, bool) else Not(inner)
    decisive = not isinstance(expression, All)
    parts: list[Expression] = []
    for part in expression.of:
        left = rest(part, known)
        if left is decisive:
            return decisive
        if not isinstance(left, bool):
            parts.append(left)
    if not parts:
        return not decisive
    return parts[0] if len(parts) == 1 else type(expression)(tuple(parts))


def question(left: Expression | bool) -> Matcher | None:  # noqa: FBT001  (an answer)
    """Compile what is left; None where nothing can match any more."""
    if isinstance(left, bool):
        return _always if left else None
    return compiled(left)


def _always(_: object) -> bool:
    return True
