"""How far a principal's rights reach: the questions that audits ask, each put as requests to the evaluator."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hexward.iam import glob
from hexward.iam.authorization import actions_of
from hexward.iam.decide import Decision, Verdict, decide, judge
from hexward.iam.errors import RequestError
from hexward.iam.policies import Policies
from hexward.iam.request import Request, asked


@dataclass(frozen=True, slots=True)
class Held:
    """Actions that someone may do on all of the resources asked about, and those of which that is not known."""

    actions: tuple[str, ...]
    unknown: tuple[str, ...]


def may_do_all(
    principal: str,
    policies: Policies,
    action: str = "*",
    resource: str = "*",
    context: Mapping[str, object] | None = None,
) -> Decision:
    """Decide whether someone may do all that an action pattern means, on all that a resource pattern means.

    With the patterns left out: whether the principal is an administrator. One statement must cover the whole: `NotAction`
    of some service, or `s3:*` on one bucket, does not, and a Deny of a part does not take the whole away.
    """
    return judge(asked(Request(principal, action, resource, context=context or {}), whole=True), policies)


def may_do_everywhere(
    principal: str,
    policies: Policies,
    actions: Iterable[str],
    resource: str = "*",
    context: Mapping[str, object] | None = None,
) -> Held:
    """Return which of some actions (`s3:GetObject`, or `s3:*` for all that AWS documents) hold on all of a resource pattern."""
    return _held({one: may_do_all(principal, policies, one, resource, context).verdict for one in _named(actions)})


def may_do_somewhere(
    principal: str,
    policies: Policies,
    actions: Iterable[str],
    resource: str = "*",
    context: Mapping[str, object] | None = None,
) -> Held:
    """Return which of some actions could be allowed on at least one resource of a pattern."""
    wanted = {one: Request(principal, one, resource, context=context or {}) for one in _named(actions)}
    return _held({one: decide(request, policies).verdict for one, request in wanted.items()})


def _held(verdicts: Mapping[str, Verdict]) -> Held:
    return Held(
        actions=tuple(one for one, verdict in verdicts.items() if verdict is Verdict.ALLOWED),
        unknown=tuple(one for one, verdict in verdicts.items() if verdict is Verdict.UNKNOWN),
    )


def _named(actions: Iterable[str]) -> Iterable[str]:
    """Return the actions, with `service:Pattern` replaced by what AWS documents; an unknown service is a RequestError."""
    for action in actions:
        if not glob.wild(action):
            yield action
            continue
        service = action.partition(":")[0].lower()
        known = actions_of(service)
        if not known:
            raise RequestError(f"{action!r} means no documented action")
        matches = glob.matcher(action.lower())
        yield from (one for one in known if matches(one.lower()))
