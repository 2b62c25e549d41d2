"""What a detection asks of one event: tests of fields joined by and, or and not, as plain data that can be written as JSON."""

from enum import StrEnum

import msgspec

type Scalar = str | int | float | bool | None


class Operator(StrEnum):
    """How a field is compared; all but EQUALS are Sigma's modifiers."""

    EQUALS = "equals"
    CONTAINS = "contains"
    STARTSWITH = "startswith"
    ENDSWITH = "endswith"
    RE = "re"
    CIDR = "cidr"
    EXISTS = "exists"
    LT = "lt"
    LTE = "lte"
    GT = "gt"
    GTE = "gte"
    FIELDREF = "fieldref"


class Comparison(msgspec.Struct, frozen=True, tag="compare", omit_defaults=True):
    """One field compared with some values, of which one must match, or each where `every` is set.

    `field` is a path of names joined by dots. `flags` are those of a regular expression, of `i`, `m` and `s`.
    """

    field: str
    operator: Operator
    values: tuple[Scalar, ...]
    every: bool = False
    cased: bool = False
    flags: str = ""


class All(msgspec.Struct, frozen=True, tag="all"):
    """Holds if each part holds."""

    of: tuple["Expression", ...]


class Some(msgspec.Struct, frozen=True, tag="some"):
    """Holds if one part holds."""

    of: tuple["Expression", ...]


class Not(msgspec.Struct, frozen=True, tag="not"):
    """Holds if its part does not, whether a field says otherwise or is not there."""

    of: "Expression"


Expression = Comparison | All | Some | Not


def asked(test: Comparison) -> frozenset[str]:
    """Return the fields that a test looks at."""
    others = map(str, test.values) if test.operator is Operator.FIELDREF else ()
    return frozenset((test.field, *others))


def comparisons(expression: Expression) -> tuple[Comparison, ...]:
    """Return every test of an expression, from left to right."""
    if isinstance(expression, Comparison):
        return (expression,)
    parts = (expression.of,) if isinstance(expression, Not) else expression.of
    return tuple(test for part in parts for test in comparisons(part))


def fields(expression: Expression) -> frozenset[str]:
    """Return the fields that an expression looks at."""
    return frozenset().union(*map(asked, comparisons(expression)))
