"""A request that refutes, told as people write it: an action in AWS's spelling, and an ARN with the fields that such ARNs have."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from hexward.iam import arn, glob
from hexward.iam.authorization import actions_of, documented
from hexward.iam.request import Request

USUAL = (
    "s3:GetObject",
    "iam:PassRole",
    "kms:Decrypt",
    "sagemaker:CreateTrainingJob",
    "ec2:RunInstances",
    "logs:PutLogEvents",
)
"""Actions that stand for all of a service that no policy names."""
REGION, ACCOUNT, LAST = 3, 4, 5


def natural(request: Request, actions: Sequence[str], resource: str, same: Callable[[Request], bool]) -> Request:
    """Return a request that reads better and that `same` says is as good, with one of the actions and a resource of a pattern."""
    for action in _spelt(request.action, actions):
        named = replace(request, action=action)
        if same(named):
            request = named
            break
    within = arn.pattern(glob.from_policy(resource))
    for place in filled(request):
        if within.matches(place, arn.fields(place)) and same(replace(request, resource=place)):
            return replace(request, resource=place)
    return request


def _spelt(action: str, wanted: Sequence[str]) -> Iterator[str]:
    """Yield an action in the spelling of AWS or of the question; or documented ones that the question means as well."""
    known = actions_of(action.partition(":")[0]) or USUAL
    own = [one for one in (*known, *wanted) if one.lower() == action.lower()]
    globs = [glob.matcher(one.lower()) for one in wanted]
    meant = [one for one in known if any(matches(one.lower()) for matches in globs)]
    yield from own or sorted(meant, key=lambda one: (one not in USUAL, not one.lower().startswith(action), one))


def filled(request: Request) -> Iterator[str]:
    """Yield the ARN with a region, an account and a name in place of empty ones, where AWS documents that the action's ARNs have them."""
    fields = request.resource.split(":", arn.FIELDS - 1)
    known = documented(request.action)
    if len(fields) < arn.FIELDS or known is None:
        return
    account = request.resource_account or _account_of(request.principal)
    name = "/".join(part or "x" for part in fields[LAST].split("/"))
    for shape in (arn.fields(one.arn) for one in known.resources):
        # The kind of a resource stands before its name.
        if name.startswith(shape[LAST].partition("$")[0]):
            region = fields[REGION] or ("us-east-1" if shape[REGION] else "")
            owner = fields[ACCOUNT] or (account if shape[ACCOUNT].startswith("$") else shape[ACCOUNT])
            yield ":".join((*fields[:REGION], region, owner, name))
    yield ":".join((*fields[:LAST], name))


def _account_of(principal: str) -> str:
    return principal.split(":")[ACCOUNT] if principal.startswith("arn:") else ""
