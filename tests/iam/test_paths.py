"""What makes a step hold, and what the search makes of steps: shortest routes, cuts, and what is not known."""

import itertools
import json
from collections.abc import Mapping

import pytest

from hexward.iam.doubt import Doubt
from hexward.iam.paths.account import AccountView
from hexward.iam.paths.catalogue import path_of
from hexward.iam.paths.cuts import Cuts, words
from hexward.iam.paths.graph import Graph, build
from hexward.iam.paths.jewels import Goal, Sort
from hexward.iam.paths.people import ADMINISTRATION, RAISED
from hexward.iam.paths.search import ADMINISTRATORS, Search, goals_named, kinds, search
from hexward.iam.principals import Principal
from hexward.inventory import (
    GLOBAL,
    AccountPublicAccess,
    Alias,
    Function,
    Group,
    ManagedPolicy,
    Organization,
    PublicEntry,
    Record,
    Ref,
    Role,
    Stage,
    TrainingJob,
    User,
    Workload,
)
from hexward.inventory.front_door import EntryKind
from hexward.inventory.iam import Login
from hexward.inventory.kms import GrantConstraints, GrantListEntry
from hexward.inventory.s3 import DefaultEncryption, EncryptionRule, PublicAccessBlock
from hexward.model import Gap, Reason
from hexward.report.paths import conditional
from tests.build import ACCOUNT, NOW, Given, inventory, seen
from tests.iam.walking import (
    BUCKET,
    EVERYTHING,
    EXISTING,
    IAM,
    LIMIT,
    NOTEBOOK,
    TARGET_ROLE,
    TARGET_USER,
    TEAM,
    a_role,
    a_user,
    allow,
    attached,
    bucket,
    document,
    here,
    login,
    trust,
)  # fmt: skip

WALKER = f"{IAM}user/walker"
READS = allow("s3:GetObject")
ADMIN = a_role(TARGET_ROLE, EVERYTHING, trusted=trust("sagemaker.amazonaws.com"))
WEIGHTS = Goal(Sort.BUCKET, BUCKET, "weights")
JOB = here("sagemaker", "training-job/nightly")
TRAINING = seen(
    Workload, JOB, name="nightly", stage=Stage.TRAIN, roles=(Ref(f"{IAM}role/train", "test"),),
    inputs=(Ref("weights", "test"),), outputs=(),
)  # fmt: skip
DENIED = Gap(Reason.DENIED, "no", "iam:GetAccountAuthorizationDetails")


def walker(*statements: dict[str, object], **more: object) -> User:
    return a_user(WALKER, document(*statements), **more)  # type: ignore[arg-type]


def graph(*records: Record, goals: tuple[Goal, ...] = ()) -> Graph:
    return build(AccountView(inventory(*records)), goals)


def ids(found: Graph, target: tuple[str, str], source: str = WALKER) -> set[str]:
    """Return the paths that surely lead from the walker to a target."""
    ways = found.edges.get((source, ""), {}).get(target, ())
    return {name for way in ways if not way.doubt for name in way.paths}


def trusting(service: str, **condition: object) -> Role:
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": service},
        "Action": "sts:AssumeRole",
        "Condition": condition,
    }
    return a_role(TARGET_ROLE, EVERYTHING, trusted=json.dumps({"Statement": statement}))


START = allow(["iam:PassRole", "sagemaker:CreateTrainingJob"])


@pytest.mark.parametrize(
    ("condition", "open_"),
    [
        ({"StringEquals": {"aws:SourceAccount": ACCOUNT}}, True),
        ({"StringEquals": {"aws:SourceAccount": "999988887777"}}, False),
        ({"ArnLike": {"aws:SourceArn": f"arn:aws:sagemaker:*:{ACCOUNT}:training-job/*"}}, True),
        ({"ArnLike": {"aws:SourceArn": "arn:aws:sagemaker:*:999988887777:*"}}, False),
    ],
)
def test_a_trust_policy_binds_a_service_to_the_account_it_works_for(condition, open_):
    found = graph(walker(START), trusting("sagemaker.amazonaws.com", **condition))
    assert ("sagemaker-002" in ids(found, (TARGET_ROLE, ""))) is open_


@pytest.mark.parametrize(
    ("resource", "open_"),
    [(TARGET_ROLE, True), (f"{IAM}role/*", True), (f"{IAM}role/other", False), (f"{IAM}role/service/*", False)],
)
def test_only_roles_that_may_be_passed_are_reached(resource, open_):
    found = graph(walker(allow("iam:PassRole", resource), allow("sagemaker:CreateTrainingJob")), ADMIN)
    assert bool(ids(found, (TARGET_ROLE, ""))) is open_


