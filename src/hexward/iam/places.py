"""What actions and resources can look like: the outer bounds of a question, and the odd ones that AWS has among them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from hexward.iam import arn
from hexward.iam.doubt import Answer
from hexward.iam.match import Resources, target
from hexward.iam.partition import ANY, MANY, Regular, Union, of_arn, text
from hexward.iam.principal import ACCOUNT

NO_ARN = "x"
"""A resource that is no ARN. Only a statement about everything takes it in, as it is with actions that know no resource but `*`."""
PARTITIONS = ("aws-cn", "aws-us-gov")
PREFIX = frozenset(":*?")
NAMED_ACTION: Union = (((PREFIX, True, False), (PREFIX, True, True), *text(":"), ANY, MANY),)
"""A service and a name."""


def is_about(resources: Resources, resource: str) -> Answer:
    """Say whether a Resource element takes in a resource; `*` in its name is a character like any other."""
    return resources.match(replace(target(resource), wild=False), {}, allow=True)


def account_in(resource: str) -> str | None:
    """Return the account that an ARN, or a pattern of ARNs, names."""
    found = [*resource.split(":", arn.FIELDS - 1), "", "", "", "", ""][4]
    return found if ACCOUNT.match(found) else None


def accounts_in(resources: Resources) -> Iterator[str]:
    """Yield the accounts that a Resource element names."""
    for one in resources.patterns:
        if (account := account_in(one.text)) is not None:
            yield account


def arns(predicates: Sequence[Union], scope: Sequence[Union]) -> Union:
    """Return what ARNs look like: a partition that exists or is named, a service, and something in it."""
    named = {"aws"}
    for pattern in (one for union in (*predicates, *scope) for one in union):
        field = _partition(pattern)
        named |= {field} if field is not None else set(PARTITIONS)
    return tuple(of_arn(f"arn:{one}:?*:*:*:?*") for one in sorted(named))


def _partition(pattern: Regular) -> str | None:
    """Return the partition that a pattern of ARNs names; `aws` if any would do, None if only some would."""
    out = ""
    for chars, refused, many in pattern[4:]:
        if refused:
            return "aws" if many and not out else None
        [symbol] = chars
        if symbol == ":":
            return out
        out += symbol
    return "aws"
