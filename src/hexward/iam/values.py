"""The values of a condition key fall into classes that a question's conditions cannot tell apart: one value for each class.

Texts: one for each set of patterns that a text can match at once. Numbers, dates and addresses: one for each interval between the
values that the policies name. A key with several values: one for each set of classes that matters, the empty set included.
"""

import base64
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from ipaddress import ip_address
from itertools import combinations, pairwise

from hexward.iam.clause import SOMETHING, Clause
from hexward.iam.operators import BOOLEANS, binary, moment, network, number
from hexward.iam.partition import TooMany, classes
from hexward.iam.variables import Values

MOST = 4_096
"""Sets of values of one key that a question may tell apart."""


SINGLE = frozenset(
    f"aws:{name}"
    for name in (
        "calledviafirst", "calledvialast", "currenttime", "epochtime", "federatedprovider", "multifactorauthage", "multifactorauthpresent",
        "principalaccount", "principalarn", "principalisawsservice", "principalorgid", "principalservicename", "principaltype", "referer",
        "requestedregion", "resourceaccount", "resourceorgid", "securetransport", "sourceaccount", "sourcearn", "sourceidentity",
        "sourceip", "sourceorgid", "sourcevpc", "sourcevpce", "tokenissuetime", "useragent", "userid", "username", "viaawsservice",
        "vpcsourceip",
    )
)  # fmt: skip
"""Keys of all services of which a request has one value or none.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
"""
TAGS = ("aws:principaltag/", "aws:requesttag/", "aws:resourcetag/")


def _is_single(key: str) -> bool:
    return key in SINGLE or key.startswith(TAGS)


def values_of(clauses: Sequence[Clause]) -> tuple[Values | None, ...]:
    """Return a value of every class that these conditions on one key tell apart, absent (None) first. Raises TooMany."""
    singles = tuple((one,) for one in _elements(clauses))
    sets = [one for one in clauses if one.condition.qualifier]
    if not sets:
        # A list without values is no missing key; a key that has one value has no list.
        return (None, *singles) if _is_single(clauses[0].condition.key) else (None, *singles, ())
    singles = tuple(_told_apart(singles, clauses))
    most = max(2, len(sets))
    # One empty text counts as no value, and two as values.
    found: list[tuple[str, ...]] = [(), *(one * 2 for one in singles if one == ("",))]
    for size in range(2, most + 1):
        for several in combinations([one for (one,) in singles], size):
            found.append(tuple(sorted(several)))
            if len(found) > MOST:
                raise TooMany(f"more than {MOST} sets of values of {clauses[0].condition.named}")
    return (None, *singles, *found)


def _told_apart(singles: Iterable[tuple[str]], clauses: Sequence[Clause]) -> Iterator[tuple[str]]:
    """Yield one value for every outcome of all conditions."""
    seen = set()
    for one in singles:
        outcome = tuple(clause.condition.holds({clause.condition.key: one}) for clause in clauses)
        # An empty text counts as no value in a set.
        if (outcome, one == ("",)) not in seen:
            seen.add((outcome, one == ("",)))
            yield one


def _elements(clauses: Sequence[Clause]) -> tuple[str, ...]:
    """Return single values, the most natural first. Raises TooMany for a key that is read in more than one way.

    A number has many spellings, which text operators tell apart, and 2024 is a year as a date: classes of each would not be enough.
    """
    families = {_family(one.base) for one in clauses}
    if len(families - {"null"}) > 1:
        written = " and ".join(dict.fromkeys(one.condition.written for one in clauses if _family(one.base) != "null"))
        raise TooMany(f"{written} on {clauses[0].condition.named}")
    out: list[str] = []
    if "bool" in families:
        out += sorted(BOOLEANS, reverse=True)
    if "ip" in families:
        out += _addresses(value for one in clauses if _family(one.base) == "ip" for value in one.patterns)
    ordered = [one for one in clauses if _family(one.base) in {"number", "date"}]
    if ordered:
        out += _ordered(ordered, dates="date" in families)
    if "binary" in families:
        out += _binaries(value for one in clauses if one.base.startswith("binary") for value in one.patterns)
    if "text" in families or families <= {"null"}:
        unions = tuple(union for one in clauses if (union := one.unions()))
        # Of what no pattern takes in, the empty text is one, which counts as no value, and any other is another.
        out += [*classes(unions, (SOMETHING,)), ""]
    return tuple(dict.fromkeys(out))


def _family(base: str) -> str:
    kinds: dict[str, str] = {"numeric": "number", "date": "date", "bool": "bool", "null": "null", "binary": "binary"}
    if base.endswith("ipaddress"):
        return "ip"
    return next((family for start, family in kinds.items() if base.startswith(start)), "text")


def _between[T](
    points: Iterable[T], middle: Callable[[T, T], T], below: Callable[[T], T], above: Callable[[T], T]
) -> list[T]:
    """Return the points, one value between each two, one below all and one above."""
    cuts = sorted(set(points))  # type: ignore[type-var]
    gaps = [middle(one, other) for one, other in pairwise(cuts)]
    out = [below(cuts[0]), *(one for pair in zip(cuts, [*gaps, above(cuts[-1])], strict=True) for one in pair)]
    if sorted(set(out)) != out:  # type: ignore[type-var]
        raise TooMany("numbers too large to find another between them")
    return out


def _ordered(clauses: Iterable[Clause], *, dates: bool) -> list[str]:
    points = [(moment if _family(one.base) == "date" else number)(value) for one in clauses for value in one.patterns]
    found: list[Decimal] = _between(points, lambda a, b: (a + b) / 2, lambda a: a - 1, lambda a: a + 1)
    return [_date(one) if dates else _plain(one) for one in found]


def _plain(value: Decimal) -> str:
    """Write a number so that it cannot be taken for a year."""
    told = format(value, "f")
    return told if "." in told else f"{told}.0"


def _date(value: Decimal) -> str:
    if value == value.to_integral_value():
        try:
            return datetime.fromtimestamp(int(value), UTC).isoformat().replace("+00:00", "Z")
        except (OverflowError, ValueError, OSError):
            pass
    return _plain(value)


def _addresses(texts: Iterable[str]) -> list[str]:
    """Return an address of each interval between the ends of the networks, in both versions of IP."""
    networks = [network(one) for one in texts]
    out = []
    for version, size, first in ((4, 32, "198.51.100.1"), (6, 128, "2001:db8::1")):
        own = [one for one in networks if one.version == version]
        starts = {int(one.network_address) for one in own} | {int(one.broadcast_address) + 1 for one in own}
        cuts = [*sorted(one for one in starts | {0} if one < 1 << size), 1 << size]
        # The second address of an interval reads more like a machine's than its first.
        numbers = [min(one + 1, following - 1) for one, following in pairwise(cuts)]
        make = type(ip_address(first))
        out += [first, *(str(make(one)) for one in numbers)]
    return out


def _binaries(values: Iterable[str]) -> list[str]:
    known = {binary(one): one for one in values}
    fresh = next(one for at in range(len(known) + 1) if (one := bytes(at + 1)) not in known)
    return [*known.values(), base64.b64encode(fresh).decode()]
