"""How outsiders are taken out of a role's trust policy or a bucket's policy, and nobody of the account itself."""

import json
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from typing import Any

from hexward.iam.outsiders import NAMING
from hexward.iam.paths.account import AccountView
from hexward.iam.paths.calls import Call, Edit, Statements, asks_of, holding, listed, statements_of
from hexward.iam.paths.strangers import EVERYONE, lets_in
from hexward.inventory import Bucket, Role

NOBODY = {"Effect": "Deny", "Principal": "*", "Action": "sts:AssumeRole"}
"""A trust policy must hold a statement."""


def kept_out(view: AccountView, entries: AbstractSet[str], target: str) -> Edit | None:
    """Take entries out of a role's trust policy or a bucket's policy; None where one call does not, or it is not known to do."""
    owner = view.roles.get(target) or view.inventory.find(Bucket, target)
    old = owner.trust if isinstance(owner, Role) else owner.policy if owner is not None else None
    if owner is None or old is None:
        return None
    document = json.loads(old)

    def lets(statements: Statements) -> bool:
        return bool(statements) and lets_in(view, owner, holding(document, statements), entries)

    held = statements_of(document)
    kept = [left for one in held for left in _without(one, entries, lets, view.number)]
    if kept == held or lets(kept):
        return None
    takes = asks_of((one for one in held if one not in kept), target)
    if isinstance(owner, Role):
        call, named = "iam:UpdateAssumeRolePolicy", {"RoleName": owner.name}
        undo = Call(call, named | {"PolicyDocument": old})
        return Edit(Call(call, named | {"PolicyDocument": holding(document, kept or [NOBODY])}), undo, takes)
    named = {"Bucket": owner.name}
    put = Call("s3:PutBucketPolicy", named | {"Policy": holding(document, kept)})
    undo = Call(put.call, named | {"Policy": old})
    return Edit(put if kept else Call("s3:DeleteBucketPolicy", named), undo, takes)


def _without(
    one: dict[str, Any], entries: AbstractSet[str], lets: Callable[[Statements], bool], own: str
) -> Iterator[dict[str, Any]]:
    """Yield what is left of a statement without entries among whom it allows something: nothing, if it allows nobody else."""
    who = one.get("Principal")
    if one.get("Effect") != "Allow" or who is None:
        yield one
        return
    kinds = {"AWS": who} if isinstance(who, str) else dict(who)
    named = listed(kinds.pop("AWS", []))
    others = [each for each in named if each not in entries and each != "*"]
    if "*" in named:
        everyone = one | {"Principal": "*"}
        bound = _bound(everyone, entries, lets, own)
        if bound == everyone:
            yield one
            return
        if bound is not None:
            yield bound
    elif len(others) == len(named):
        yield one
        return
    left = kinds | ({"AWS": others} if others else {})
    if left:
        yield one | {"Principal": left}


def _bound(
    one: dict[str, Any], entries: AbstractSet[str], lets: Callable[[Statements], bool], own: str
) -> dict[str, Any] | None:
    """Return a statement for everyone without those that its conditions name, and bound to the account itself if it lets in anyone.

    Users and roles of the account keep what it gives them.
    """
    conditions: dict[str, dict[str, Any]] = {}
    for operator, keys in one.get("Condition", {}).items():
        conditions[operator] = dict(keys)
        for key in [key for key in keys if key.lower() in NAMING]:
            left = [each for each in listed(keys[key]) if str(each) not in entries]
            if not left:
                return None
            if left != listed(keys[key]):
                conditions[operator][key] = left
    bound = one | ({"Condition": conditions} if conditions else {})
    if EVERYONE in entries and lets([bound]):
        operator = next((name for name in conditions if name.lower() == "stringequals"), "StringEquals")
        conditions[operator] = conditions.get(operator, {}) | {"aws:PrincipalAccount": own}
        bound = one | {"Condition": conditions}
    return bound
