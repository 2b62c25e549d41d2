"""Calls that change policies, and the policies as JSON that they carry."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from hexward.iam.paths.cuts import Ask

type Statements = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Call:
    """A call as boto3 names it, `iam:DetachUserPolicy`, and its arguments: text, as a policy's JSON too, or lists and mappings of it."""

    call: str
    arguments: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Edit:
    """What makes a change, what puts back what was there before, and the rights that it takes; none are told of a policy that goes whole.

    From a bucket's or a role's own policy it takes them from those that it keeps out, and from nobody else.
    """

    do: Call
    undo: Call
    takes: tuple[Ask, ...] = ()


def asks_of(statements: Iterable[Mapping[str, Any]], target: str = "*") -> tuple[Ask, ...]:
    """Return the rights that statements give; all of them where they name those that they do not give."""
    asks = {
        ask
        for one in statements
        if one.get("Effect") == "Allow"
        for ask in product(
            listed(one.get("Action", "*")), listed(one.get("Resource", "*" if "NotResource" in one else target))
        )
    }
    return tuple(sorted(asks))


def listed(value: Any) -> list[Any]:  # noqa: ANN401  (AWS's own JSON)
    """Return the values of an element that may hold one or several."""
    return list(value) if isinstance(value, list) else [value]


def statements_of(document: Mapping[str, Any]) -> Statements:
    """Return the statements of a policy, which may hold one alone."""
    held = document.get("Statement", [])
    return [held] if isinstance(held, dict) else list(held)


def holding(document: Mapping[str, Any], statements: Iterable[Mapping[str, Any]]) -> str:
    """Return a policy with these statements, as AWS takes it."""
    return json.dumps({**document, "Statement": list(statements)}, separators=(",", ":"))
