"""Whom a role's trust policy lets in, beyond those it is meant for: strangers behind a service, and other accounts."""

from collections.abc import Iterator, Mapping

from hexward.iam.arn import FIELDS
from hexward.iam.outsiders import NOWHERE, STRANGER, allowed, compiled
from hexward.iam.outsiders import outsiders as who_may
from hexward.iam.principals import partition_of
from hexward.inventory import Role

ASSUME = "sts:AssumeRole"


def trusts(role: Role, service: str) -> bool:
    """Say whether a service (`sagemaker.amazonaws.com`) may take a role for anyone. Raises NotCollected for a malformed trust."""
    return _assumable(role, service, {})


def trusts_for_strangers(role: Role, service: str) -> bool:
    """Say whether a service may take a role on behalf of someone else's account."""
    return any(_assumable(role, service, {**STRANGER, "aws:sourcearn": one}) for one in _foreign_sources(role, service))


def _foreign_sources(role: Role, service: str) -> Iterator[str]:
    """Yield ARNs in a stranger's account that a trust policy might take: one, and one for each pattern of any account."""
    yield f"arn:{partition_of(role)}:{service.partition('.')[0]}:us-east-1:{NOWHERE}:any/thing"
    conditions = (condition for one in compiled(role, role.trust).statements for condition in one.conditions)
    for value in (value for condition in conditions if condition.key == "aws:sourcearn" for value in condition.values):
        fields = value.split(":", FIELDS - 1)
        if len(fields) == FIELDS and "*" in fields[4]:
            yield ":".join((*fields[:4], NOWHERE, fields[5])).replace("*", "x").replace("?", "x")


def outsiders(role: Role) -> Iterator[str]:
    """Yield each account or ARN of another account, and `*`, that may take the role without showing who sent them.

    Whoever must show an external id, or belong to an organisation, is no outsider.
    """
    return who_may(role, role.trust, ASSUME)


def _assumable(role: Role, who: str, told: Mapping[str, object]) -> bool:
    """Say whether someone may take the role; keys that its conditions ask for and `told` does not tell are open."""
    return allowed(role, role.trust, who, ASSUME, told)