FUNCTION = "arn:aws:lambda:us-east-1:111122223333:function:"


@pytest.mark.parametrize(
    ("made", "called", "certain", "any_"),
    [
        ("*", "*", True, True),
        (f"{FUNCTION}dev-*", f"{FUNCTION}dev-*", True, True),
        (f"{FUNCTION}dev-*", f"{FUNCTION}*", True, True),
        (f"{FUNCTION}dev-*", f"{FUNCTION}prod-*", False, True),
        (f"{FUNCTION}dev-*", "arn:aws:lambda:us-east-1:999988887777:function:*", False, False),
    ],
)
def test_what_is_made_and_what_is_called_must_be_one_thing(made, called, certain, any_):
    statements = allow("iam:PassRole"), allow("lambda:CreateFunction", made), allow("lambda:InvokeFunction", called)
    found = graph(walker(*statements), a_role(TARGET_ROLE, EVERYTHING, trusted=trust("lambda.amazonaws.com")))
    ways = found.edges.get((WALKER, ""), {}).get((TARGET_ROLE, ""), ())
    assert ([way.doubt == "" for way in ways] == [certain]) if any_ else ways == ()


def test_something_that_exists_is_reached_by_its_own_name_and_tags():
    on_lab = allow("sagemaker:CreatePresignedNotebookInstanceUrl", NOTEBOOK.arn)
    tagged = {"StringEquals": {"aws:ResourceTag/team": "ml"}}
    for statement, open_ in (
        (on_lab, True),
        (on_lab | {"Resource": f"{NOTEBOOK.arn}-2"}, False),
        (on_lab | {"Condition": tagged}, False),
    ):
        assert bool(ids(graph(walker(statement), ADMIN, NOTEBOOK), (TARGET_ROLE, ""))) is open_


TAGGED = {"Condition": {"StringEquals": {"aws:ResourceTag/team": "ml"}}}


@pytest.mark.parametrize("order", list(itertools.permutations((None, "{}", "ml", "doubt"))))
def test_an_answer_hangs_on_the_tags_that_it_is_asked_with_and_not_on_the_order_of_questions(order):
    asked = {"{}": {}, "ml": {"team": "ml"}, "doubt": Doubt("unread"), None: None}
    who = graph(walker(allow("sagemaker:StartNotebookInstance", **TAGGED))).nodes[WALKER, ""]
    told = {one: who.may("sagemaker:StartNotebookInstance", NOTEBOOK.arn, tags=asked[one]) for one in order}
    assert told == {None: True, "{}": False, "ml": True, "doubt": Doubt("unread")}


def test_a_policy_is_needed_where_another_gives_the_right_on_other_tags_alone():
    opens = "sagemaker:CreatePresignedNotebookInstanceUrl"
    known = NOTEBOOK.known() | {"tags": {"team": "web"}}
    lab = NOTEBOOK.partial({}, arn=NOTEBOOK.arn, account=ACCOUNT, region=NOTEBOOK.region, **known)
    two = a_user(WALKER, document(allow(opens)), document(allow(opens, **TAGGED)))
    cuts = Cuts(search(inventory(two, lab, ADMIN), ADMINISTRATORS, "walker"))
    assert cuts.kills((WALKER, ""), (TARGET_ROLE, "")) == {0}
    [route] = cuts.found.routes
    assert not conditional(cuts.found, route.hops[0])


def test_a_notebook_that_stands_still_must_be_started_first():
    known = NOTEBOOK.known() | {"status": "Stopped"}
    still = NOTEBOOK.partial({}, arn=NOTEBOOK.arn, account=ACCOUNT, region=NOTEBOOK.region, **known)
    opens = "sagemaker:CreatePresignedNotebookInstanceUrl"
    assert not ids(graph(walker(allow(opens)), ADMIN, still), (TARGET_ROLE, ""))
    assert ids(graph(walker(allow([opens, "sagemaker:StartNotebookInstance"])), ADMIN, still), (TARGET_ROLE, ""))


@pytest.mark.parametrize(
    ("trusted", "own", "open_"),
    [
        (trust(AWS=f"{IAM}root"), "sts:AssumeRole", True),
        (trust(AWS=f"{IAM}root"), "iam:ListUsers", False),
        (trust(AWS=WALKER), "iam:ListUsers", True),
        (trust(AWS=f"{IAM}user/other"), "sts:AssumeRole", False),
        (trust(AWS="999988887777"), "sts:AssumeRole", False),
    ],
)
def test_a_role_is_taken_where_its_trust_and_the_callers_policies_say_so(trusted, own, open_):
    found = graph(walker(allow(own)), a_role(TARGET_ROLE, EVERYTHING, trusted=trusted))
    assert ("sts-001" in ids(found, (TARGET_ROLE, ""))) is open_


