"""Policies of resources: keys, roles, NotPrincipal, and buckets that are closed to the public."""

from dataclasses import replace

import pytest

from hexward.iam import ANONYMOUS, Policies, Request, Verdict, decide
from hexward.iam.rights import OPEN
from tests.iam.build import (
    ABROAD,
    ALL,
    ALLOWED,
    HOME,
    KEY,
    ROLE,
    ROOT,
    SESSION,
    TARGET_ROLE,
    USER,
    allow,
    deny,
    explicitly,
    get,
    grant,
    implicitly,
    outcome,
    policy,
    to,
)

LOGIC = (
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html"
)


KMS = "https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html"
DECRYPT = policy(allow("kms:Decrypt", KEY))


@pytest.mark.parametrize(
    ("principal", "identity", "key_policy", "expected"),
    [
        (USER, (DECRYPT,), grant(HOME, action="kms:*"), ALLOWED),
        (USER, (), grant(HOME, action="kms:*"), implicitly("identity")),
        (USER, (DECRYPT,), grant(TARGET_ROLE, action="kms:*"), implicitly("resource")),
        (USER, (DECRYPT,), None, implicitly("resource")),
        (USER, (), grant(USER, action="kms:*"), ALLOWED),
        (SESSION, (), grant(ROLE, action="kms:*"), ALLOWED),
        (ROOT, (), grant(HOME, action="kms:*"), ALLOWED),
        (ROOT, (), grant(USER, action="kms:*"), implicitly("resource")),
        (USER, (DECRYPT,), grant(HOME, action="kms:Encrypt"), implicitly("resource")),
    ],
)
def test_a_key_policy_must_allow_or_hand_over_to_the_account(principal, identity, key_policy, expected):
    assert (
        outcome(Request(principal, "kms:Decrypt", KEY), Policies(identity=identity, resource=key_policy)) == expected
    ), KMS


def test_kms_actions_without_a_key_need_no_key_policy():
    assert outcome(Request(USER, "kms:ListKeys", "*"), Policies(identity=(ALL,))) == ALLOWED
    assert outcome(Request(USER, "kms:Decrypt", "*"), Policies(identity=(ALL,))) == ALLOWED


def kms_grant(**more):
    return {"GranteePrincipal": ROLE, "Operations": ["Decrypt", "GenerateDataKey"], "GrantId": "g1"} | more


@pytest.mark.parametrize(
    ("grants", "context", "expected"),
    [
        ((kms_grant(),), {}, ALLOWED),
        ((kms_grant(Operations=["Encrypt"]),), {}, implicitly("resource")),
        ((kms_grant(GranteePrincipal=USER),), {}, implicitly("resource")),
        ((kms_grant(KeyId=KEY),), {}, ALLOWED),
        ((kms_grant(KeyId="other"),), {}, implicitly("resource")),
        ((kms_grant(Constraints={"EncryptionContextSubset": {"a": "1"}}),), {}, implicitly("resource")),
        (
            (kms_grant(Constraints={"EncryptionContextSubset": {"a": "1"}}),),
            {"kms:EncryptionContext:a": "1", "kms:EncryptionContext:b": "2"},
            ALLOWED,
        ),
        (
            (kms_grant(Constraints={"EncryptionContextEquals": {"a": "1"}}),),
            {"kms:EncryptionContext:a": "1", "kms:EncryptionContext:b": "2"},
            implicitly("resource"),
        ),
        ((kms_grant(Constraints={"EncryptionContextEquals": {"a": "1"}}),), {"kms:EncryptionContext:a": "1"}, ALLOWED),
    ],
)
def test_a_grant_on_a_key_allows_beside_its_key_policy(grants, context, expected):
    request = Request(SESSION, "kms:Decrypt", KEY, context=context)
    assert outcome(request, Policies(resource=grant(TARGET_ROLE, action="kms:*"), grants=grants)) == expected


