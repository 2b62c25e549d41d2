"""What is left of a rule's question once a few fields of an event are known, before the rest of it is read."""

from collections.abc import Callable, Iterable, Mapping

import msgspec

from hexward.detections.expression import All, Comparison, Expression, Not, Some, asked
from hexward.detections.look import looking
from hexward.detections.match import Looking, Matcher, matcher

_compiled: dict[tuple[bytes, Looking], Matcher] = {}
"""Thousands of kinds of events leave the same few questions. Their JSON tells `1` from `true`, which are equal in Python."""


def compiled(expression: Expression, look_up: Looking = looking) -> Matcher:
    """Compile an expression, once."""
    key = msgspec.json.encode(expression), look_up
    if key not in _compiled:
        _compiled[key] = matcher(expression, look_up)
    return _compiled[key]


def rest(expression: Expression, known: Mapping[str, object]) -> Expression | bool:
    """Return what an expression still asks of an event whose early fields are known, or the answer where they decide."""
    if isinstance(expression, Comparison):
        return compiled(expression)(known) if asked(expression) <= known.keys() else expression
    if isinstance(expression, Not):
        inner = rest(expression.of, known)
        return not inner if isinstance(inner, bool) else Not(inner)
    return _joined(expression, (rest(part, known) for part in expression.of))


def bound(expression: Expression, told: Callable[[str], bool], *, upper: bool = True) -> Expression | bool:
    """Return what asks for some fields alone, and holds wherever the whole expression may; or, the lower bound, nowhere else."""
    if isinstance(expression, Comparison):
        return expression if all(map(told, asked(expression))) else upper
    if isinstance(expression, Not):
        inner = bound(expression.of, told, upper=not upper)
        return not inner if isinstance(inner, bool) else Not(inner)
    return _joined(expression, (bound(part, told, upper=upper) for part in expression.of))


def _joined(expression: All | Some, parts: Iterable[Expression | bool]) -> Expression | bool:
    """Join parts of which some are decided."""
    decisive = not isinstance(expression, All)
    left: list[Expression] = []
    for part in parts:
        if part is decisive:
            return decisive
        if not isinstance(part, bool):
            left.append(part)
    if not left:
        return not decisive
    return left[0] if len(left) == 1 else type(expression)(tuple(left))


def question(left: Expression | bool, look_up: Looking = looking) -> Matcher | None:  # noqa: FBT001  (an answer)
    """Compile what is left; None where nothing can match any more."""
    if isinstance(left, bool):
        return _always if left else None
    return compiled(left, look_up)


def _always(_: object) -> bool:
    return True
