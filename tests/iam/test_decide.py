"""Decisions, one table for each page of AWS's documentation."""

import pytest

from hexward.iam import ANONYMOUS, Policies, PolicyError, Request, RequestError, Verdict, decide
from tests.iam.build import (
    ABROAD,
    ALLOWED,
    FEDERATED,
    HOME,
    KEY,
    OBJECT,
    ROLE,
    ROOT,
    SESSION,
    TARGET_ROLE,
    USER,
    allow,
    deny,
    explicitly,
    implicitly,
    outcome,
    policy,
    to,
)

GUIDE = "https://docs.aws.amazon.com/IAM/latest/UserGuide"
LOGIC = f"{GUIDE}/reference_policies_evaluation-logic_policy-eval-denyallow.html"
CROSS = f"{GUIDE}/reference_policies_evaluation-logic-cross-account.html"
NOTHING = policy(allow("iam:ListUsers"))
READ = policy(allow("s3:GetObject", "arn:aws:s3:::weights/*", Sid="Read"))
ALL = policy(allow())
NONE = policy(deny())


def grant(*principals, action="s3:GetObject", **more):
    return policy(allow(action, more.pop("resource", "*"), Principal=to(*principals), **more))


def get(principal, **more):
    return Request(principal, "s3:GetObject", OBJECT, **more)


@pytest.mark.parametrize("principal", [USER, ROLE, SESSION])
def test_what_nothing_allows_is_implicitly_denied(principal):
    assert outcome(get(principal), Policies()) == implicitly("identity")
    assert outcome(get(principal), Policies(identity=(NOTHING,))) == implicitly("identity")
    assert outcome(get(principal), Policies(identity=(NOTHING, READ))) == ALLOWED


@pytest.mark.parametrize(
    ("layer", "policies"),
    [
        ("scp", {"scps": ((ALL,), (ALL, NONE))}),
        ("rcp", {"rcps": ((ALL,), (policy(deny(Principal="*")),))}),
        ("boundary", {"boundary": (ALL, NONE)}),
        ("session", {"session": NONE}),
        ("endpoint", {"endpoint": (policy(allow(Principal="*"), deny(Principal="*")),)}),
        ("resource", {"resource": policy(deny(Principal="*"))}),
        ("identity", {"identity": (READ, NONE)}),
    ],
)
def test_a_deny_in_any_policy_outweighs_every_allow(layer, policies):
    decision = decide(get(SESSION), Policies(**{"identity": (READ,)} | policies))
    assert (str(decision.verdict), str(decision.blocked_by)) == explicitly(layer), LOGIC
    assert [cited.effect for cited in decision.because] == ["Deny"]


@pytest.mark.parametrize(
    ("layer", "policies"),
    [
        ("scp", {"scps": ((ALL,), (NOTHING,), (ALL,))}),
        ("scp", {"scps": ((),)}),
        ("rcp", {"rcps": ((policy(allow("kms:*", Principal="*")),),)}),
        ("boundary", {"boundary": (NOTHING,)}),
        ("boundary", {"boundary": ()}),
        ("session", {"session": NOTHING}),
        ("session", {"session": ()}),
        ("endpoint", {"endpoint": ()}),
        ("endpoint", {"endpoint": (policy(allow("kms:*", Principal="*")),)}),
    ],
)
def test_every_layer_that_applies_must_allow(layer, policies):
    assert outcome(get(SESSION), Policies(identity=(READ,), **policies)) == implicitly(layer), LOGIC


def test_policies_of_one_layer_count_as_one():
    policies = Policies(
        identity=(NOTHING, READ),
        boundary=(NOTHING, ALL),
        session=(READ, NOTHING),
        scps=((NOTHING, READ), (ALL,)),
        rcps=((ALL,),),
        endpoint=(NOTHING, ALL),
    )
    assert outcome(get(SESSION), policies) == ALLOWED