@pytest.mark.parametrize(
    ("lent", "who", "context", "verdict"),
    [
        # To an account: its root user holds it, whoever may use the key by its own policies, and of others AWS does not say.
        (kms_grant(GranteePrincipal=ROOT), ROOT, {}, Verdict.ALLOWED),
        (kms_grant(GranteePrincipal=ROOT), USER, {}, Verdict.UNKNOWN),
        (kms_grant(GranteePrincipal=HOME), USER, {}, Verdict.UNKNOWN),
        # To a service, by its name, on behalf of one resource.
        (kms_grant(GranteePrincipal=None, GranteeServicePrincipal="rds.amazonaws.com"), "rds.amazonaws.com", {}, Verdict.ALLOWED),
        (kms_grant(GranteePrincipal="rds.amazonaws.com", Constraints={"SourceArn": "arn:aws:rds:::db:x"}), "rds.amazonaws.com", {},
         Verdict.IMPLICITLY_DENIED),
        (kms_grant(GranteePrincipal="rds.amazonaws.com", Constraints={"SourceArn": "arn:aws:rds:::db:x"}), "rds.amazonaws.com",
         {"aws:SourceArn": "arn:aws:rds:::db:x"}, Verdict.ALLOWED),
        # To one that was deleted.
        (kms_grant(GranteePrincipal="AROAEXAMPLEEXAMPLEID1"), USER, {}, Verdict.IMPLICITLY_DENIED),
        # Whether a pair is there that must be, or one too many, is open.
        (kms_grant(Constraints={"EncryptionContextSubset": {"a": "1"}}), SESSION, {"kms:EncryptionContext:a": OPEN}, Verdict.UNKNOWN),
        (kms_grant(Constraints={"EncryptionContextEquals": {"a": "1"}}), SESSION,
         {"kms:EncryptionContext:a": "1", "kms:EncryptionContext:b": OPEN}, Verdict.UNKNOWN),
    ],
)  # fmt: skip
def test_a_grant_may_be_to_an_account_or_a_service_or_bound(lent, who, context, verdict):
    policies = Policies(resource=grant(TARGET_ROLE, action="kms:*"), grants=(lent,))
    assert decide(Request(who, "kms:Decrypt", KEY, HOME, context), policies).verdict is verdict


def test_a_grant_to_an_account_serves_whoever_may_use_the_key_by_his_own_policies():
    request = Request(USER, "kms:Decrypt", KEY)
    policies = Policies(identity=(DECRYPT,), grants=(kms_grant(GranteePrincipal=ROOT),))
    assert decide(request, policies).verdict is Verdict.ALLOWED
    assert decide(request, replace(policies, grants=())).verdict is Verdict.IMPLICITLY_DENIED


def test_what_limits_a_grant_on_a_key_is_not_documented_and_so_unknown():
    decision = decide(Request(SESSION, "kms:Decrypt", KEY), Policies(grants=(kms_grant(),), boundary=()))
    assert decision.verdict is Verdict.UNKNOWN
    assert "boundary" in decision.construct
    foreign = KEY.replace(HOME, ABROAD)
    assert decide(Request(SESSION, "kms:Decrypt", foreign), Policies(grants=(kms_grant(),))).verdict is Verdict.UNKNOWN
    assert (
        outcome(Request(SESSION, "kms:Decrypt", foreign), Policies(grants=(kms_grant(),), identity=(ALL,))) == ALLOWED
    )


