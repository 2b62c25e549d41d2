"""Grants on keys against what the documentation says of them, plainly, over requests and policies made up at random."""

from dataclasses import replace
from itertools import product

import pytest

from hexward.iam import Outcome, Policies, Request, Verdict, decide
from hexward.iam.policy import Layer
from hexward.inventory.kms import GrantConstraints, GrantListEntry
from tests.build import ACCOUNT
from tests.iam.build import allow, deny, policy, to
from tests.iam.cases import PRINCIPALS, case
from tests.iam.naive_statement import home, ladder, owner
from tests.iam.test_only import BUCKET, HANDED_ON, KEY, OTHER, TRAIN, bucket, key, only, role

SOME = 6_000
OPERATIONS = (["Decrypt"], ["Encrypt", "DescribeKey"], ["Decrypt", "GenerateDataKey"])
BEFORE = (Layer.SCP, Layer.RCP, Layer.ENDPOINT)


def given(request: Request, lent: dict[str, object]) -> bool:
    """Say whether a grant is to the one who asks, for what is asked."""
    operations = lent["Operations"]
    assert isinstance(operations, list)
    return lent["GranteePrincipal"] in ladder(request) and request.action.partition(":")[2] in operations


def plain(request: Request, policies: Policies, lent: dict[str, object]) -> bool:
    """Say whether nothing can limit a grant: it is to the one who asks, of the key's account, without boundary or session policy."""
    who = request.principal
    mine = home(request) in {owner(request), None} and ":federated-user/" not in who
    direct = lent["GranteePrincipal"] == who or not str(lent["GranteePrincipal"]).endswith(":root")
    return mine and direct and policies.boundary is None and policies.session is None


def test_a_grant_allows_whom_it_is_to_and_takes_nothing_away():
    seen = set()
    for seed in range(SOME):
        request, policies = case(seed)
        if not request.action.startswith("kms:"):
            continue
        without = decide(request, policies)
        grantee = PRINCIPALS[seed % (len(PRINCIPALS) - 1)] if seed % 3 else (ladder(request) or ["x.amazonaws.com"])[-1]
        lent = {"GranteePrincipal": grantee, "Operations": OPERATIONS[seed % 7 % 3]}
        found = decide(request, replace(policies, grants=(lent,)))
        seen.add((without.verdict, found.verdict))
        if not given(request, lent) or without.verdict in {Verdict.ALLOWED, Verdict.EXPLICITLY_DENIED}:
            assert found.verdict is without.verdict, seed
        elif without.blocked_by in BEFORE:
            assert found.verdict is Verdict.IMPLICITLY_DENIED, seed
        elif without.verdict is Verdict.IMPLICITLY_DENIED and plain(request, policies, lent):
            assert found.verdict is Verdict.ALLOWED, seed
        else:
            assert found.verdict in {Verdict.ALLOWED, Verdict.UNKNOWN, without.verdict}, seed
    denied = Verdict.IMPLICITLY_DENIED
    assert {(denied, Verdict.ALLOWED), (denied, Verdict.UNKNOWN), (denied, denied)} <= seen


OWN = [policy(allow("s3:GetObject")), policy(allow("s3:GetObject"), allow("kms:Decrypt")), policy(allow("kms:*")),
       policy(allow("*"), deny("kms:Decrypt"))]  # fmt: skip
KEY_POLICIES = [HANDED_ON, policy(allow("kms:*", Principal=to(TRAIN))),
                policy(allow("kms:*", Principal=to(f"arn:aws:iam::{ACCOUNT}:root")), deny("kms:Decrypt", Principal=to(OTHER)))]  # fmt: skip
LENT = [
    (),
    (OTHER, "Decrypt"),
    (OTHER, "Encrypt"),
    (TRAIN, "Decrypt"),
    (f"arn:aws:sts::{ACCOUNT}:assumed-role/web/s", "Decrypt"),
]
SESSIONS = [OTHER, *(f"arn:aws:sts::{ACCOUNT}:assumed-role/web/{name}" for name in ("s", "x"))]


@pytest.mark.parametrize("lent", LENT)
def test_what_is_proved_of_a_bucket_is_so_for_each_who_could_ask(lent):
    told = {"GranteePrincipal": lent[0], "Operations": [lent[1]]} if lent else None
    for own, of_key in product(OWN, KEY_POLICIES):
        policies = Policies(identity=(own,))
        locked = replace(policies, resource=of_key, grants=(told,) if told else ())
        reads = any(
            decide(Request(who, "s3:GetObject", f"{BUCKET}/a"), policies).verdict is Verdict.ALLOWED
            and decide(Request(who, "kms:Decrypt", KEY), locked).verdict is Verdict.ALLOWED
            for who in SESSIONS
        )
        grants = (GrantListEntry("g1", (lent[1],), lent[0]),) if lent else ()
        found = only(bucket(key=KEY), key(of_key, grants=grants), role(OTHER, own))
        assert found.verdict is (Outcome.REFUTED if reads else Outcome.PROVED), (own, of_key, found)


@pytest.mark.parametrize("lent", LENT)
def test_what_is_bound_or_unread_proves_no_more_and_refutes_no_less(lent):
    order = [Outcome.PROVED, Outcome.UNKNOWN, Outcome.REFUTED]
    for own, of_key in product(OWN, KEY_POLICIES):
        constraints = GrantConstraints(encryption_context_subset={"aws:s3:arn": BUCKET})
        bound = (GrantListEntry("g1", (lent[1],), lent[0], constraints=constraints),) if lent else ()
        locked = key(of_key, grants=bound)
        nothing, some, unread = (
            order.index(only(bucket(key=KEY), one, role(OTHER, own)).verdict)
            for one in (key(of_key), locked, locked.punched("grants"))
        )
        assert nothing <= some <= max(unread, nothing)
        assert some <= max(nothing, order.index(Outcome.UNKNOWN))