@pytest.mark.parametrize(("tag_session", "open_"), [(True, True), (False, False)])
def test_whoever_takes_a_role_chooses_its_session_tags_where_its_trust_lets_them(tag_session, open_):
    lets = trust(AWS=f"{IAM}root")
    lets = lets.replace('"sts:AssumeRole"', '["sts:AssumeRole", "sts:TagSession"]') if tag_session else lets
    tagged = START | {"Condition": {"StringEquals": {"aws:PrincipalTag/team": "ml"}}}
    found = graph(a_role(f"{IAM}role/walker", document(tagged), trusted=lets), ADMIN)
    assert bool(ids(found, (TARGET_ROLE, ""), f"{IAM}role/walker")) is open_


@pytest.mark.parametrize(("mfa", "open_"), [(True, True), (False, False)])
def test_a_user_without_a_second_factor_does_not_meet_a_condition_on_one(mfa, open_):
    guarded = trust(AWS=f"{IAM}root").replace(
        '"Effect"', '"Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}, "Effect"'
    )
    row = Login(True, mfa, True, None, None, False, None, None)  # noqa: FBT003
    target = a_role(TARGET_ROLE, EVERYTHING, trusted=guarded)
    assert bool(ids(graph(walker(allow("sts:AssumeRole"), login=row), target), (TARGET_ROLE, ""))) is open_
    enrols = walker(allow(["sts:AssumeRole", "iam:EnableMFADevice"]), login=row)
    assert ids(graph(enrols, target), (TARGET_ROLE, ""))


@pytest.mark.parametrize(
    ("action", "row", "open_"),
    [
        ("iam:CreateLoginProfile", login(password=False), True),
        ("iam:CreateLoginProfile", login(), False),
        ("iam:UpdateLoginProfile", login(), True),
        ("iam:UpdateLoginProfile", login(password=False), False),
        ("iam:CreateAccessKey", login(), True),
        ("iam:CreateAccessKey", Login(True, False, True, None, None, True, None, None), False),  # noqa: FBT003
    ],
)
def test_a_users_password_and_keys_decide_which_credentials_can_be_made(action, row, open_):
    assert bool(ids(graph(walker(allow(action)), a_user(TARGET_USER, login=row)), (TARGET_USER, ""))) is open_


def test_machines_get_a_role_through_an_instance_profile_alone():
    role = a_role(TARGET_ROLE, EVERYTHING, trusted=trust("ec2.amazonaws.com"))
    bare = Role.partial({}, arn=role.arn, account=ACCOUNT, region=GLOBAL, **role.known() | {"instance_profiles": ()})
    launches = walker(allow(["iam:PassRole", "ec2:RunInstances", "ssm:SendCommand"]))
    assert ids(graph(launches, role), (TARGET_ROLE, "")) == {"ec2-001"}
    assert (TARGET_ROLE, "") not in graph(launches, bare).edges.get((WALKER, ""), {})


def test_a_user_whose_credentials_were_not_read_is_in_doubt():
    unread = a_user(TARGET_USER).punched("login", DENIED)
    found = graph(walker(allow("iam:CreateLoginProfile")), unread)
    [way] = found.edges[WALKER, ""][TARGET_USER, ""]
    assert "User.login" in way.doubt


def test_whoever_writes_its_own_policies_is_an_administrator_but_for_its_boundary():
    everything = seen(ManagedPolicy, LIMIT, region=GLOBAL, document=document(allow("iam:*")))
    free = graph(walker(allow("iam:PutUserPolicy", WALKER)))
    bound = graph(walker(allow("iam:PutUserPolicy", WALKER), boundary=LIMIT), everything)
    assert (WALKER, RAISED) in free.administrators
    assert (WALKER, RAISED) not in bound.administrators
    may_lift = graph(
        walker(allow(["iam:PutUserPolicy", "iam:DeleteUserPermissionsBoundary"], WALKER), boundary=LIMIT), everything
    )
    assert (WALKER, f"freed {RAISED}") in may_lift.administrators


