"""The comparison of two evaluators, judged: a bug sown into the first must be noticed."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import import_module
from typing import Any

import pytest

from hexward.iam.doubt import any_of
from hexward.iam.policy import Layer
from hexward.iam.principal import Grant, Sort
from tests.iam.cases import case
from tests.iam.test_naive import differs

CASES = 12_000
MODULES = {
    name: import_module(f"hexward.iam.{name}")
    for name in (
        "arn",
        "condition",
        "decide",
        "glob",
        "match",
        "operators",
        "parse",
        "policies",
        "policy",
        "principal",
        "request",
        "variables",
        "weigh",
    )
}
CACHES = [
    ("arn", "pattern"),
    ("glob", "matcher"),
    ("match", "target"),
    ("parse", "_parsed"),
    ("policies", "_indexed"),
    ("policies", "_own"),
    ("policies", "_granted"),
    ("policies", "_lent"),
    ("principal", "caller"),
]


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    """Forget what was compiled with or without a bug."""
    forget()
    yield
    forget()


def forget() -> None:
    """Empty the caches."""
    for module, name in CACHES:
        getattr(MODULES[module], name).cache_clear()


def instead(value: Any) -> Callable[[Any], Any]:
    """Return what replaces anything by a value."""
    return lambda _: value


def always(value: object) -> Callable[[Any], Any]:
    """Return what replaces a function by one that returns a value."""
    return lambda _: lambda *_, **__: value


def never(_: Any) -> Any:
    """Replace a property by one that is false."""
    return property(lambda _: False)


def _near(shelf: Any, action: str) -> Any:
    """Look only at statements that name the service."""
    hits = [one for one in shelf.services.get(action.partition(":")[0], ()) if one[0].actions.match(action)]
    return tuple(one for one in hits if not one[0].allow), tuple(one for one in hits if one[0].allow)


def _never_alone(ready: Any, weighed: Any, _: Any, *, hopeful: bool) -> Any:
    """Ask the identity policies, whatever the resource's policy grants."""
    by_identity = vars(MODULES["decide"])["_by_identity"]
    return by_identity(ready, weighed, (), hopeful=hopeful)


BUGS: list[tuple[str, str, Callable[[Any], Any]]] = [
    ("arn", "fields", lambda right: lambda text: right(text) if text.count(":") >= 5 else ("",) * 6),
    ("arn", "Pattern.matches", lambda _: lambda self, text, _: bool(MODULES["glob"].matcher(self.text)(text))),
    (
        "condition",
        "Condition._holds_null",
        lambda _: lambda self, found: any_of(t("true" if found is None else "false") for t in self.tests),
    ),
    ("condition", "QUALIFIERS", lambda right: right | {"forallvalues": right["foranyvalue"]}),
    (
        "condition",
        "Condition.holds",
        lambda right: lambda self, context: right(replace(self, if_exists=False), context),
    ),
    ("condition", "Condition.holds", lambda right: lambda self, context: right(replace(self, negated=False), context)),
    (
        "condition",
        "Condition.holds",
        lambda right: lambda self, context: right(self, context) if self.key in context else False,
    ),
    ("decide", "LIMITS", instead((Layer.BOUNDARY,))),
    ("decide", "LIMITS", instead((Layer.SESSION,))),
    ("decide", "ASSUME", instead("sts:nothing")),
    ("decide", "FREE", instead(frozenset({"sts:getsessiontoken"}))),
    ("decide", "FREE", instead(frozenset({"sts:getcalleridentity"}))),
    ("decide", "USERS_ONLY", instead("sts:nothing")),
    ("decide", "_at_home", lambda _: _never_alone),
    ("glob", "literal", lambda _: lambda text: text),
    (
        "match",
        "Actions.match",
        lambda _: lambda self, action: action in self.literals or any(one(action) for one in self.globs),
    ),
    ("operators", "network", lambda right: lambda text: right(text.partition("/")[0])),
    ("parse", "VARIABLES", instead("2008-10-17")),
    ("parse", "glob.from_policy", lambda _: MODULES["glob"].literal),
    ("policy", "Shelf._search", lambda _: _near),
    (
        "principal",
        "Principals.denies",
        lambda right: lambda self, who, *, bounded: not self.excluded and right(self, who, bounded=bounded),
    ),
    ("principal", "Principals.denies", lambda right: lambda self, who, **_: right(self, who, bounded=False)),
    ("principal", "Principals.grants", lambda right: lambda self, who: Grant.DIRECT if right(self, who) else None),
    ("principal", "Principals.grants", lambda right: lambda self, who: Grant.LIMITED if right(self, who) else None),
    ("request", "Asked.abroad", never),
    ("request", "Asked.service_linked", never),
    ("request", "Asked.needs_own_grant", always(value=False)),
    (
        "variables",
        "Template.render",
        lambda _: lambda self, _: "".join(one for one in self.parts if isinstance(one, str)),
    ),
    ("weigh", "BOUNDED", lambda right: right | {Sort.ROOT}),
    ("weigh", "BOUNDED", lambda right: right - {Sort.FEDERATED}),
    ("weigh", "OWNER_KEEPS", instead(frozenset())),
    ("weigh", "_deny", always(None)),
    ("weigh", "_weigh_resource", always(None)),
    ("weigh", "under_rcps", always(frozenset())),
    ("weigh", "under_rcps", always(frozenset({"s3", "kms", "sts", "sagemaker"}))),
]


@pytest.mark.parametrize(("module", "name", "bug"), BUGS, ids=[f"{at}-{name}" for at, (_, name, _) in enumerate(BUGS)])
def test_a_sown_bug_is_noticed(monkeypatch, module, name, bug):
    *path, last = name.split(".")
    owner = MODULES[module]
    for step in path:
        owner = getattr(owner, step)
    monkeypatch.setattr(owner, last, bug(getattr(owner, last)))
    assert any(differs(*case(seed)) for seed in range(CASES))


def test_nothing_is_noticed_without_a_bug():
    assert not any(differs(*case(seed)) for seed in range(CASES // 10))
