"""What an organisation sets above an account: the control policies that bind its users and roles, and those that guard its resources."""

from collections.abc import Mapping
from functools import lru_cache

from hexward.iam.document import ALL_TO_ALL
from hexward.iam.parse import parse
from hexward.iam.policy import Layer
from hexward.inventory import (
    GLOBAL,
    Derived,
    Inventory,
    Listing,
    NotCollected,
    Organization,
    Record,
    ResourceControlPolicy,
    ServiceControlPolicy,
    resource_control_policies,
    service_control_policies,
)
from hexward.inventory.record import record

type Levels = tuple[tuple[str, ...], ...]
"""Documents of control policies, level by level from the root down."""


@record
class Limits(Derived):
    """The control policies that apply to an account; what was not seen of them forbids nothing, and is named in `unseen`.

    They can only forbid: whoever judges without one takes too much for permitted, never too little.
    """

    scps: Levels
    """None for the management account, which they never bind."""
    rcps: Levels
    told: Mapping[str, object]
    """What requests of the account's own users and roles for its own resources hold of the organisation; keys in lower case."""
    unseen: tuple[NotCollected, ...]

    @classmethod
    def sources_of(cls) -> tuple[type[Record], ...]:
        """Return the kinds that hold an organisation and its policies."""
        return (Organization, ResourceControlPolicy, ServiceControlPolicy)

    @classmethod
    def derive(cls, inventory: Inventory) -> Listing[Record]:
        """Put together the one record of the account.

        https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
        """
        return Listing((_seen(inventory),))


@lru_cache(maxsize=4_096)
def keys_of(policy: str) -> frozenset[str]:
    """Return the keys that the conditions of a resource's policy ask for, in lower case. Raises PolicyError."""
    return frozenset(one.key for statement in parse(policy, Layer.RESOURCE).statements for one in statement.conditions)


def asked_by(levels: Levels) -> frozenset[str]:
    """Return the keys that the conditions of resource control policies ask for. Raises PolicyError."""
    return frozenset(key for level in levels for policy in level for key in keys_of(policy))


def limits_of(inventory: Inventory) -> Limits:
    """Return what binds the account of an inventory."""
    return inventory.of(Limits).records[0]


def limits(
    arn: str,
    account: str,
    *,
    scps: Levels = (),
    rcps: Levels = (),
    told: Mapping[str, object] | None = None,
    unseen: tuple[NotCollected, ...] = (),
) -> Limits:
    """Make the record of an account; with nothing else, of one that no organisation limits."""
    known: dict[str, object] = {"scps": scps, "rcps": rcps, "told": told or {}, "unseen": unseen}
    return Limits.partial({}, arn=arn, account=account, region=GLOBAL, **known)


def _seen(inventory: Inventory) -> Limits:
    listing = inventory.of(Organization)
    arn, account = f"arn:{inventory.partition}:iam::{inventory.account}:root", inventory.account
    unseen = list(listing.gaps)
    for one in listing.records:
        try:
            if one.id is None or one.management_account_id == account:
                break
            scps = service_control_policies(inventory, one)
            rcps = tuple(resource_control_policies(inventory, one))
            told: dict[str, object] = {}
            for whose in ("principal", "resource"):
                told |= {f"aws:{whose}orgid": one.id, f"aws:{whose}orgpaths": [one.path]}
            levels = ((ALL_TO_ALL, *rcps),) if rcps else ()
            return limits(arn, account, scps=scps, rcps=levels, told=told, unseen=tuple(unseen))
        except NotCollected as missing:
            unseen.append(missing.again())
    return limits(arn, account, unseen=tuple(unseen))
