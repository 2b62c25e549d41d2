"""The tests of the proof engine, judged: a bug sown into it must make one of their examples come out otherwise."""

import json
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module

import pytest

from hexward.iam import Outcome, no_new_access
from hexward.iam.principal import Sort
from hexward.inventory import ManagedPolicy
from tests.build import ACCOUNT, seen
from tests.iam.build import HOME, USER, allow, deny, if_, policy, to
from tests.iam.test_only import LOCKED, OTHER, READER, TRAINER, bucket, only, role
from tests.iam.test_prove import CONDITIONS, ELEMENTS, PRINCIPALS, VARIABLES, given_that

NAMES = (
    "assignments",
    "box",
    "callers",
    "clause",
    "compare",
    "dimension",
    "effective",
    "partition",
    "people",
    "places",
    "replay",
    "space",
    "values",
)
MODULES = {name: import_module(f"hexward.iam.{name}") for name in NAMES}
CACHES = [("partition", "classes"), ("partition", "of_arn"), ("effective", "_meets"), ("effective", "_covers")]

KEPT = {(module, name): getattr(MODULES[module], name) for module, name in CACHES}
"""The functions that keep their answers, as they are without a bug."""

VPCE_1, VPCE_2 = (policy(allow("s3:*", **if_("StringEquals", "aws:SourceVpce", f"vpce-{at}"))) for at in (1, 2))
OTHERS = [
    ([bucket(), TRAINER, READER], Outcome.REFUTED),
    ([bucket(LOCKED), TRAINER, READER], Outcome.PROVED),
    ([bucket(policy(deny("s3:*", "arn:aws:s3:::acme-weights/a*", Principal="*"))), READER], Outcome.REFUTED),
    ([bucket(policy(deny("s3:*", **if_("Bool", "aws:SecureTransport", "false"), Principal="*"))), READER], Outcome.REFUTED),
    ([bucket(policy(allow("s3:GetObject", Principal="*")))], Outcome.REFUTED),
    ([bucket(), role(OTHER, policy(allow("s3:Put*")))], Outcome.PROVED),
    ([bucket(policy(deny("s3:*", Principal=to(USER)))), READER], Outcome.REFUTED),
    ([bucket(policy(allow("s3:*", Principal=to(ACCOUNT)))), role(OTHER, VPCE_1, boundary="arn:aws:iam::aws:policy/B"),
      seen(ManagedPolicy, "arn:aws:iam::aws:policy/B", region="aws-global", document=json.dumps(VPCE_2))], Outcome.PROVED),
]  # fmt: skip


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    """Forget what was worked out with or without a bug."""
    forget()
    yield
    forget()


def forget() -> None:
    """Empty the caches."""
    for module, name in CACHES:
        KEPT[module, name].cache_clear()


def always(value):
    """Return what replaces a function by one that returns a value."""
    return lambda _: lambda *_, **__: value


def without(unwanted):
    """Return what takes some values out of what a function returns."""
    return lambda right: (
        lambda *given, **named: type(found := right(*given, **named))(one for one in found if not unwanted(one))
    )


BUGS = [
    ("partition", "_Walk.closed", lambda _: lambda _, mask: mask),
    ("partition", "_Walk.symbols", lambda right: lambda self, mask: right(self, mask)[:1]),
    ("values", "classes", lambda right: lambda *given: right(*given)[:1]),
    ("values", "_addresses", without(lambda one: ":" in one)),
    ("values", "_addresses", without(lambda one: "." in one)),
    ("values", "_elements", without(lambda one: one == "")),
    ("values", "_between", lambda right: lambda *given: right(*given)[1:]),
    ("values", "_between", lambda right: lambda *given: right(*given)[:-1]),
    ("values", "_between", lambda right: lambda *given: right(*given)[::2]),
    ("space", "values_of", without(lambda one: one is None)),
    ("space", "arns", always(((),))),
    ("effective", "meet", lambda _: lambda one, other: {**one, **other}),
    ("box", "apart", always(value=True)),
    ("box", "Cutter._split", always(())),
    ("dimension", "Doubt", lambda _: type(None)),
    ("compare", "_near", always(value=False)),
    ("compare", "_signature", lambda right: lambda one: right(replace(one, conditions=()))),
    ("compare", "_signature", lambda right: lambda one: right(one)[1:]),
    ("compare", "_hangs_on_resources", always(value=False)),
    ("compare", "of_right", always(value=False)),
    ("compare", "granted", always(value=True)),
    ("compare", "denied", always(value=False)),
    ("compare", "everyone", without(lambda one: one.who.account is not None)),
    ("compare", "everyone", without(lambda one: one.who.account is None)),
    ("compare", "everyone", without(lambda one: one.who.sort is Sort.SESSION)),
    ("compare", "everyone", without(lambda one: one.backed)),
    ("people", "accounts", always(("999999999999",))),
    ("people", "_classes_of_accounts", always(())),
    ("people", "_written", always({})),
    ("people", "_predicates", always(())),
    ("people", "unnamed", always(HOME)),
    ("callers", "_outside", always(())),
    ("clause", "Clause.unions", always(())),
    ("clause", "widened", always("x")),
    ("space", "always_filled", always(value=True)),
    ("effective", "_meets", always(value=False)),
    ("effective", "_covers", always(value=True)),
    ("effective", "denied", always(value=True)),
    ("effective", "any_grant", always(value=False)),
    ("effective", "_Effective._deny", always(None)),
]  # fmt: skip


def noticed() -> bool:
    """Say whether some example comes out otherwise than it must."""
    pairs = [(old, new, "identity", verdict) for old, new, verdict in ELEMENTS]
    pairs += [(given_that(*old), given_that(*new), "identity", verdict) for old, new, verdict in CONDITIONS]
    pairs += [(old, new, "resource", verdict) for old, new, verdict in PRINCIPALS]
    pairs += [(old, new, "identity", verdict) for old, new, verdict in VARIABLES]
    try:
        return any(no_new_access(old, new, kind).verdict is not verdict for old, new, kind, verdict in pairs) or any(
            only(*records).verdict is not verdict for records, verdict in OTHERS
        )
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        return True


@pytest.mark.parametrize(("module", "name", "bug"), BUGS, ids=[f"{at}-{name}" for at, (_, name, _) in enumerate(BUGS)])
def test_a_sown_bug_is_noticed(monkeypatch, module, name, bug):
    *path, last = name.split(".")
    owner = MODULES[module]
    for step in path:
        owner = getattr(owner, step)
    with monkeypatch.context() as sown:
        sown.setattr(owner, last, bug(getattr(owner, last)))
        assert noticed()
        forget()


def test_nothing_is_noticed_without_a_bug():
    assert not noticed()