# The table "Resource-based policies and implicit denies in other policy types (same account)" of LOGIC.
IMPLICIT = [
    (SESSION, ROLE, {"boundary": ()}, implicitly("boundary")),
    (SESSION, ROLE, {"session": ()}, implicitly("session")),
    (SESSION, ROLE, {}, ALLOWED),
    (SESSION, SESSION, {"boundary": (), "session": ()}, ALLOWED),
    (SESSION, f"arn:aws:sts::{HOME}:assumed-role/train/other", {}, implicitly("identity")),
    (SESSION, HOME, {}, implicitly("identity")),
    (SESSION, ROOT, {}, implicitly("identity")),
    (SESSION, "*", {"boundary": (), "session": ()}, ALLOWED),
    (ROLE, ROLE, {}, ALLOWED),
    (ROLE, ROLE, {"boundary": ()}, implicitly("boundary")),
    (ROLE, SESSION, {}, implicitly("identity")),
    (USER, USER, {"boundary": ()}, ALLOWED),
    (USER, HOME, {}, implicitly("identity")),
    (FEDERATED, USER, {"boundary": (), "session": ()}, implicitly("boundary")),
    (FEDERATED, USER, {"session": ()}, implicitly("session")),
    (FEDERATED, USER, {"session": ALL}, ALLOWED),
    (FEDERATED, FEDERATED, {"boundary": (), "session": ()}, ALLOWED),
    (FEDERATED, FEDERATED, {}, ALLOWED),
    (ROOT, ROOT, {}, ALLOWED),
]


@pytest.mark.parametrize(("principal", "granted", "policies", "expected"), IMPLICIT)
def test_the_principal_named_says_which_implicit_denies_count(principal, granted, policies, expected):
    assert outcome(get(principal), Policies(resource=grant(granted), **policies)) == expected, LOGIC


def test_an_explicit_deny_outweighs_a_grant_to_the_very_session():
    assert outcome(get(SESSION), Policies(resource=grant(SESSION), boundary=(NONE,))) == explicitly("boundary")


def test_a_federated_user_without_a_session_policy_holds_nothing_of_its_own():
    assert outcome(get(FEDERATED), Policies(identity=(ALL,))) == implicitly("session")
    assert outcome(get(FEDERATED), Policies(identity=(ALL,), session=READ)) == ALLOWED


def test_a_role_with_a_path_is_the_one_its_session_shows_without():
    pathed = f"arn:aws:iam::{HOME}:role/ml/train"
    assert outcome(get(SESSION), Policies(resource=grant(pathed))) == ALLOWED
    assert outcome(get(pathed), Policies(resource=grant(ROLE))) == ALLOWED


@pytest.mark.parametrize(
    ("identity", "resource", "expected"),
    [
        ((READ,), grant(HOME), ALLOWED),
        ((READ,), grant(ROLE), ALLOWED),
        ((READ,), grant(SESSION), ALLOWED),
        ((READ,), grant("*"), ALLOWED),
        ((READ,), None, implicitly("resource")),
        ((READ,), grant(ABROAD), implicitly("resource")),
        ((), grant(HOME), implicitly("identity")),
        ((), grant(SESSION), implicitly("identity")),
        ((), grant("*"), implicitly("identity")),
    ],
)
def test_between_accounts_both_sides_must_allow(identity, resource, expected):
    request = get(SESSION, resource_account=ABROAD)
    assert outcome(request, Policies(identity=identity, resource=resource)) == expected, CROSS


def test_between_accounts_boundary_and_session_limit_a_grant_to_the_session():
    request = get(SESSION, resource_account=ABROAD)
    assert outcome(request, Policies(identity=(READ,), resource=grant(SESSION), boundary=())) == implicitly("boundary")
    assert outcome(request, Policies(identity=(READ,), resource=grant(SESSION), session=())) == implicitly("session")


def test_a_decision_between_accounts_cites_both_sides():
    decision = decide(get(SESSION, resource_account=ABROAD), Policies(identity=(NOTHING, READ), resource=grant(HOME)))
    assert [str(cited) for cited in decision.because] == ["resource.Statement[0]", "identity[1].Statement[0] (Read)"]