def test_a_condition_on_boundaries_keeps_unbound_roles_out():
    guarded = allow(
        ["iam:CreateRole", "iam:AttachRolePolicy"], Condition={"StringEquals": {"iam:PermissionsBoundary": LIMIT}}
    )
    assert "new-admin-role" in ids(graph(walker(allow(["iam:CreateRole", "iam:AttachRolePolicy"]))), ADMINISTRATION)
    assert "new-admin-role" not in ids(graph(walker(guarded)), ADMINISTRATION)


def test_joining_a_group_of_administrators_makes_one():
    group = seen(Group, TEAM, region=GLOBAL, name="team", attached=(), inline=(EVERYTHING,))
    found = graph(walker(allow("iam:AddUserToGroup", TEAM)), group)
    assert (WALKER, "joined team") in found.administrators


@pytest.mark.parametrize(
    ("actions", "paths"),
    [
        (["s3:GetObject"], set()),
        (["s3:GetObject", "kms:Decrypt"], {"read"}),
        (["s3:GetObjectVersion", "kms:Decrypt"], {"read"}),
        (["kms:Decrypt"], set()),
        (["s3:GetObject", "kms:CreateGrant"], {"kms-grant"}),
        (["s3:PutBucketPolicy", "kms:PutKeyPolicy"], {"s3-policy", "kms-policy"}),
    ],
)
def test_a_bucket_with_a_customers_key_is_read_by_whoever_may_use_the_key_too(actions, paths):
    assert ids(graph(walker(allow(actions)), *bucket(key=True), goals=(WEIGHTS,)), (BUCKET, "")) == paths


def test_a_key_that_was_not_seen_leaves_a_bucket_in_doubt():
    made, key = bucket(key=True)
    unread = key.punched("policy", DENIED)
    found = graph(walker(allow(["s3:GetObject", "kms:Decrypt"])), made, unread, goals=(WEIGHTS,))
    [way] = found.edges[WALKER, ""][BUCKET, ""]
    assert "Key.policy" in way.doubt


def lend(grantee: str, *operations: str, **context: str) -> GrantListEntry:
    bound = GrantConstraints(encryption_context_subset=context) if context else None
    return GrantListEntry("g1", operations or ("Decrypt",), grantee, constraints=bound)


READ_BY = {"key": ("read",), "grant": ("read", "key grant")}


@pytest.mark.parametrize(
    ("grants", "by", "doubt"),
    [
        ((), None, ""),
        ((lend(WALKER),), "grant", ""),
        ((lend(WALKER, "Encrypt"),), None, ""),
        ((lend(TARGET_USER),), None, ""),
        ((lend(WALKER, team="ml"),), "key", "encryption context to which the grant g1"),
        ((lend(f"{IAM}root"),), "key", "identity policies do not allow"),
        (None, "key", "Key.grants"),
    ],
)
def test_who_decrypts_by_a_grant_reads_and_an_unread_one_leaves_it_in_doubt(grants, by, doubt):
    made, key = bucket(key=True, grants=grants or ())
    found = graph(walker(READS), made, key.punched("grants", DENIED) if grants is None else key, goals=(WEIGHTS,))
    ways = found.edges.get((WALKER, ""), {}).get((BUCKET, ""), ())
    assert [way.paths for way in ways] == ([READ_BY[by]] if by else [])
    assert [way.through for way in ways] == (["grant g1" if by == "grant" else ""] if by else [])
    assert all(doubt in way.doubt and bool(doubt) is bool(way.doubt) for way in ways)


def test_a_grant_is_not_told_where_policies_let_the_caller_decrypt_anyway():
    found = graph(
        walker(allow(["s3:GetObject", "kms:Decrypt"])), *bucket(key=True, grants=(lend(WALKER),)), goals=(WEIGHTS,)
    )
    assert ids(found, (BUCKET, "")) == {"read"}


