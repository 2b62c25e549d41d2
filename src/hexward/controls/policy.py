"""Asks what a policy permits on behalf of a rule; what the evaluator cannot settle makes the finding unknown."""

from collections.abc import Container, Iterable
from dataclasses import replace

from hexward.iam import Decision, Layer, Policies, PolicyError, Request, RequestError, Verdict, decide
from hexward.iam.outsiders import STRANGER
from hexward.iam.parse import parse
from hexward.iam.policy import Statement
from hexward.iam.rights import OPEN
from hexward.inventory import NotCollected
from hexward.model import Gap, Reason


def strangers_context(region: str) -> dict[str, object]:
    """Return what a stranger can bring about in a request to a region, so that a condition on it keeps no stranger out.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
    """
    return {
        "aws:SecureTransport": True,
        "aws:SourceIp": "198.51.100.7",
        "aws:RequestedRegion": region,
        "aws:MultiFactorAuthPresent": True,
        "aws:Referer": OPEN,
        "aws:UserAgent": OPEN,
    }


def told_by_strangers(region: str) -> dict[str, object]:
    """Return the same with what tells a stranger from us, for `iam.outsiders`: keys in lower case; what is not told can be met."""
    return {**STRANGER, "aws:sourcearn": None, **{key.lower(): told for key, told in strangers_context(region).items()}}


def denied_to_all(
    request: Request, policy: str | None, field: str, keys: Container[str], above: Iterable[str] = ()
) -> bool:
    """Say whether one Deny of a resource's policy, or of a resource control policy, strikes everyone's request.

    It must do so whatever is true of the request beside some condition keys, in lower case. Raises NotCollected, naming the field, as
    `decided` does; `above` are the control policies.
    """
    return any(_denied_to_all(request, one, field, keys) for one in (policy, *above) if one is not None)


def _denied_to_all(request: Request, policy: str, field: str, keys: Container[str]) -> bool:
    denying = {one.statement for one in decided(request, Policies(resource=policy), field).because}
    return any(
        not one.allow
        and one.at in denying
        and one.principals is not None
        and one.principals.everyone
        and not one.principals.excluded
        and all(condition.key in keys for condition in one.conditions)
        for one in statements(policy, field)
    )


def decided(request: Request, policies: Policies, field: str) -> Decision:
    """Decide a request that depends on a record's field (`Bucket.policy`); the verdict is never `unknown`.

    What hangs on circumstances that whoever asks can choose (`OPEN`) is allowed. Raises NotCollected, naming the field, where
    policy or request cannot be read, or the policy holds what the evaluator does not support.
    """
    try:
        decision = decide(request, policies)
    except (PolicyError, RequestError) as error:
        raise NotCollected(field, Gap(Reason.MALFORMED, str(error))) from error
    if decision.verdict is Verdict.UNKNOWN and decision.construct == OPEN.construct:
        return replace(decision, verdict=Verdict.ALLOWED)
    if decision.verdict is Verdict.UNKNOWN:
        raise NotCollected(field, Gap(Reason.UNSUPPORTED, decision.construct))
    return decision


def statements(policy: str, field: str, layer: Layer = Layer.RESOURCE) -> tuple[Statement, ...]:
    """Return the compiled statements of a policy. Raises NotCollected, naming the field, if it cannot be read."""
    try:
        return parse(policy, layer).statements
    except PolicyError as error:
        raise NotCollected(field, Gap(Reason.MALFORMED, str(error))) from error


def services_in(policy: str, field: str) -> tuple[str, ...]:
    """Return the AWS services to which a resource's policy allows something. Raises NotCollected as above."""
    allowing = [one.principals for one in statements(policy, field) if one.allow and one.principals is not None]
    return tuple(sorted({name for named in allowing for kind, name in named.written if kind == "Service"}))