def test_the_account_in_the_arn_owns_the_resource():
    queue = f"arn:aws:sqs:us-east-1:{ABROAD}:jobs"
    request = Request(ROLE, "sqs:SendMessage", queue)
    assert outcome(request, Policies(identity=(ALL,))) == implicitly("resource")
    assert outcome(request, Policies(identity=(ALL,), resource=grant(HOME, action="sqs:*"))) == ALLOWED


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


SCPS = "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html"
LINKED = f"arn:aws:iam::{HOME}:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX"


@pytest.mark.parametrize(
    ("principal", "context", "expected"),
    [
        (ROOT, {}, implicitly("scp")),
        (USER, {}, implicitly("scp")),
        (LINKED, {}, ALLOWED),
        (f"arn:aws:sts::{HOME}:assumed-role/AWSServiceRoleForX/s", {"aws:PrincipalArn": LINKED}, ALLOWED),
        ("lambda.amazonaws.com", {}, ALLOWED),
        (ANONYMOUS, {}, ALLOWED),
    ],
)
def test_scps_reach_users_roles_and_root_but_neither_services_nor_their_roles(principal, context, expected):
    policies = Policies(identity=(ALL,), resource=grant("*"), scps=((NOTHING,),))
    assert outcome(get(principal, context=context), policies) == expected, SCPS


RCPS = "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html"


@pytest.mark.parametrize(
    ("principal", "action", "resource", "expected"),
    [
        (USER, "s3:GetObject", OBJECT, explicitly("rcp")),
        ("lambda.amazonaws.com", "s3:GetObject", OBJECT, explicitly("rcp")),
        (LINKED, "s3:GetObject", OBJECT, ALLOWED),
        (USER, "sagemaker:DescribeModel", f"arn:aws:sagemaker:us-east-1:{HOME}:model/m", ALLOWED),
        (USER, "kms:RetireGrant", KEY, ALLOWED),
        (USER, "kms:Decrypt", KEY, explicitly("rcp")),
    ],
)
def test_rcps_reach_everyone_but_service_linked_roles_in_the_services_listed(principal, action, resource, expected):
    policies = Policies(identity=(ALL,), resource=grant("*", action="*"), rcps=((policy(deny(Principal="*")),),))
    assert outcome(Request(principal, action, resource), policies) == expected, RCPS


def test_the_root_user_needs_no_policy_but_bows_to_denies():
    assert outcome(get(ROOT), Policies()) == ALLOWED
    assert outcome(get(ROOT), Policies(resource=policy(deny(Principal="*")))) == explicitly("resource")
    assert outcome(get(ROOT, resource_account=ABROAD), Policies()) == implicitly("resource")
    assert outcome(get(ROOT, resource_account=ABROAD), Policies(resource=grant(HOME))) == ALLOWED


@pytest.mark.parametrize("action", ["s3:GetBucketPolicy", "s3:PutBucketPolicy", "s3:DeleteBucketPolicy"])
def test_a_bucket_policy_cannot_lock_out_the_root_user_of_its_account(action):
    request = Request(ROOT, action, "arn:aws:s3:::weights")
    locked = policy(deny(Principal="*"))
    assert outcome(request, Policies(resource=locked)) == ALLOWED
    assert outcome(request, Policies(resource=locked, scps=((NONE,),))) == explicitly("scp")
    assert outcome(
        Request(USER, action, "arn:aws:s3:::weights"), Policies(identity=(ALL,), resource=locked)
    ) == explicitly("resource")


def test_asking_who_one_is_needs_no_permission_and_cannot_be_denied():
    request = Request(USER, "sts:GetCallerIdentity", "*")
    assert outcome(request, Policies(identity=(NONE,), scps=((NONE,),))) == ALLOWED
    assert outcome(Request(ANONYMOUS, "sts:GetCallerIdentity", "*"), Policies()) == implicitly("resource")