@pytest.mark.parametrize(
    ("grants", "doubt"),
    [
        ((), None),
        ((lend("arn:aws:iam::999988887777:role/etl"),), ""),
        ((lend("arn:aws:iam::999988887777:role/etl", team="ml"),), "grant g1"),
        (None, "Key.grants"),
    ],
)
def test_an_outsider_needs_the_key_of_a_bucket_too(grants, doubt):
    far = "arn:aws:iam::999988887777:role/etl"
    statement = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": f"{BUCKET}/*", "Principal": {"AWS": far}}
    made, key = bucket(key=True, policy=json.dumps({"Statement": statement}), grants=grants or ())
    found = graph(made, key.punched("grants", DENIED) if grants is None else key, goals=(WEIGHTS,))
    ways = found.edges.get((far, ""), {}).get((BUCKET, ""), ())
    assert [doubt in way.doubt and bool(way.doubt) is bool(doubt) for way in ways] == ([] if doubt is None else [True])


def test_a_bucket_policy_that_denies_closes_the_bucket_and_one_that_allows_opens_it():
    statement = {"Principal": "*", "Action": "s3:*", "Resource": [BUCKET, f"{BUCKET}/*"]}
    denies = json.dumps({"Statement": {"Effect": "Deny", **statement}})
    allows = json.dumps({"Statement": {"Effect": "Allow", **statement, "Principal": {"AWS": WALKER}}})
    reads, nothing = walker(allow("s3:GetObject")), walker(allow("iam:ListUsers"))
    assert ids(graph(reads, *bucket(policy=denies), goals=(WEIGHTS,)), (BUCKET, "")) == set()
    assert ids(graph(nothing, *bucket(policy=allows), goals=(WEIGHTS,)), (BUCKET, "")) == {"read"}


FAR = "999988887777"
GITHUB = f"{IAM}oidc-provider/token.actions.githubusercontent.com"
COGNITO = "cognito-identity.amazonaws.com"
CORP = f"{IAM}saml-provider/corp"
SUBJECT = "token.actions.githubusercontent.com:sub"
OPEN_TO_ALL = PublicAccessBlock(False, False, False, False)  # noqa: FBT003
SHUT = PublicAccessBlock(True, True, True, True)  # noqa: FBT003
UNBLOCKED = seen(AccountPublicAccess, "arn:aws:s3:::*", block=OPEN_TO_ALL)


def shown(*statements: Mapping[str, object], block: PublicAccessBlock | None = OPEN_TO_ALL) -> Record:
    """Return the bucket with a policy that allows what these statements say of its objects."""
    whole = [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": f"{BUCKET}/*", **one} for one in statements]
    policy = json.dumps({"Version": "2012-10-17", "Statement": whole}) if whole else None
    made = bucket(policy=policy)[0]
    return made.partial({}, arn=BUCKET, account=ACCOUNT, region=made.region, **made.known() | {"block": block})


def from_outside(*records: Record) -> list[tuple[str, bool]]:
    """Return who stands outside and reaches the objects, or perhaps does."""
    found = search(inventory(UNBLOCKED, *records), WEIGHTS)
    ways = [(route.source, True) for route in found.routes] + [(route.source, False) for route in found.doubtful]
    return [way for way in ways if (way[0], "") in found.graph.outside]


@pytest.mark.parametrize(
    ("statement", "reads"),
    [
        ({"Principal": {"AWS": FAR}}, [(FAR, True)]),
        ({"Principal": {"AWS": FAR}, "Action": "s3:GetObjectVersion"}, [(FAR, True)]),
        ({"Principal": "*", "Condition": {"StringEquals": {"aws:PrincipalAccount": FAR}}}, [(FAR, True)]),
        (
            {"Principal": "*", "Condition": {"ArnLike": {"aws:PrincipalArn": f"arn:aws:iam::{FAR}:role/*"}}},
            [(f"arn:aws:iam::{FAR}:role/*", True)],
        ),
        ({"Principal": "*", "Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}}, []),
        ({"Principal": "*", "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-1"}}}, []),
        ({"Principal": "*", "Condition": {"StringEquals": {"aws:PrincipalAccount": ACCOUNT}}}, []),
        ({"NotPrincipal": {"AWS": f"arn:aws:iam::{FAR}:root"}}, [("*", False)]),
        ({"Principal": {"Service": "cloudfront.amazonaws.com"}}, []),
    ],
)
def test_whoever_a_bucket_policy_means_outside_reads_its_objects(statement, reads):
    assert from_outside(shown(statement)) == reads


@pytest.mark.parametrize("public", [{"Principal": "*"}, {"Principal": "*", "Action": "s3:ListBucket"}])
def test_a_bucket_that_s3_closes_for_being_public_is_closed_to_the_accounts_it_names_too(public):
    named = {"Principal": {"AWS": FAR}}
    assert (FAR, True) in from_outside(shown(named, public))
    assert from_outside(shown(named, public, block=SHUT)) == []
    assert from_outside(shown(named, block=SHUT)) == [(FAR, True)]
    assert (FAR, False) in from_outside(shown(named, public).punched("block", DENIED))
    assert from_outside(shown(named).punched("block", DENIED)) == [(FAR, True)]


@pytest.mark.parametrize(
    ("provider", "call", "condition", "open_"),
    [
        (GITHUB, "WithWebIdentity", {}, True),
        (GITHUB, "WithWebIdentity", {"StringEquals": {SUBJECT.replace("sub", "aud"): "sts.amazonaws.com"}}, True),
        (GITHUB, "WithWebIdentity", {"StringEquals": {SUBJECT: "repo:acme/train:ref:refs/heads/main"}}, False),
        (GITHUB, "WithWebIdentity", {"StringLike": {SUBJECT: "repo:acme/*"}}, False),
        (GITHUB, "WithWebIdentity", {"StringLike": {SUBJECT: "repo:acme*"}}, True),
        (GITHUB, "WithWebIdentity", {"StringLike": {SUBJECT: "repo:*/train:*"}}, True),
        (GITHUB, "WithWebIdentity", {"StringNotEquals": {SUBJECT: "repo:acme/other"}}, True),
        (GITHUB, "", {}, False),
        (COGNITO, "WithWebIdentity", {}, True),
        (COGNITO, "WithWebIdentity", {"StringEquals": {f"{COGNITO}:aud": "us-east-1:1234"}}, False),
        (CORP, "WithSAML", {"StringEquals": {"SAML:aud": "https://signin.aws.amazon.com/saml"}}, True),
        (CORP, "WithWebIdentity", {}, False),
    ],
)
def test_a_provider_takes_the_roles_that_trust_it_for_anyone(provider, call, condition, open_):
    lets = trust(Federated=provider).replace("sts:AssumeRole", f"sts:AssumeRole{call}")
    lets = lets.replace('"Effect"', f'"Condition": {json.dumps(condition)}, "Effect"')
    role = a_role(TARGET_ROLE, document(READS), trusted=lets)
    assert from_outside(role, shown()) == [(provider, True)] * open_


