"""Whom a role's trust policy lets in, beyond those it is meant for: strangers behind a service, and other accounts."""

from collections.abc import Iterator, Mapping

from hexward.iam import glob
from hexward.iam.arn import FIELDS, fields
from hexward.iam.limits import Levels
from hexward.iam.outsiders import allowed, asked_for, compiled, named, one_of, serves_strangers
from hexward.iam.outsiders import outsiders as who_may
from hexward.iam.principals import partition_of
from hexward.inventory import Role

ASSUME = "sts:AssumeRole"

ALONE: tuple[Mapping[str, object], ...] = tuple(
    {"aws:multifactorauthpresent": told, "aws:multifactorauthage": None} for told in (None, "false")
)
"""What requests hold that come without a second factor: those of a long-term key, and those of a session made with it."""


def trusts(role: Role, service: str) -> bool:
    """Say whether a service (`sagemaker.amazonaws.com`) may take a role for anyone. Raises NotCollected for a malformed trust."""
    return _assumable(role, service, {})


def trusts_at_home(role: Role, service: str) -> bool:
    """Say whether a service may take a role for things of the role's own account: what `aws:SourceAccount` and `aws:SourceArn` bind it to.

    Whoever makes a thing chooses its name, so that a pattern of names binds nobody.
    """
    own = f"arn:{partition_of(role)}:{service.partition('.')[0]}:us-east-1:{role.account}:any/thing"
    arns = [own, *_sources(role, role.account)]
    return any(_assumable(role, service, {"aws:sourceaccount": role.account, "aws:sourcearn": one}) for one in arns)


def _sources(role: Role, account: str) -> Iterator[str]:
    """Yield an ARN of an account for each pattern by which a trust policy binds a service to what it works for."""
    for value in asked_for(compiled(role, role.trust), "aws:sourcearn"):
        fields = value.split(":", FIELDS - 1)
        if len(fields) == FIELDS and fields[4] in {account, "*", ""}:
            yield one_of(":".join((*fields[:4], fields[4] and account, fields[5])))


def trusts_for_strangers(role: Role, service: str, rcps: Levels = ()) -> bool:
    """Say whether a service may take a role on behalf of someone else's account, under resource control policies."""
    return serves_strangers(role, role.trust, service, ASSUME, rcps)


def outsiders(role: Role, rcps: Levels = ()) -> Iterator[str]:
    """Yield each account or ARN of another account, and `*`, that may take the role without showing who sent them.

    Whoever must show an external id, or belong to an organisation, is no outsider, and no resource control policy may forbid it.
    """
    return who_may(role, role.trust, ASSUME, rcps=rcps)


def people(role: Role) -> Iterator[tuple[str, bool]]:
    """Yield each entry that means IAM users of the role's own account, and whether it lets one in without a second factor.

    Long-term keys send no `aws:MultiFactorAuthPresent` at all, and sessions made of them send `false`.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-multifactorauthpresent
    """
    for entry in named(compiled(role, role.trust)):
        users = tuple(_own_users(role, entry))
        if users:
            yield entry, any(_assumable(role, user, alone) for user in users for alone in ALONE)


def _own_users(role: Role, entry: str) -> Iterator[str]:
    """Yield users of the role's account that an entry of its trust policy means: one, or one for each pattern that tells users apart."""
    prefix = f"arn:{partition_of(role)}:iam::{role.account}:"
    if entry.startswith(f"{prefix}user/"):
        yield entry
    elif entry in {"*", role.account, f"{prefix}root"}:
        yield f"{prefix}user/anyone"
        for value in asked_for(compiled(role, role.trust), "aws:principalarn"):
            *_, account, name = fields(value)
            if name.startswith("user/") and glob.matcher(account)(role.account):
                yield prefix + one_of(name)


def _assumable(role: Role, who: str, told: Mapping[str, object], rcps: Levels = ()) -> bool:
    """Say whether someone may take the role; keys that its conditions ask for and `told` does not tell are open."""
    return allowed(role, role.trust, who, ASSUME, told, rcps=rcps)