def trust(**element):
    return {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sts:AssumeRole*"} | element}


ASSUME = policy(allow("sts:AssumeRole", TARGET_ROLE))


@pytest.mark.parametrize(
    ("principal", "identity", "trusts", "expected"),
    [
        (USER, (ASSUME,), trust(Principal=to(HOME)), ALLOWED),
        (USER, (), trust(Principal=to(HOME)), implicitly("identity")),
        (USER, (), trust(Principal=to(USER)), ALLOWED),
        (SESSION, (), trust(Principal=to(ROLE)), ALLOWED),
        (USER, (ASSUME,), trust(Principal=to(ROLE)), implicitly("resource")),
        (USER, (ASSUME,), None, implicitly("resource")),
        (ROOT, (), trust(Principal=to(HOME)), implicitly("identity")),
        ("lambda.amazonaws.com", (), trust(Principal={"Service": "lambda.amazonaws.com"}), ALLOWED),
        ("ec2.amazonaws.com", (), trust(Principal={"Service": "lambda.amazonaws.com"}), implicitly("resource")),
        (ANONYMOUS, (), trust(Principal=to(HOME)), implicitly("resource")),
    ],
)
def test_a_trust_policy_must_admit_whoever_takes_a_role(principal, identity, trusts, expected):
    request = Request(principal, "sts:AssumeRole", TARGET_ROLE)
    assert outcome(request, Policies(identity=identity, resource=trusts)) == expected, LOGIC


OIDC = "token.actions.githubusercontent.com"


@pytest.mark.parametrize(
    ("principal", "named"),
    [
        (OIDC, OIDC),
        (OIDC, f"arn:aws:iam::{HOME}:oidc-provider/{OIDC}"),
        (f"arn:aws:iam::{HOME}:oidc-provider/{OIDC}", OIDC),
        ("cognito-identity.amazonaws.com", "cognito-identity.amazonaws.com"),
        (f"arn:aws:iam::{HOME}:saml-provider/okta", f"arn:aws:iam::{HOME}:saml-provider/okta"),
    ],
)
def test_a_trust_policy_admits_a_provider_of_identities(principal, named):
    request = Request(principal, "sts:AssumeRoleWithWebIdentity", TARGET_ROLE)
    assert outcome(request, Policies(resource=trust(Principal={"Federated": named}))) == ALLOWED
    assert outcome(request, Policies(resource=trust(Principal={"Federated": "accounts.google.com"}))) == implicitly(
        "resource"
    )


NOT_PRINCIPAL = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html"


@pytest.mark.parametrize(
    ("principal", "spared", "policies", "expected"),
    [
        (USER, (USER, HOME), {}, ALLOWED),
        (USER, (USER,), {}, explicitly("resource")),
        (USER, (HOME,), {}, explicitly("resource")),
        (SESSION, (SESSION, ROLE, HOME), {}, ALLOWED),
        (SESSION, (SESSION, ROLE, ROOT), {}, ALLOWED),
        (SESSION, (ROLE, HOME), {}, explicitly("resource")),
        (SESSION, (SESSION, HOME), {}, explicitly("resource")),
        (USER, (USER, HOME), {"boundary": (ALL,)}, explicitly("resource")),
        (ROOT, (HOME,), {}, ALLOWED),
        (ANONYMOUS, (HOME,), {}, explicitly("resource")),
    ],
)
def test_not_principal_spares_those_whose_session_role_and_account_are_listed(principal, spared, policies, expected):
    bucket = policy(allow(Principal="*"), deny(NotPrincipal=to(*spared)))
    assert outcome(get(principal), Policies(identity=(ALL,), resource=bucket, **policies)) == expected, NOT_PRINCIPAL


def test_a_deny_for_role_or_account_strikes_their_sessions():
    for named in (SESSION, ROLE, HOME, "*"):
        assert outcome(
            get(SESSION), Policies(identity=(ALL,), resource=policy(deny(Principal=to(named))))
        ) == explicitly("resource")
    for named in (USER, ABROAD, f"{SESSION}2", "AROAEXAMPLEEXAMPLE01"):
        assert outcome(get(SESSION), Policies(identity=(ALL,), resource=policy(deny(Principal=to(named))))) == ALLOWED


BLOCK = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html"
OPEN_AND_SHARED = policy(
    allow("s3:GetObject", Principal="*"),
    allow("s3:GetObject", Principal=to(ABROAD)),
    allow("s3:GetObject", Principal={"Service": "cloudtrail.amazonaws.com"}),
)
CLOSED = {"RestrictPublicBuckets": True}
FOREIGN = f"arn:aws:iam::{ABROAD}:user/bob"


@pytest.mark.parametrize(
    ("principal", "bucket", "block", "expected"),
    [
        (ANONYMOUS, OPEN_AND_SHARED, None, ALLOWED),
        (ANONYMOUS, OPEN_AND_SHARED, CLOSED, implicitly("resource")),
        (ANONYMOUS, OPEN_AND_SHARED, {"RestrictPublicBuckets": False, "BlockPublicPolicy": True}, ALLOWED),
        (FOREIGN, OPEN_AND_SHARED, CLOSED, implicitly("resource")),
        (FOREIGN, grant(ABROAD), CLOSED, ALLOWED),
        ("cloudtrail.amazonaws.com", OPEN_AND_SHARED, CLOSED, ALLOWED),
        (USER, OPEN_AND_SHARED, CLOSED, ALLOWED),
        (ANONYMOUS, OPEN_AND_SHARED, {"PublicAccessBlockConfiguration": CLOSED}, implicitly("resource")),
    ],
)
def test_restricting_public_buckets_shuts_out_strangers_and_other_accounts(principal, bucket, block, expected):
    request = get(principal, account=HOME)
    policies = Policies(identity=(ALL,), resource=bucket, public_access_block=block)
    assert outcome(request, policies) == expected, BLOCK