def test_services_and_strangers_live_by_the_resource_policy_alone():
    cloudtrail = policy(allow("s3:PutObject", Principal={"Service": "cloudtrail.amazonaws.com"}))
    request = Request("cloudtrail.amazonaws.com", "s3:PutObject", OBJECT)
    assert outcome(request, Policies(resource=cloudtrail)) == ALLOWED
    assert outcome(request, Policies(identity=(ALL,))) == implicitly("resource")
    assert outcome(get(ANONYMOUS), Policies(resource=grant("*"))) == ALLOWED
    assert outcome(get(ANONYMOUS), Policies(resource=policy(allow("s3:*", Principal="*")))) == ALLOWED
    assert outcome(get(ANONYMOUS), Policies(resource=grant(HOME), identity=(ALL,))) == implicitly("resource")


NOT_PRINCIPAL = f"{GUIDE}/reference_policies_elements_notprincipal.html"


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
    request = get(principal, resource_account=HOME)
    policies = Policies(identity=(ALL,), resource=bucket, public_access_block=block)
    assert outcome(request, policies) == expected, BLOCK


@pytest.mark.parametrize(
    ("pattern", "matches"),
    [
        ("arn:aws:s3:::weights/*", True),
        ("arn:aws:s3:::*", True),
        ("arn:aws:s3", True),
        ("arn:aws:*", True),
        ("arn:*:s3:*:*:w*", True),
        ("arn:aws:s3:::weight?/model.tar.gz", True),
        ("arn:aws:s3:::Weights/*", False),
        ("arn:aws:s3:::weights", False),
        ("arn:aws:s3:*/model.tar.gz", False),
        ("arn:aws:s3:*:*weights/*", False),
        ("arn:aws:*:weights/*", False),
    ],
)
def test_wildcards_in_a_resource_stay_within_its_fields(pattern, matches):
    expected = ALLOWED if matches else implicitly("identity")
    assert outcome(get(USER), Policies(identity=(policy(allow("s3:*", pattern)),))) == expected
    other = policy(allow("s3:*", resource=None, NotResource=pattern))
    assert outcome(get(USER), Policies(identity=(other,))) == (implicitly("identity") if matches else ALLOWED)


@pytest.mark.parametrize(
    ("pattern", "matches"),
    [
        ("s3:GetObject", True),
        ("S3:GETOBJECT", True),
        ("s3:Get*", True),
        ("s3:*Object", True),
        ("s3:?etObject", True),
        ("*:GetObject", True),
        ("*", True),
        ("s3:Get", False),
        ("s3:GetObjectVersion", False),
        ("kms:*", False),
    ],
)
def test_actions_match_in_any_case(pattern, matches):
    expected = ALLOWED if matches else implicitly("identity")
    assert outcome(get(USER), Policies(identity=(policy(allow(pattern)),))) == expected
    other = policy(allow(action=None, NotAction=pattern))
    assert outcome(get(USER), Policies(identity=(other,))) == (implicitly("identity") if matches else ALLOWED)


def test_an_action_that_no_list_knows_still_matches_wildcards():
    request = Request(USER, "bedrock-agentcore:InventedTomorrow", "*")
    assert outcome(request, Policies(identity=(policy(allow("bedrock-agentcore:*")),))) == ALLOWED


HOME_FOLDER = "arn:aws:s3:::weights/${aws:username}/*"


@pytest.mark.parametrize(
    ("version", "key", "expected"),
    [
        ("2012-10-17", "weights/alice/a", ALLOWED),
        ("2012-10-17", "weights/bob/a", implicitly("identity")),
        ("2008-10-17", "weights/alice/a", implicitly("identity")),
        (None, "weights/alice/a", implicitly("identity")),
        (None, "weights/${aws:username}/a", ALLOWED),
    ],
)
def test_variables_are_plain_text_in_old_versions(version, key, expected):
    request = Request(USER, "s3:GetObject", f"arn:aws:s3:::{key}")
    assert outcome(request, Policies(identity=(policy(allow("s3:*", HOME_FOLDER), version=version),))) == expected


def test_a_variable_without_a_value_does_not_match():
    assert outcome(get(SESSION), Policies(identity=(policy(allow("s3:*", HOME_FOLDER)),))) == implicitly("identity")


def if_(operator, key, value):
    return {"Condition": {operator: {key: value}}}