def test_a_trust_in_everyone_is_one_in_whomever_a_provider_speaks_for():
    role = a_role(TARGET_ROLE, document(READS), trusted=trust(AWS="*").replace("Role", "RoleWithWebIdentity"))
    assert from_outside(role, shown()) == [(COGNITO, True)]


@pytest.mark.parametrize("role_trust", [None, "{", trust(AWS=FAR).replace("Principal", "NotPrincipal")])
def test_a_trust_policy_that_was_not_read_or_cannot_be_may_let_in_anyone(role_trust):
    role = a_role(TARGET_ROLE, document(READS), trusted=role_trust or "{}")
    assert from_outside(role if role_trust else role.punched("trust", DENIED), shown()) == [("*", False)]


def test_a_bucket_policy_that_was_not_read_or_cannot_be_may_let_in_anyone():
    assert from_outside(shown().punched("policy", DENIED)) == [("*", False)]
    known = shown().known() | {"policy": "{"}
    assert from_outside(shown().partial({}, arn=BUCKET, account=ACCOUNT, region="us-east-1", **known)) == [("*", False)]


LOW, SESSION = f"{IAM}role/sso/low", f"arn:aws:sts::{ACCOUNT}:assumed-role/low/someone"


@pytest.mark.parametrize(
    ("session", "open_"),
    [
        (SESSION, True),
        (SESSION.replace("low", "other"), False),
        (SESSION.replace(ACCOUNT, FAR), False),
    ],
)
def test_whoever_takes_a_role_names_its_session_as_policies_ask(session, open_):
    low = a_role(LOW, document(allow("s3:ListAllMyBuckets")), trusted=trust("ec2.amazonaws.com"))
    takes = a_role(TARGET_ROLE, document(READS), trusted=trust(AWS=session))
    found = graph(low, takes, shown({"Principal": {"AWS": session}}), goals=(WEIGHTS,))
    assert ids(found, (BUCKET, ""), LOW) == ({"read"} if open_ else set())
    assert ids(found, (TARGET_ROLE, ""), LOW) == ({"sts-001"} if open_ else set())


@pytest.mark.parametrize("sort", ["model_object", "runtime", "memory", "agent"])
def test_what_a_policy_that_is_not_collected_may_let_in_is_told_as_unknown(sort):
    found = search(inventory(*EXISTING[sort]))
    assert found.routes == ()
    assert [(route.source, "policies of SageMaker endpoints" in str(route.doubts)) for route in found.doubtful] == (
        [("*", True)] if sort != "agent" else []
    )


def test_a_hosted_agent_whose_own_policy_is_not_collected_may_lend_its_role_to_outsiders():
    runtime = EXISTING["runtime"]
    found = search(
        inventory(*runtime, a_role(TARGET_ROLE, EVERYTHING, trusted=trust("lambda.amazonaws.com"))), ADMINISTRATORS
    )
    [route] = found.doubtful
    assert [hop.target[0] for hop in route.hops] == [TARGET_ROLE, ADMINISTRATION[0]]
    assert route.hops[0].ways[0].through == runtime[0].arn


