"""Decisions: layers, accounts, organizations, and principals of every sort."""

import pytest

from hexward.iam import ANONYMOUS, Policies, Request, decide
from tests.iam.build import (
    ABROAD,
    ALL,
    ALLOWED,
    FEDERATED,
    HOME,
    KEY,
    NONE,
    NOTHING,
    OBJECT,
    READ,
    ROLE,
    ROOT,
    SESSION,
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
FEDERATION = (
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_getfederationtoken.html"
)
CROSS = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html"


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
    (FEDERATED, USER, {"session": ALL}, implicitly("identity")),
    (FEDERATED, HOME, {"session": ALL}, implicitly("identity")),
    (FEDERATED, FEDERATED, {"boundary": (), "session": ()}, ALLOWED),
    (FEDERATED, FEDERATED, {}, ALLOWED),
    (ROOT, ROOT, {}, ALLOWED),
]


@pytest.mark.parametrize(("principal", "granted", "policies", "expected"), IMPLICIT)
def test_the_principal_named_says_which_implicit_denies_count(principal, granted, policies, expected):
    assert outcome(get(principal), Policies(resource=grant(granted), **policies)) == expected, LOGIC


def test_an_explicit_deny_outweighs_a_grant_to_the_very_session():
    assert outcome(get(SESSION), Policies(resource=grant(SESSION), boundary=(NONE,))) == explicitly("boundary")


@pytest.mark.parametrize("user", [USER, f"arn:aws:iam::{HOME}:user/other"])
@pytest.mark.parametrize("federated", [FEDERATED, f"arn:aws:sts::{HOME}:federated-user/anything"])
def test_whether_a_deny_means_those_whom_a_user_federated_is_unknown(user, federated):
    """A federated user bears the name that whoever federated it chose."""
    policies = Policies(identity=(ALL,), session=ALL, resource=policy(deny(Principal=to(user))))
    assert decide(get(federated), policies).verdict == "unknown", FEDERATION
    spared = policy(deny(NotPrincipal=to(user, HOME, federated)))
    assert decide(get(federated), Policies(identity=(ALL,), session=ALL, resource=spared)).verdict == "unknown"
    abroad = policy(deny(Principal=to(f"arn:aws:iam::{ABROAD}:user/alice")))
    assert outcome(get(federated), Policies(identity=(ALL,), session=ALL, resource=abroad)) == ALLOWED


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
    request = get(SESSION, account=ABROAD)
    assert outcome(request, Policies(identity=identity, resource=resource)) == expected, CROSS


def test_between_accounts_boundary_and_session_limit_a_grant_to_the_session():
    request = get(SESSION, account=ABROAD)
    assert outcome(request, Policies(identity=(READ,), resource=grant(SESSION), boundary=())) == implicitly("boundary")
    assert outcome(request, Policies(identity=(READ,), resource=grant(SESSION), session=())) == implicitly("session")


def test_a_decision_between_accounts_cites_both_sides():
    decision = decide(get(SESSION, account=ABROAD), Policies(identity=(NOTHING, READ), resource=grant(HOME)))
    assert [str(cited) for cited in decision.because] == ["resource.Statement[0]", "identity[1].Statement[0] (Read)"]


def test_the_account_in_the_arn_owns_the_resource():
    queue = f"arn:aws:sqs:us-east-1:{ABROAD}:jobs"
    request = Request(ROLE, "sqs:SendMessage", queue)
    assert outcome(request, Policies(identity=(ALL,))) == implicitly("resource")
    assert outcome(request, Policies(identity=(ALL,), resource=grant(HOME, action="sqs:*"))) == ALLOWED


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
    assert outcome(get(ROOT, account=ABROAD), Policies()) == implicitly("resource")
    assert outcome(get(ROOT, account=ABROAD), Policies(resource=grant(HOME))) == ALLOWED


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


@pytest.mark.parametrize("principal", [USER, ROOT, ROLE, SESSION, FEDERATED])
def test_a_session_token_is_for_users_alone_whatever_policies_say(principal):
    """AWS: "No permissions are required", and "You cannot use policies to control authentication operations"."""
    request = Request(principal, "sts:GetSessionToken", "*")
    expected = ALLOWED if principal in {USER, ROOT} else implicitly("identity")
    assert outcome(request, Policies()) == expected
    assert outcome(request, Policies(identity=(ALL, NONE), session=ALL, scps=((NONE,),))) == expected


def test_services_and_strangers_live_by_the_resource_policy_alone():
    cloudtrail = policy(allow("s3:PutObject", Principal={"Service": "cloudtrail.amazonaws.com"}))
    request = Request("cloudtrail.amazonaws.com", "s3:PutObject", OBJECT)
    assert outcome(request, Policies(resource=cloudtrail)) == ALLOWED
    assert outcome(request, Policies(identity=(ALL,))) == implicitly("resource")
    assert outcome(get(ANONYMOUS), Policies(resource=grant("*"))) == ALLOWED
    assert outcome(get(ANONYMOUS), Policies(resource=policy(allow("s3:*", Principal="*")))) == ALLOWED
    assert outcome(get(ANONYMOUS), Policies(resource=grant(HOME), identity=(ALL,))) == implicitly("resource")