UNSETTLED = [
    (allow(**if_("StringEquals", "aws:TagKeys", "a")), "aws:TagKeys"),
    (allow(**if_("StringNotEquals", "s3:x", "${aws:missing}")), "aws:missing"),
    (allow(**if_("ArnNotLike", "aws:PrincipalArn", "role/admin")), "role/admin"),
    (allow(**if_("StringLike", "aws:userid", "AIDAX*")), "aws:userid"),
    (allow(**if_("ForAnyValue:Null", "aws:TagKeys", "true")), "Null"),
    (allow("s3:*", ["arn:aws:s3:::weights/*", "arn:aws:s3:::${aws:missing}/*"]), "aws:missing"),
]


@pytest.mark.parametrize(("statement", "named"), UNSETTLED)
def test_what_is_not_supported_is_named_and_never_guessed(statement, named):
    request = get(USER, context={"aws:TagKeys": ["a", "b"], "s3:x": "y"})
    decision = decide(request, Policies(identity=(policy(statement),)))
    assert decision.verdict is Verdict.UNKNOWN
    assert named in decision.construct
    denied = decide(request, Policies(identity=(ALL, policy(statement | {"Effect": "Deny"}))))
    assert denied.verdict is Verdict.UNKNOWN
    assert outcome(request, Policies(identity=(policy(statement), NONE))) == explicitly("identity")
    assert outcome(request, Policies(identity=(policy(statement), ALL))) == ALLOWED
    assert outcome(request, Policies(identity=(policy(statement),), scps=((NOTHING,),))) == implicitly("scp")


def test_principals_that_cannot_be_told_apart_leave_the_verdict_unknown():
    for element in ({"NotPrincipal": to(ABROAD)}, {"Principal": {"CanonicalUser": "79a59df900b949e55d96a1e698f"}}):
        decision = decide(get(USER), Policies(resource=policy(allow(**element))))
        assert decision.verdict is Verdict.UNKNOWN
        assert decision.construct


ENDPOINTS = "https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html"


def test_an_account_in_the_policy_of_a_gateway_endpoint_is_unknown():
    policies = Policies(identity=(ALL,), endpoint=(policy(allow(Principal=to(HOME))),))
    assert decide(get(USER), policies).verdict is Verdict.UNKNOWN, ENDPOINTS
    assert outcome(Request(USER, "sqs:SendMessage", f"arn:aws:sqs:us-east-1:{HOME}:q"), policies) == ALLOWED


FILLED = [
    (USER, "aws:username", "alice"),
    (USER, "aws:PrincipalArn", USER),
    (USER, "aws:PrincipalType", "User"),
    (SESSION, "aws:PrincipalArn", ROLE),
    (SESSION, "aws:PrincipalType", "AssumedRole"),
    (SESSION, "aws:PrincipalAccount", HOME),
    (FEDERATED, "aws:userid", f"{HOME}:alice"),
    (FEDERATED, "aws:PrincipalType", "FederatedUser"),
    (ANONYMOUS, "aws:PrincipalType", "Anonymous"),
    (USER, "aws:ResourceAccount", ABROAD),
]


@pytest.mark.parametrize(("principal", "key", "value"), FILLED)
def test_keys_that_follow_from_principal_and_resource_are_filled_in(principal, key, value):
    request = get(principal, resource_account=ABROAD)
    unless = policy(allow(Principal="*"), deny(Principal="*", **if_("StringNotEquals", key, value)))
    policies = Policies(identity=(ALL,), session=ALL, resource=unless)
    assert outcome(request, policies) == ALLOWED
    overridden = get(principal, resource_account=ABROAD, context={key.upper(): "other"})
    assert outcome(overridden, policies) == explicitly("resource")


def test_keys_that_do_not_follow_stay_absent():
    absent = policy(
        allow(), deny(**if_("Null", "aws:username", "false")), deny(**if_("Null", "aws:PrincipalOrgID", "false"))
    )
    assert outcome(get(SESSION), Policies(identity=(absent,))) == ALLOWED


