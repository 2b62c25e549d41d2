"""The condition operators of policies: how one value of a policy is compared with one value of a request.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""

import base64
import binascii
import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from hexward.iam import arn, glob
from hexward.iam.doubt import Answer, Doubt

type Test = Callable[[str], Answer]
"""Takes a value of the request and says whether it matches a policy's value; the negation, if any, comes later."""


@dataclass(frozen=True, slots=True)
class Operator:
    """What one operator does: `test` compiles a policy's value and raises ValueError if it is not of the operator's type."""

    test: Callable[[str], Test]
    negated: bool = False
    wildcards: bool = False
    variables: bool = False


NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,4})?\Z", re.ASCII)
DATE = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(\.\d+)?)?(Z|[+-]\d\d:\d\d))?)?)?\Z",
    re.ASCII,
)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
BOOLEANS = {"true", "false"}


def number(text: str) -> Decimal:
    """Read a decimal number; raises ValueError."""
    if not NUMBER.match(text):
        msg = f"{text!r} is not a number"
        raise ValueError(msg)
    return Decimal(text)


def moment(text: str) -> Decimal:
    """Read a date as seconds since 1970: W3C's forms of ISO 8601, or the seconds themselves; raises ValueError.

    Four digits are a year, as W3C has it. https://www.w3.org/TR/NOTE-datetime
    """
    found = DATE.match(text)
    if found is None:
        if not NUMBER.match(text):
            msg = f"{text!r} is not a date"
            raise ValueError(msg)
        return Decimal(text)
    year, month, day, hour, minute, second, fraction, zone = found.groups()
    ahead = timedelta() if zone in {None, "Z"} else timedelta(hours=int(zone[1:3]), minutes=int(zone[4:]))
    offset = timezone(-ahead if zone and zone[0] == "-" else ahead)
    whole = datetime(
        int(year), int(month or 1), int(day or 1), int(hour or 0), int(minute or 0), int(second or 0), tzinfo=offset
    )
    seconds = (whole - EPOCH) // timedelta(seconds=1)
    return Decimal(seconds) + Decimal("0" + fraction if fraction else 0)


def boolean(text: str) -> str:
    """Read `true` or `false`, in any case; raises ValueError."""
    if text.lower() not in BOOLEANS:
        msg = f"{text!r} is neither true nor false"
        raise ValueError(msg)
    return text.lower()


def binary(text: str) -> bytes:
    """Read base 64; raises ValueError."""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        msg = f"{text!r} is not base 64"
        raise ValueError(msg) from None


def address(text: str) -> IPv4Address | IPv6Address:
    """Read an IP address; raises ValueError."""
    return ip_address(text)


def network(text: str) -> IPv4Network | IPv6Network:
    """Read a range of IP addresses; one without a prefix is a single address. Raises ValueError."""
    return ip_network(text, strict=False)


def _compared[T](read: Callable[[str], T], compare: Callable[[T, T], bool]) -> Callable[[str], Test]:
    """Return what compiles a policy's value, for values of one type; a request's value of another type is in doubt."""

    def compile_(text: str) -> Test:
        wanted = read(text)

        def test(value: str) -> Answer:
            try:
                return compare(read(value), wanted)
            except ValueError:
                return Doubt(f"the request's value {value!r} has the wrong type")

        return test

    return compile_


def _equals(text: str) -> Test:
    return text.__eq__


def _equals_ignoring_case(text: str) -> Test:
    lower = text.lower()
    return lambda value: value.lower() == lower


def _like(pattern: str) -> Test:
    matches = glob.matcher(pattern)
    return lambda value: bool(matches(value))


def _arn_like(text: str) -> Test:
    if glob.everything(text):
        return lambda _: True
    if not text.startswith("arn:"):
        doubt = Doubt(f"{text!r} as an ARN")
        return lambda _: doubt
    wanted = arn.pattern(text)

    def test(value: str) -> Answer:
        found = value.split(":", arn.FIELDS - 1)
        return len(found) == arn.FIELDS and wanted.matches(value, found)

    return test


def _in_network(text: str) -> Test:
    wanted = network(text)

    def test(value: str) -> Answer:
        try:
            return address(value) in wanted
        except ValueError:
            return Doubt(f"the request's value {value!r} is not an IP address")

    return test


def _null(text: str) -> Test:
    wanted = boolean(text)
    return lambda value: value == wanted


ORDERINGS: dict[str, tuple[Callable[[Decimal, Decimal], bool], bool]] = {
    "equals": (operator.eq, False),
    "notequals": (operator.eq, True),
    "lessthan": (operator.lt, False),
    "lessthanequals": (operator.le, False),
    "greaterthan": (operator.gt, False),
    "greaterthanequals": (operator.ge, False),
}

OPERATORS: dict[str, Operator] = {
    "stringequals": Operator(_equals, variables=True),
    "stringnotequals": Operator(_equals, negated=True, variables=True),
    "stringequalsignorecase": Operator(_equals_ignoring_case, variables=True),
    "stringnotequalsignorecase": Operator(_equals_ignoring_case, negated=True, variables=True),
    "stringlike": Operator(_like, wildcards=True, variables=True),
    "stringnotlike": Operator(_like, negated=True, wildcards=True, variables=True),
    "arnequals": Operator(_arn_like, wildcards=True, variables=True),
    "arnlike": Operator(_arn_like, wildcards=True, variables=True),
    "arnnotequals": Operator(_arn_like, negated=True, wildcards=True, variables=True),
    "arnnotlike": Operator(_arn_like, negated=True, wildcards=True, variables=True),
    "bool": Operator(_compared(boolean, operator.eq), variables=True),
    "binaryequals": Operator(_compared(binary, operator.eq)),
    "ipaddress": Operator(_in_network),
    "notipaddress": Operator(_in_network, negated=True),
    "null": Operator(_null),
} | {
    type_ + name: Operator(_compared(read, compare), negated=negated)
    for type_, read in (("numeric", number), ("date", moment))
    for name, (compare, negated) in ORDERINGS.items()
}
"""Operators by their name in lower case, without `ForAnyValue:` and `IfExists`."""
