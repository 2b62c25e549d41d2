"""How a change is made: one call with its arguments, the call that undoes it, and the rights that it takes away."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import product
from typing import Any

import msgspec

from hexward.iam.paths.calls import Call, Edit, Statements, asks_of, holding, listed, statements_of
from hexward.iam.paths.cuts import Ask, Change, Cuts, grant_of, label, lent, words
from hexward.iam.paths.effective import Effective
from hexward.iam.paths.graph import ADMINISTER
from hexward.iam.paths.people import Target
from hexward.iam.paths.shut import kept_out
from hexward.iam.principals import Grant
from hexward.inventory import Bucket, NotCollected, Role, User
from hexward.inventory.kms import GrantListEntry
from hexward.inventory.s3 import key_of_bucket

OF_KMS = {"GrantId", "IssuingAccount"}
"""What KMS itself adds to a grant."""

MOST = {"User": 2_048, "Role": 10_240}
"""How many characters the inline policies of a user or a role may have, white space left out.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
"""
DELETES_INLINE = {"iam:DeleteGroupPolicy", "iam:DeleteRolePolicy", "iam:DeleteUserPolicy"}


def edit(cuts: Cuts, change: Change, among: Iterable[Change] = ()) -> Edit | None:
    """Return how a change is made, or None if that takes more than one call, or is not known.

    `among` are the changes that are made together: those that write the same policy have the same edit.
    """
    if change.target is not None:
        return _closed(cuts, change.source, change.target, among)
    view = cuts.found.view
    owner = view.users.get(change.source[0]) or view.roles[change.source[0]]
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


def _closed(cuts: Cuts, source: Target, target: Target, among: Iterable[Change]) -> Edit | None:
    view, outside = cuts.found.view, cuts.found.graph.outside
    if source in outside:
        together = [one.source[0] for one in among if one.target == target and one.source in outside]
        return kept_out(view, {source[0], *together}, target[0])
    if lent(cuts.found, source, target):
        return _revoked(cuts, source, target)
    return _denied(cuts, view.users.get(source[0]) or view.roles[source[0]], source, target)


def say(cuts: Cuts, change: Change) -> str:
    """Say a change in words: an inline policy of which nothing is left is taken, not narrowed."""
    says = words(cuts.found, change)
    if change.policy is None or not says.startswith("narrow "):
        return says
    made = edit(cuts, change)
    if made is None or made.do.call not in DELETES_INLINE:
        return says
    return f"take the inline policy {made.do.arguments['PolicyName']} from {label(cuts.found, change.source)}"


def _sort(owner: User | Role) -> str:
    return "User" if isinstance(owner, User) else "Role"


def _held_by(owner: User | Role) -> dict[str, str]:
    return {f"{_sort(owner)}Name": owner.name}


def _narrowed(cuts: Cuts, change: Change, owner: User | Role, grant: Grant) -> Edit:
    """Deny in an inline policy, beside what it allows, the rights that the steps take; or take out what gives nothing else.

    Where that is too long, the actions are denied on everything; where it cannot be said, the statements that give them are taken out.
    """
    needed = _needed(cuts, change)
    document = json.loads(grant.document)
    held = statements_of(document)
    who = cuts.found.graph.nodes[change.source]
    left = [one for one in held if not _gives(cuts, who, one, needed)]
    kept, takes = whole = left, asks_of(one for one in held if one not in left)
    if not _unsayable(needed):
        on_all = tuple((action, "*") for action in dict.fromkeys(action for action, _ in needed))
        tried = ((_less(cuts, who, held, asks), asks) for asks in (needed, on_all))
        short = (one for one in tried if len(holding(document, one[0])) <= MOST[_sort(owner)])
        kept, takes = next(short, whole)
    named = _held_by(owner) | {"PolicyName": grant.name}
    undo = Call(f"iam:Put{_sort(owner)}Policy", named | {"PolicyDocument": grant.document})
    if not any(one.get("Effect") == "Allow" for one in kept):
        return Edit(Call(f"iam:Delete{_sort(owner)}Policy", named), undo, takes)
    return Edit(Call(undo.call, named | {"PolicyDocument": holding(document, kept)}), undo, takes)


def _less(cuts: Cuts, who: Effective, held: Statements, takes: tuple[Ask, ...]) -> Statements:
    """Return statements without some rights: less those that give nothing else, with a Deny where another still gives one."""
    kept = [one for one in held if not _only(one, takes)]
    return [*kept, *_denying(takes)] if kept and any(_gives(cuts, who, one, takes) for one in kept) else kept


def _only(statement: Mapping[str, Any], takes: Iterable[Ask]) -> bool:
    """Say whether a statement allows nothing but some rights."""
    if statement.get("Effect") != "Allow" or not {"Action", "Resource"} <= statement.keys():
        return False
    return set(product(listed(statement["Action"]), listed(statement["Resource"]))) <= set(takes)


def _denying(takes: Iterable[Ask]) -> Statements:
    """Return statements that deny rights: one for all that are denied on everything, and one for each other action."""
    by: dict[str, list[str]] = {}
    for action, resource in takes:
        by.setdefault(action, []).append(resource)
    everywhere = [action for action, resources in by.items() if "*" in resources]
    whole = [{"Effect": "Deny", "Action": everywhere, "Resource": "*"}] if len(everywhere) > 1 else []
    return whole + [
        {"Effect": "Deny", "Action": action, "Resource": resources}
        for action, resources in by.items()
        if not (whole and action in everywhere)
    ]


def _unsayable(takes: Iterable[Ask]) -> bool:
    """Say whether the rights are those of an administrator, which no list of actions tells."""
    return any(ask in ADMINISTER for ask in takes)


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


def _revoked(cuts: Cuts, source: Target, target: Target) -> Edit | None:
    """Revoke the grant by which alone a step decrypts; what it lends goes for all that the key protects.

    What undoes it makes another grant of the same content.
    """
    inventory = cuts.found.view.inventory
    bucket, wanted = inventory.find(Bucket, target[0]), lent(cuts.found, source, target)
    key = None if bucket is None else key_of_bucket(inventory, bucket)
    for grant in (key.grants or ()) if key is not None else ():
        if key is not None and grant.grant_id == wanted:
            named = {"KeyId": key.arn, "GrantId": grant.grant_id}
            takes = tuple(sorted((f"kms:{one}", key.arn) for one in grant.operations))
            return Edit(
                Call("kms:RevokeGrant", named), Call("kms:CreateGrant", {"KeyId": key.arn} | _content(grant)), takes
            )
    return None


def _content(grant: GrantListEntry) -> dict[str, object]:
    """Return a grant as KMS takes it. https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateGrant.html."""
    told = {name: value for name, value in msgspec.to_builtins(grant).items() if value and name not in OF_KMS}
    bound = {name: value for name, value in told.pop("Constraints", {}).items() if value}
    return told | {"Operations": list(grant.operations)} | ({"Constraints": bound} if bound else {})


def _denied(cuts: Cuts, owner: User | Role, source: Target, target: Target) -> Edit | None:
    """Deny one right of each way of a step, in an inline policy of its own."""
    takes = _few(frozenset(asks) for asks in cuts.ways(source, target))
    if not takes or _unsayable(takes):
        return None
    name = re.sub(r"[^\w+=,.@-]", "-", f"closed-to-{target[0].rpartition(':')[2]}", flags=re.ASCII)[:128]
    named = _held_by(owner) | {"PolicyName": name}
    document = holding({"Version": "2012-10-17"}, _denying(takes))
    put = Call(f"iam:Put{_sort(owner)}Policy", named | {"PolicyDocument": document})
    return Edit(put, Call(f"iam:Delete{_sort(owner)}Policy", named), takes)