@pytest.mark.parametrize(
    ("action", "resource", "statements", "expected"),
    [
        ("s3:GetObject", "*", [allow("s3:*", "arn:aws:s3:::weights/*")], ALLOWED),
        ("s3:GetObject", "arn:aws:s3:::w*", [allow("s3:*", "arn:aws:s3:::*s/a")], ALLOWED),
        ("s3:GetObject", "arn:aws:s3:::w*", [allow("s3:*", "arn:aws:s3:::x*")], implicitly("identity")),
        ("s3:GetObject", "*", [allow(), deny("s3:*", "arn:aws:s3:::weights/*")], ALLOWED),
        (
            "s3:GetObject",
            "arn:aws:s3:::weights/a*",
            [allow(), deny("s3:*", "arn:aws:s3:::weights/*")],
            explicitly("identity"),
        ),
        ("s3:GetObject", "*", [allow(), deny("s3:*", "arn:aws:s3:::*")], ALLOWED),
        ("s3:GetObject", "*", [allow(), deny("s3:*")], explicitly("identity")),
        ("s3:GetObject", "*", [allow(resource=None, NotResource="arn:aws:s3:::secret/*")], ALLOWED),
        (
            "s3:GetObject",
            "arn:aws:s3:::secret/a*",
            [allow(resource=None, NotResource="arn:aws:s3:::secret/*")],
            implicitly("identity"),
        ),
        (
            "s3:GetObject",
            "arn:aws:s3:::w*",
            [allow(), deny(resource=None, NotResource="arn:aws:s3:::x*")],
            explicitly("identity"),
        ),
        ("s3:GetObject", "*", [allow(), deny(resource=None, NotResource="arn:aws:s3:::x*")], ALLOWED),
        ("s3:ListAllMyBuckets", "*", [allow("s3:*", "arn:aws:s3:::*")], implicitly("identity")),
        ("s3:ListAllMyBuckets", "*", [allow("s3:*")], ALLOWED),
        ("s3:ListAllMyBuckets", "*", [allow(), deny("s3:*", "arn:aws:s3:::*")], ALLOWED),
        ("s3:ListAllMyBuckets", "*", [allow("s3:*", resource=None, NotResource="arn:aws:s3:::x")], ALLOWED),
        (
            "s3:GetObject",
            "arn:aws:s3:::a/*",
            [allow(), deny("s3:*", ["arn:aws:s3:::a", "arn:aws:s3:::a/*"])],
            explicitly("identity"),
        ),
    ],
)
def test_a_pattern_asks_whether_some_resource_could_be_reached(action, resource, statements, expected):
    assert outcome(Request(USER, action, resource), Policies(identity=(policy(*statements),))) == expected


def test_a_deny_that_only_together_with_another_covers_a_pattern_is_seen_within_one_statement():
    both = [f"arn:aws:s3:::a/{mark}" for mark in ("", "?*")]
    request = Request(USER, "s3:GetObject", "arn:aws:s3:::a/*")
    assert outcome(request, Policies(identity=(policy(allow(), deny("s3:*", both)),))) == explicitly("identity")


@pytest.mark.parametrize(
    ("principal", "action"),
    [
        ("nobody", "s3:GetObject"),
        ("arn:aws:s3:::b", "s3:GetObject"),
        (f"{ROLE}*", "s3:GetObject"),
        (USER, "GetObject"),
        (USER, "s3:"),
    ],
)
def test_a_request_that_nobody_can_make_is_an_error(principal, action):
    with pytest.raises(RequestError):
        decide(Request(principal, action, OBJECT), Policies(identity=(ALL,)))


def test_a_context_value_of_no_known_type_is_an_error():
    with pytest.raises(RequestError, match="aws:x"):
        decide(get(USER, context={"aws:x": {"a": 1}}), Policies())


def test_a_malformed_policy_is_an_error_even_where_it_would_not_matter():
    with pytest.raises(PolicyError, match=r"Statement\[0\]"):
        decide(get(USER), Policies(identity=(ALL,), boundary=(policy({"Effect": "Allow"}),)))
