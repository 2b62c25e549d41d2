"""How a change is made: one call with its arguments, the call that undoes it, and the rights that it takes away."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import product
from typing import Any

from hexward.iam.paths.cuts import Ask, Change, Cuts, grant_of
from hexward.iam.paths.effective import Effective
from hexward.iam.paths.graph import ADMINISTER
from hexward.iam.paths.people import Target
from hexward.iam.principals import Grant
from hexward.inventory import Bucket, NotCollected, Role, User

type Statements = list[dict[str, Any]]

NOBODY = {"Effect": "Deny", "Principal": "*", "Action": "sts:AssumeRole"}
"""A trust policy must hold a statement."""

MOST = {"User": 2_048, "Role": 10_240}
"""How many characters the inline policies of a user or a role may have, white space left out.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
"""


@dataclass(frozen=True, slots=True)
class Call:
    """A call as boto3 names it, `iam:DetachUserPolicy`, and its arguments; a policy is JSON text, as AWS takes it."""

    call: str
    arguments: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Edit:
    """What makes a change, what puts back what was there before, and what the changed one cannot do from then on, if that is all."""

    do: Call
    undo: Call
    takes: tuple[Ask, ...] = ()


def edit(cuts: Cuts, change: Change, among: Iterable[Change] = ()) -> Edit | None:
    """Return how a change is made, or None if that takes more than one call, or is not known.

    `among` are the changes that are made together: those that write the same policy have the same edit.
    """
    view, outside = cuts.found.view, cuts.found.graph.outside
    if change.target is not None and change.source in outside:
        together = [one.source[0] for one in among if one.target == change.target and one.source in outside]
        return _kept_out(cuts, {change.source[0], *together}, change.target[0])
    owner = view.users.get(change.source[0]) or view.roles[change.source[0]]
    if change.target is not None:
        return _denied(cuts, owner, change.source, change.target)
    try:
        grant = grant_of(cuts.found, change)
    except NotCollected:
        return None
    if grant.group:
        named = {"GroupName": grant.group, "UserName": owner.name}
        return Edit(Call("iam:RemoveUserFromGroup", named), Call("iam:AddUserToGroup", named))
    if grant.policy:
        held = _held_by(owner) | {"PolicyArn": grant.policy}
        sort = _sort(owner)
        return Edit(Call(f"iam:Detach{sort}Policy", held), Call(f"iam:Attach{sort}Policy", held))
    return _narrowed(cuts, change, owner, grant) if grant.name else None


def _sort(owner: User | Role) -> str:
    return "User" if isinstance(owner, User) else "Role"


def _held_by(owner: User | Role) -> dict[str, str]:
    return {f"{_sort(owner)}Name": owner.name}


def _narrowed(cuts: Cuts, change: Change, owner: User | Role, grant: Grant) -> Edit:
    """Deny in an inline policy, beside what it allows, the rights that the steps take; or take out what gives nothing else.

    Where that cannot be said or is too long, the statements that give the rights are taken out whole.
    """
    who = cuts.found.graph.nodes[change.source]
    takes = _needed(cuts, change)
    document = json.loads(grant.document)
    held = _statements(document)
    kept = [one for one in held if not _only(one, takes)]
    if kept and any(_gives(cuts, who, one, takes) for one in kept):
        kept += _denying(takes)
    if _unsayable(takes) or len(_with(document, kept)) > MOST[_sort(owner)]:
        kept = [one for one in held if not _gives(cuts, who, one, takes)]
    named = _held_by(owner) | {"PolicyName": grant.name}
    undo = Call(f"iam:Put{_sort(owner)}Policy", named | {"PolicyDocument": grant.document})
    if not any(one.get("Effect") == "Allow" for one in kept):
        return Edit(Call(f"iam:Delete{_sort(owner)}Policy", named), undo, takes)
    return Edit(Call(undo.call, named | {"PolicyDocument": _with(document, kept)}), undo, takes)


def _only(statement: Mapping[str, Any], takes: Iterable[Ask]) -> bool:
    """Say whether a statement allows nothing but some rights."""
    if statement.get("Effect") != "Allow" or not {"Action", "Resource"} <= statement.keys():
        return False
    return set(product(_listed(statement["Action"]), _listed(statement["Resource"]))) <= set(takes)


def _denying(takes: Iterable[Ask]) -> Statements:
    """Return statements that deny rights, one for each action."""
    by: dict[str, list[str]] = {}
    for action, resource in takes:
        by.setdefault(action, []).append(resource)
    return [{"Effect": "Deny", "Action": action, "Resource": resources} for action, resources in by.items()]


def _unsayable(takes: Iterable[Ask]) -> bool:
    """Say whether the rights are those of an administrator, which no list of actions tells."""
    return any(ask in ADMINISTER for ask in takes)


def _listed(value: Any) -> list[str]:  # noqa: ANN401  (AWS's own JSON)
    return [value] if isinstance(value, str) else list(value)


def _needed(cuts: Cuts, change: Change) -> tuple[Ask, ...]:
    """Return few rights of a policy without which no step that the change closes can be taken."""
    policy = change.policy or 0
    ways = [
        frozenset(ask for ask in asks if cuts.needs(change.source, policy, ask))
        for target in cuts.leading(change.source)
        if policy in cuts.kills(change.source, target)
        for asks in cuts.ways(change.source, target)
    ]
    return _few(ways)


def _few(ways: Iterable[frozenset[Ask]]) -> tuple[Ask, ...]:
    """Return rights such that each way needs one of them: those that most ways need first, then the passing of roles."""
    left = [way for way in ways if way]
    chosen: list[Ask] = []
    while left:
        counts = Counter(ask for way in left for ask in way)
        best = min(counts, key=lambda ask: (-counts[ask], ask[0] != "iam:PassRole", ask))
        chosen.append(best)
        left = [way for way in left if best not in way]
    return tuple(sorted(chosen))


def _gives(cuts: Cuts, who: Effective, statement: Mapping[str, Any], asks: Iterable[Ask]) -> bool:
    if statement.get("Effect") != "Allow":
        return False
    alone, view = who.holding((json.dumps({"Version": "2012-10-17", "Statement": [statement]}),)), cuts.found.view
    return any(
        alone.may(action, resource, tags=view.tags_on(resource), policy=view.policy_on(action, resource)) is not False
        for action, resource in asks
    )


def _denied(cuts: Cuts, owner: User | Role, source: Target, target: Target) -> Edit | None:
    """Deny one right of each way of a step, in an inline policy of its own."""
    takes = _few(frozenset(asks) for asks in cuts.ways(source, target))
    if not takes or _unsayable(takes):
        return None
    name = re.sub(r"[^\w+=,.@-]", "-", f"closed-to-{target[0].rpartition(':')[2]}", flags=re.ASCII)[:128]
    named = _held_by(owner) | {"PolicyName": name}
    document = _with({"Version": "2012-10-17"}, _denying(takes))
    put = Call(f"iam:Put{_sort(owner)}Policy", named | {"PolicyDocument": document})
    return Edit(put, Call(f"iam:Delete{_sort(owner)}Policy", named), takes)


def _kept_out(cuts: Cuts, entries: AbstractSet[str], target: str) -> Edit | None:
    """Take entries out of a role's trust policy or a bucket's policy, where it names them as principals."""
    view = cuts.found.view
    role, bucket = view.roles.get(target), view.inventory.find(Bucket, target)
    old = role.trust if role is not None else bucket.policy if bucket is not None else None
    if old is None:
        return None
    document = json.loads(old)
    kept = list(_parted(_statements(document), entries))
    if kept == _statements(document):
        return None
    if role is not None:
        call, named = "iam:UpdateAssumeRolePolicy", {"RoleName": role.name}
        undo = Call(call, named | {"PolicyDocument": old})
        return Edit(Call(call, named | {"PolicyDocument": _with(document, kept or [NOBODY])}), undo)
    named = {"Bucket": target.rpartition(":")[2]}
    put = Call("s3:PutBucketPolicy", named | {"Policy": _with(document, kept)})
    undo = Call(put.call, named | {"Policy": old})
    return Edit(put if kept else Call("s3:DeleteBucketPolicy", named), undo)


def _parted(statements: Statements, entries: AbstractSet[str]) -> Iterator[dict[str, Any]]:
    """Yield the statements without entries among whom they allow something; what allows nobody else is left out."""
    for one in statements:
        who = one.get("Principal")
        if one.get("Effect") != "Allow" or who is None:
            yield one
        elif isinstance(who, dict) and "AWS" in who:
            named = _listed(who["AWS"])
            others = [each for each in named if each not in entries]
            left = {kind: each for kind, each in who.items() if kind != "AWS"} | ({"AWS": others} if others else {})
            if len(others) == len(named):
                yield one
            elif left:
                yield one | {"Principal": left}
        elif isinstance(who, dict) or who not in entries:
            yield one


def _statements(document: Mapping[str, Any]) -> Statements:
    held = document.get("Statement", [])
    return [held] if isinstance(held, dict) else list(held)


def _with(document: Mapping[str, Any], statements: Iterable[Mapping[str, Any]]) -> str:
    return json.dumps({**document, "Statement": list(statements)}, separators=(",", ":"))