def test_outsiders_come_in_by_trust_policies_and_bucket_policies():
    open_ = json.dumps(
        {"Statement": {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": f"{BUCKET}/*"}}
    )
    shut = seen(AccountPublicAccess, "arn:aws:s3:::*", block=PublicAccessBlock(True, True, True, True))  # noqa: FBT003
    lets_in = a_role(TARGET_ROLE, EVERYTHING, trusted=trust(AWS="arn:aws:iam::999988887777:root"))
    never = seen(AccountPublicAccess, "arn:aws:s3:::*", block=None)
    public = bucket(policy=open_)[0]
    bare = public.partial({}, arn=public.arn, account=ACCOUNT, region="us-east-1", **public.known() | {"block": None})
    found = graph(lets_in, bare, never, goals=(WEIGHTS,))
    assert ids(found, (TARGET_ROLE, ""), "arn:aws:iam::999988887777:root") == {"external trust"}
    assert ids(found, (BUCKET, ""), "*") == {"bucket policy"}
    assert ids(graph(bare, shut, goals=(WEIGHTS,)), (BUCKET, ""), "*") == set()


def to_weights(*records: Record) -> Search:
    return search(inventory(*records), WEIGHTS)


def test_the_shortest_route_is_told_and_no_one_is_reported_who_reads_by_design():
    train = a_role(f"{IAM}role/train", document(allow("s3:GetObject")), trusted=trust("sagemaker.amazonaws.com"))
    job = seen(TrainingJob, JOB, name="nightly", status="Completed", role_arn=train.arn)
    found = to_weights(walker(START), train, TRAINING, job, *bucket())
    [route] = found.routes
    assert [hop.target[0] for hop in route.hops] == [train.arn, BUCKET]
    assert route.source == WALKER


def test_data_that_only_an_administrator_opens_is_told_as_administration():
    found = search(inventory(walker(START), ADMIN, TRAINING, *bucket()))
    assert [route.goal for route in found.routes] == [ADMINISTRATORS]


def notebooks() -> tuple[Record, ...]:
    opens = document(allow("sagemaker:CreatePresignedNotebookInstanceUrl"))
    people = [a_user(f"{IAM}user/p{at}", opens) for at in range(14)]
    return (*people, NOTEBOOK, ADMIN)


def test_the_change_that_stops_most_paths_is_named_with_how_many():
    found = search(inventory(*notebooks()), ADMINISTRATORS)
    cuts = Cuts(found)
    [choke, *_] = cuts.chokes()
    assert (len(found.routes), choke.removes) == (14, 14)
    assert words(found, choke.change) == "narrow the inline policy own-0 of role/target"
    assert cuts.cheapest(found.routes) == (choke.change,)


def test_the_cheapest_cut_closes_everything():
    made = seen(
        ManagedPolicy,
        "arn:aws:iam::aws:policy/Power",
        region=GLOBAL,
        document=document(allow(["lambda:*", "sagemaker:*"])),
    )
    power = a_user(WALKER, attached=attached(made.arn))
    others = a_role(f"{IAM}role/other", EVERYTHING, trusted=trust("lambda.amazonaws.com"))
    function = seen(Function, here("lambda", "function:f"), name="f", role=others.arn, tags={})
    found = search(inventory(power, made, NOTEBOOK, ADMIN, others, function), ADMINISTRATORS)
    [change] = Cuts(found).cheapest(found.routes)
    assert words(found, change) == "take Power from user/walker"
    without = search(inventory(a_user(WALKER), NOTEBOOK, ADMIN, others, function), ADMINISTRATORS)
    assert without.routes == ()


def test_a_change_removes_as_many_paths_as_are_gone_when_it_is_made():
    holds = [
        document(START), document(allow("sagemaker:CreatePresignedNotebookInstanceUrl")),
        document(allow("iam:CreateAccessKey", f"{IAM}user/p0")), document(allow("iam:UpdateLoginProfile")),
    ]  # fmt: skip

    def account(without: str = "") -> Search:
        people = [
            a_user(f"{IAM}user/p{at}", *([] if f"{IAM}user/p{at}" == without else [own]))
            for at, own in enumerate(holds)
        ]
        return search(inventory(*people, NOTEBOOK, ADMIN), ADMINISTRATORS)

    whole = account()
    assert len(whole.routes) == len(holds)
    people = [
        one for one in Cuts(whole).chokes(most=99) if "/p" in one.change.source[0] and one.change.policy is not None
    ]
    assert people
    for choke in people:
        assert len(whole.routes) - len(account(choke.change.source[0]).routes) == choke.removes


def test_a_public_entry_that_asks_for_no_credentials_is_reached_by_anyone():
    url = seen(PublicEntry, here("lambda", "function:chat"), name="chat", sort=EntryKind.FUNCTION_URL)
    api = seen(PublicEntry, "arn:aws:apigateway:us-east-1::/apis/a", name="a", sort=EntryKind.HTTP_API, open_routes=())
    found = search(inventory(url, api))
    assert [(route.source, route.goal.name) for route in found.routes] == [("*", "chat")]


def test_what_was_not_collected_and_may_open_a_path_is_named():
    commands = a_role(TARGET_ROLE, EVERYTHING, trusted=trust("ec2.amazonaws.com"))
    found = search(inventory(walker(allow("ssm:SendCommand")), commands), ADMINISTRATORS)
    assert found.routes == ()
    assert [route.doubts for route in found.doubtful] == [("instances are not collected",)]


def test_someone_whose_policies_were_not_seen_may_do_anything():
    blind = a_user(WALKER, attached=attached("arn:aws:iam::aws:policy/Unseen"))
    found = search(inventory(blind, TRAINING, *bucket()))
    assert {route.goal.sort for route in found.doubtful} == {Sort.ADMINISTRATION, Sort.TRAINING_DATA}


def test_policies_of_the_organisation_that_were_not_seen_forbid_nothing_and_are_named():
    organization = seen(Organization, id="o-1", management_account_id="999988887777").punched("levels", DENIED)
    found = search(inventory(walker(START), ADMIN, organization), ADMINISTRATORS)
    assert len(found.routes) == 1
    assert "Organization.levels" in str(found.unseen[0])


def test_users_that_were_not_listed_are_named():
    given = inventory(walker(START), ADMIN, unlisted={(User, GLOBAL): DENIED})
    assert search(given, ADMINISTRATORS).unseen


@pytest.mark.parametrize("name", [BUCKET, "weights"])
def test_a_goal_is_found_by_its_arn_or_its_name(name):
    [goal] = goals_named(AccountView(inventory(*bucket(), a_user(f"{IAM}user/guest"))), name)
    assert goal.arn == BUCKET


def test_a_name_of_several_goals_means_each_and_an_arn_or_what_it_is_means_one():
    view = AccountView(inventory(*bucket(), a_user(f"{IAM}user/weights"), a_user(f"{IAM}user/ops/ops")))
    assert {goal.arn for goal in goals_named(view, "weights")} == {BUCKET, f"{IAM}user/weights"}
    assert [goal.arn for goal in goals_named(view, "user/weights")] == [f"{IAM}user/weights"]
    assert [goal.arn for goal in goals_named(view, BUCKET)] == [BUCKET]
    assert goals_named(view, "administration") == (ADMINISTRATORS,)


def test_no_goal_is_made_of_a_name_that_is_not_there():
    assert goals_named(AccountView(inventory(*bucket())), "weihgts") == ()


def test_every_path_says_where_it_stands_written():
    assert path_of("sagemaker-001").source == "https://pathfinding.cloud/paths/sagemaker-001"
    assert path_of("studio-open").derived


class Watched(Given):
    """An inventory that remembers which kinds were asked for."""

    asked: set[type[Record]]

    def of(self, kind):
        self.__dict__.setdefault("asked", set()).add(kind)
        return super().of(kind)

    def find(self, kind, arn, region=""):
        self.__dict__.setdefault("asked", set()).add(kind)
        return super().find(kind, arn, region)


def test_a_search_looks_at_the_kinds_it_declares_alone():
    existing = list(dict.fromkeys(one for made in EXISTING.values() for one in made))
    public = json.dumps(
        {"Statement": {"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": f"{BUCKET}/*"}}
    )
    made, key = bucket(key=True, policy=public)
    by_alias = EncryptionRule(DefaultEncryption("aws:kms", "alias/weights"))
    named = made.partial(
        {}, arn=made.arn, account=ACCOUNT, region=made.region, **made.known() | {"encryption": (by_alias,)}
    )
    records = [walker(START), ADMIN, TRAINING, named, key, *(one for one in existing if one.arn != BUCKET)]
    given = Watched(ACCOUNT, NOW, ["us-east-1"], records)
    search(given)
    derived = {Principal, Workload, PublicEntry}
    assert given.asked <= {*kinds(), *derived}
    assert Alias in given.asked
