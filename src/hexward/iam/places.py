"""What actions and resources can look like: the outer bounds of a question, and the odd ones that AWS has among them."""

from collections.abc import Iterator, Sequence

from hexward.iam import arn, glob
from hexward.iam.actions import listing, without_resources
from hexward.iam.doubt import Answer
from hexward.iam.match import Actions, Resources, Target, target
from hexward.iam.partition import ANY, MANY, Regular, Union, of_arn, text
from hexward.iam.principal import ACCOUNT

WHOLE = "*"
"""The resource of an action that knows no resources."""
NO_ARN = "x"
"""A resource that is no ARN; only a statement about everything takes it in."""
PARTITIONS = ("aws-cn", "aws-us-gov")
PREFIX = frozenset(":*?")
NAMED_ACTION: Union = (((PREFIX, True, False), (PREFIX, True, True), *text(":"), ANY, MANY),)
"""A service and a name."""


def untyped(value: object) -> bool:
    """Say whether an action knows no resource but `*`."""
    return str(value) in without_resources(str(value).partition(":")[0])


def prefixes(actions: Actions) -> frozenset[str]:
    """Return the services that an Action element names, or leaves out by name."""
    return frozenset(one.lower().partition(":")[0] for one in actions.written)


def untyped_actions(wanted: Actions, spoken: frozenset[str]) -> Iterator[str]:
    """Yield actions without resources: all of the services that are spoken of, by name or by pattern, and one of each other."""
    for service in sorted(listing().services):
        every = (one for one in sorted(without_resources(service)) if wanted.match(one))
        if any(_means(one, service) for one in spoken):
            yield from every
        else:
            yield from list(every)[:1]


def _means(prefix: str, service: str) -> bool:
    return prefix != "*" and bool(glob.matcher(prefix)(service))


def is_about(resources: Resources, resource: str) -> Answer:
    """Say whether a Resource element takes in a resource, `*` for an action that knows none."""
    wanted = Target(WHOLE, (WHOLE,), wild=True, untyped=True) if resource == WHOLE else target(resource)
    return resources.match(wanted, {}, allow=True)


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
