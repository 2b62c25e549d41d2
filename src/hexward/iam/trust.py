"""Whom a role's trust policy lets in, beyond those it is meant for: strangers behind a service, and other accounts."""

from collections.abc import Iterator, Mapping

from hexward.iam.arn import FIELDS
from hexward.iam.decide import decide
from hexward.iam.errors import PolicyError
from hexward.iam.parse import parse
from hexward.iam.policies import Policies
from hexward.iam.policy import Layer, Policy
from hexward.iam.principal import ACCOUNT
from hexward.iam.principals import FOLLOWS, OPEN, malformed, partition_of, permitted
from hexward.iam.request import Request
from hexward.inventory import Role

NOWHERE = "000000000000"
"""The account of a stranger."""

STRANGER: Mapping[str, object] = {
    "sts:externalid": "a-stranger-guesses",
    "aws:principalorgid": "o-stranger00",
    "aws:principalorgpaths": ["o-stranger00/r-strg/"],
    "aws:sourceaccount": NOWHERE,
    "aws:sourceorgid": "o-stranger00",
    "aws:sourceorgpaths": ["o-stranger00/r-strg/"],
    "aws:sourcevpc": None,
    "aws:sourcevpce": None,
    "aws:userid": "AIDASTRANGERSTRANGER",
}
"""What a stranger's request holds; it does not come through a network of ours. Keys that are not here are open."""

ALONE: tuple[Mapping[str, object], ...] = tuple(
    {"aws:multifactorauthpresent": told, "aws:multifactorauthage": None} for told in (None, "false")
)
"""What requests hold that come without a second factor: those of a long-term key, and those of a session made with it."""

ANYTHING = '{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}'
"""What the other account permits its own people."""


def trusts(role: Role, service: str) -> bool:
    """Say whether a service (`sagemaker.amazonaws.com`) may take a role for anyone. Raises NotCollected for a malformed trust."""
    return _assumable(role, service, {})


def trusts_for_strangers(role: Role, service: str) -> bool:
    """Say whether a service may take a role on behalf of someone else's account."""
    return any(_assumable(role, service, {**STRANGER, "aws:sourcearn": one}) for one in _foreign_sources(role, service))


def _foreign_sources(role: Role, service: str) -> Iterator[str]:
    """Yield ARNs in a stranger's account that a trust policy might take: one, and one for each pattern of any account."""
    yield f"arn:{partition_of(role)}:{service.partition('.')[0]}:us-east-1:{NOWHERE}:any/thing"
    conditions = (condition for one in _policy(role).statements for condition in one.conditions)
    for value in (value for condition in conditions if condition.key == "aws:sourcearn" for value in condition.values):
        fields = value.split(":", FIELDS - 1)
        if len(fields) == FIELDS and "*" in fields[4]:
            yield ":".join((*fields[:4], NOWHERE, fields[5])).replace("*", "x").replace("?", "x")


def outsiders(role: Role) -> Iterator[str]:
    """Yield each account or ARN of another account, and `*`, that may take the role without showing who sent them.

    Whoever must show an external id, or belong to an organisation, is no outsider.
    """
    for named in _named(role):
        someone = _someone(role, named)
        if someone is not None and _assumable(role, someone, STRANGER):
            yield named


def _named(role: Role) -> dict[str, None]:
    """Return the principals that the trust policy allows, each once; everyone, where it names who is left out."""
    allowing = [one.principals for one in _policy(role).statements if one.allow and one.principals is not None]
    entries = (("AWS", "*") if one.excluded else entry for one in allowing for entry in one.written)
    return dict.fromkeys(value for kind, value in entries if kind == "AWS" or value == "*")


def _someone(role: Role, named: str) -> str | None:
    """Return a principal that an entry of a trust policy means, or None if it means nobody outside the role's account."""
    if named == "*":
        return f"arn:{partition_of(role)}:iam::{NOWHERE}:role/stranger"
    account = named if ACCOUNT.match(named) else "".join(named.split(":")[4:5])
    if account in {"", role.account}:
        return None
    whole = ACCOUNT.match(named) is not None or named.endswith(":root")
    return f"arn:{partition_of(role)}:iam::{account}:role/stranger" if whole else named


def people(role: Role) -> Iterator[tuple[str, bool]]:
    """Yield each entry that means IAM users of the role's own account, and whether it lets one in without a second factor.

    Long-term keys send no `aws:MultiFactorAuthPresent` at all, and sessions made of them send `false`.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-multifactorauthpresent
    """
    for named in _named(role):
        users = tuple(_own_users(role, named))
        if users:
            yield named, any(_assumable(role, user, alone) for user in users for alone in ALONE)


def _own_users(role: Role, named: str) -> Iterator[str]:
    """Yield users of the role's account that an entry of its trust policy means: one, or one for each pattern that tells users apart."""
    prefix = f"arn:{partition_of(role)}:iam::{role.account}:"
    if named.startswith(f"{prefix}user/"):
        yield named
    elif named in {"*", role.account, f"{prefix}root"}:
        yield f"{prefix}user/anyone"
        conditions = (condition for one in _policy(role).statements for condition in one.conditions)
        for value in (
            value for condition in conditions if condition.key == "aws:principalarn" for value in condition.values
        ):
            if value.startswith(f"{prefix}user/"):
                yield value.replace("*", "x").replace("?", "x")


def _policy(role: Role) -> Policy:
    try:
        return parse(role.trust, Layer.RESOURCE)
    except PolicyError as problem:
        raise malformed(role, problem) from problem


def _assumable(role: Role, who: str, told: Mapping[str, object]) -> bool:
    """Say whether someone may take the role; keys that its conditions ask for and `told` does not tell are open."""
    asked = {condition.key for one in _policy(role).statements for condition in one.conditions} - FOLLOWS
    context = {key: told.get(key, OPEN) for key in asked}
    policies = Policies(identity=(ANYTHING,), resource=role.trust)
    return permitted(role, decide(Request(who, "sts:AssumeRole", role.arn, context=context), policies))
