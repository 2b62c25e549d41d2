"""Whether a request is allowed: the policies' answers, put together as AWS does.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html and
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from hexward.iam.doubt import Answer
from hexward.iam.policies import Policies
from hexward.iam.policy import Cited, Layer
from hexward.iam.principal import Grant, Sort
from hexward.iam.request import Asked, Request, asked
from hexward.iam.weigh import LIMITS, Weighed, weigh

USERS_ONLY = "sts:getsessiontoken"
"""Only a user, or the root user, can ask for it.

https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html
"""
FREE = frozenset({"sts:getcalleridentity", USERS_ONLY})
"""What needs no permission, and cannot be denied.

https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html and
https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_getsessiontoken.html
"""

ASSUME = "sts:assumerole"
"""The root user holds every permission but this.

https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
"""


class Verdict(StrEnum):
    """What becomes of a request; only a construct that is not supported leaves it unknown."""

    ALLOWED = "allowed"
    IMPLICITLY_DENIED = "implicitly_denied"
    EXPLICITLY_DENIED = "explicitly_denied"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict and its reasons.

    `because`: the statements that decided it: the Denies, or the Allows that grant; empty where nothing allows.
    `blocked_by`: the kind of policy that stands in the way. `construct`: what is not supported, if the verdict is unknown.
    """

    verdict: Verdict
    because: tuple[Cited, ...] = ()
    blocked_by: Layer = Layer.NONE
    construct: str = ""


def decide(request: Request, policies: Policies) -> Decision:
    """Decide a request. Raises PolicyError for a malformed document and RequestError for a request that nobody can make."""
    return judge(asked(request), policies)


def judge(ready: Asked, policies: Policies) -> Decision:
    """Decide a request that was made ready; raises PolicyError."""
    compiled = policies.compiled
    if ready.action in FREE and ready.who.personal:
        able = ready.action != USERS_ONLY or ready.who.sort in {Sort.USER, Sort.ROOT}
        return Decision(Verdict.ALLOWED) if able else _blocked(Layer.IDENTITY)
    weighed = weigh(ready, compiled)
    hopeful = _settle(ready, weighed, hopeful=True)
    doubts = weighed.doubts()
    if not doubts or hopeful.verdict is not Verdict.ALLOWED:
        return hopeful
    if _settle(ready, weighed, hopeful=False).verdict is Verdict.ALLOWED:
        return hopeful
    return Decision(Verdict.UNKNOWN, construct="; ".join(dict.fromkeys(doubt.construct for doubt in doubts)))


def _settle(ready: Asked, weighed: Weighed, *, hopeful: bool) -> Decision:
    """Walk AWS's flow chart; `hopeful` takes every doubt as it would help the request, otherwise as it would hinder."""
    if weighed.denies:
        return _denied(weighed)
    if weighed.doubtful_denies and not hopeful:
        return Decision(Verdict.EXPLICITLY_DENIED, blocked_by=weighed.doubtful_denies[0][0])
    gate = _first_closed(weighed, (Layer.RCP, Layer.SCP, Layer.ENDPOINT), hopeful=hopeful)
    if ready.who.sort is Sort.ROOT and ready.action == ASSUME:
        gate = gate or Layer.IDENTITY
    if gate is not None:
        return _blocked(gate)
    grants = {kind: cited for kind, answer, cited in reversed(weighed.grants) if _yes(answer, hopeful=hopeful)}
    if not ready.who.personal:
        return _allowed(grants.values()) if grants else _blocked(Layer.RESOURCE)
    if not ready.abroad:
        return _at_home(ready, weighed, grants, hopeful=hopeful)
    return (
        _by_identity(ready, weighed, tuple(grants.values())[:1], hopeful=hopeful)
        if grants
        else _blocked(Layer.RESOURCE)
    )


def _at_home(ready: Asked, weighed: Weighed, grants: dict[Grant, Cited], *, hopeful: bool) -> Decision:
    """Decide within one account, where a grant by the resource's policy can stand alone."""
    if Grant.DIRECT in grants:
        return _allowed((grants[Grant.DIRECT],))
    if Grant.LIMITED in grants:
        block = _first_closed(weighed, LIMITS, hopeful=hopeful)
        return _allowed((grants[Grant.LIMITED],)) if block is None else _blocked(block)
    if not weighed.own_grant:
        return _by_identity(ready, weighed, (), hopeful=hopeful)
    if Grant.ACCOUNT not in grants:
        return _blocked(Layer.RESOURCE)
    return _by_identity(ready, weighed, (grants[Grant.ACCOUNT],), hopeful=hopeful)


def _by_identity(ready: Asked, weighed: Weighed, granted: tuple[Cited, ...], *, hopeful: bool) -> Decision:
    """Decide by the caller's own policies: identity, then boundary, then session."""
    if ready.who.sort is Sort.ROOT:
        return _allowed(granted)
    if not _yes(weighed.allows.get(Layer.IDENTITY, False), hopeful=hopeful):
        return _blocked(Layer.IDENTITY)
    block = _first_closed(weighed, LIMITS, hopeful=hopeful)
    if block is not None:
        return _blocked(block)
    return _allowed((*granted, weighed.identity) if weighed.identity else granted)


def _first_closed(weighed: Weighed, layers: Iterable[Layer], *, hopeful: bool) -> Layer | None:
    """Return the first of some layers that applies and does not allow, or None."""
    for layer in layers:
        if not _yes(weighed.allows.get(layer, True), hopeful=hopeful):
            return layer
    return None


def _yes(answer: Answer, *, hopeful: bool) -> bool:
    return answer if isinstance(answer, bool) else hopeful


def _denied(weighed: Weighed) -> Decision:
    order = list(Layer)
    denies = sorted(weighed.denies, key=lambda one: order.index(one[0]))
    return Decision(Verdict.EXPLICITLY_DENIED, tuple(cited for _, cited in denies), denies[0][0])


def _blocked(layer: Layer) -> Decision:
    return Decision(Verdict.IMPLICITLY_DENIED, blocked_by=layer)


def _allowed(because: Iterable[Cited]) -> Decision:
    return Decision(Verdict.ALLOWED, tuple(because))
