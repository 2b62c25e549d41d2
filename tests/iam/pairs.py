"""Pairs of policies that differ a little, and requests made of the words of both."""

import copy
from collections.abc import Iterator
from random import Random
from typing import Any

from hexward.iam import Policies, Request, decide
from hexward.iam.people import STRANGERS
from tests.iam.cases import ABROAD, ACTIONS, CONDITIONS, CONTEXT, HOME, PRINCIPALS, RESOURCES, TARGETS, Maker

ALL = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
LONG = [one for one in RESOURCES if one.count(":") in {0, 5} or "*" not in one]
"""Without patterns that have too few fields to say how far a `*` in them goes."""
NOBODYS = STRANGERS[0]
"""An account that no policy names, which a proof may choose."""
HANDED_ON = {
    "Statement": [{"Effect": "Allow", "Principal": {"AWS": [HOME, ABROAD, NOBODYS]}, "Action": "*", "Resource": "*"}],
}
KINDS = ("identity", "resource")
ODD_ACTIONS = ["s3:GetObjectVersion", "iam:PassRole", "sagemaker:InvokeEndpoint", "iam:ListUsers"]
EVERY_TARGET = [one for some in TARGETS.values() for one in some]


def request(luck: Random) -> Request:
    """Return a request of few words."""
    action = luck.choice([*TARGETS, *ODD_ACTIONS])
    resource = luck.choice(TARGETS.get(action, EVERY_TARGET) if luck.random() < 0.8 else EVERY_TARGET)
    if action == "iam:ListUsers" and luck.random() < 0.5:
        resource = "*"
    account = luck.choice([HOME, ABROAD]) if ":s3:::" in resource or resource == "*" else None
    context = {key: luck.choice(values) for key, values in CONTEXT.items() if luck.random() < 0.6}
    return Request(luck.choice(PRINCIPALS), action, resource, account, context)


def pair(seed: int) -> tuple[Any, Any, str, Random]:
    """Return an old policy, a new one and their kind."""
    luck = Random(seed)  # noqa: S311  (nothing secret)
    kind = luck.choice(KINDS)
    maker = Maker(luck, request(luck), LONG)
    resource = kind == "resource"
    old = maker.document(principal=resource)
    if luck.random() < 0.2:
        return old, maker.document(principal=resource), kind, luck
    return old, mutated(luck, old, maker, principal=resource), kind, luck


def mutated(luck: Random, document: dict[str, Any], maker: Maker, *, principal: bool) -> dict[str, Any]:
    """Return a policy with one thing changed: a statement more or less, an element, a condition, an effect."""
    out = copy.deepcopy(document)
    found = out["Statement"]
    statements = found if isinstance(found, list) else [found]
    one = luck.choice(statements)
    change = luck.randrange(6)
    if change == 0:
        statements.append(maker.statement(principal=principal))
    elif change == 1 and len(statements) > 1:
        statements.remove(one)
    elif change == 2:
        _another(one, "Action", maker.some(ACTIONS, maker.request.action))
    elif change == 3:
        _another(one, "Resource", maker.some(maker.resources, maker.request.resource))
    elif change == 4 and "Condition" in one and luck.random() < 0.5:
        one.pop("Condition")
    elif change == 4:
        operator, key, value = luck.choice(CONDITIONS)
        one["Condition"] = {operator: {key: value}}
    else:
        one["Effect"] = "Deny" if one["Effect"] == "Allow" else "Allow"
        if one["Effect"] == "Allow" and "NotPrincipal" in one:
            one["Principal"] = one.pop("NotPrincipal")
    out["Statement"] = statements
    return out


def _another(statement: dict[str, Any], name: str, value: object) -> None:
    for one in (name, f"Not{name}"):
        if one in statement:
            statement[one] = value


def around(document: Any, kind: str) -> Iterator[Policies]:
    """Yield a document by itself, and with all else open, so that it alone decides."""
    if kind == "identity":
        yield Policies(identity=(document,))
        yield Policies(identity=(document,), resource=HANDED_ON)
    else:
        yield Policies(resource=document)
        yield Policies(identity=(ALL,), session=(ALL,), resource=document)


def refutes(one: Request, old: Any, new: Any, kind: str) -> bool:
    """Say whether the evaluator allows a request under the new document, and denies it under the old one."""
    return any(
        decide(one, after).verdict == "allowed"
        and decide(one, before).verdict in {"implicitly_denied", "explicitly_denied"}
        for before, after in zip(around(old, kind), around(new, kind), strict=True)
    )


def contradicted(seed: int, requests: int) -> Request | None:
    """Return a random request that refutes the seed's pair, if there is one among some."""
    old, new, kind, luck = pair(seed)
    tried = (request(luck) for _ in range(requests))
    return next((one for one in tried if refutes(one, old, new, kind)), None)
