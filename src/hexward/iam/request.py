"""A request as callers ask about it, and the same request as the evaluator reads it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from hexward.iam import glob
from hexward.iam.authorization import without_resources
from hexward.iam.condition import context_of
from hexward.iam.errors import RequestError
from hexward.iam.match import Target, target
from hexward.iam.principal import ACCOUNT, Caller, caller
from hexward.iam.variables import Values

SERVICE_LINKED = ":role/aws-service-role/"


@dataclass(frozen=True, slots=True)
class Request:
    """Who wants to do what to what.

    `principal` is an ARN (user, role, assumed-role session, federated user, root, SAML or OIDC provider), a service's name
    (`lambda.amazonaws.com`), the host of an OIDC provider, or `ANONYMOUS`. `resource_account` None is the account in the
    resource's ARN, else the principal's. `context` is complete: a key that is not in it is absent from the request; the
    keys that follow from principal and resource are added where it lacks them.

    `resource` may be a pattern: the question is then whether the action could be allowed on some such resource. `action`
    may be a pattern too: the question is then whether all that it means is allowed, on all that `resource` means.
    """

    principal: str
    action: str
    resource: str
    resource_account: str | None = None
    context: Mapping[str, object] = field(default_factory=dict)


@dataclass(slots=True)
class Asked:
    """A request made ready: names in lower case, the resource split, the context filled."""

    action: str
    service: str
    wanted: Target
    who: Caller
    context: Mapping[str, Values]
    owner: str | None

    @property
    def abroad(self) -> bool:
        """Say whether the resource lies in another account than the one who asks."""
        return self.who.account is not None and self.owner != self.who.account

    @property
    def service_linked(self) -> bool:
        """Say whether the caller is a service-linked role, which SCPs and RCPs do not reach.

        https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
        """
        arn = self.context.get("aws:principalarn", ())
        return isinstance(arn, tuple) and any(SERVICE_LINKED in one for one in arn)

    def needs_own_grant(self, *, policy_known: bool) -> bool:
        """Say whether the resource's own policy must allow, or hand the decision to the account: keys and roles do so.

        Of a pattern without a policy, some key or role may well have a policy that does.
        https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html and
        https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
        """
        if self.wanted.wild:
            return policy_known and self.service in {"kms", "sts"}
        found = (*self.wanted.fields, *("",) * 6)
        return (self.service, found[2], found[5].partition("/")[0]) in {("kms", "kms", "key"), ("sts", "iam", "role")}


def asked(request: Request, *, whole: bool = False) -> Asked:
    """Make a request ready; `whole` asks about all of a resource pattern. Raises RequestError if nobody can make it."""
    who = caller(request.principal)
    action = request.action.lower()
    service, colon, name = action.partition(":")
    if not (colon and service and name) and not glob.everything(action):
        raise RequestError(f"{request.action!r} is not an action: service:Name")
    wanted = target(request.resource)
    whole = whole or glob.wild(action)
    if wanted.wild or whole:
        wanted = replace(wanted, wild=True, whole=whole, untyped=not whole and action in without_resources(service))
    owner = request.resource_account or _account(wanted) or who.account
    context: dict[str, Values] = dict(who.keys)
    if owner is not None:
        context["aws:resourceaccount"] = (owner,)
    if request.context:
        context.update(context_of(request.context))
    return Asked(action, service, wanted, who, context, owner)


def _account(wanted: Target) -> str | None:
    """Return the account that an ARN names; ARNs of buckets name none, and those of AWS's own resources no account."""
    found = wanted.fields[4] if len(wanted.fields) > 4 else ""  # noqa: PLR2004  (the fifth field of an ARN)
    return found if ACCOUNT.match(found) else None
