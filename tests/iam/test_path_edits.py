"""The calls that a cut is made of, made on the account that was searched: no path is left, and each can be undone."""

import json
from collections.abc import Iterable

import pytest

from hexward.iam.paths.calls import Call, Edit
from hexward.iam.paths.catalogue import Category, catalogue
from hexward.iam.paths.cuts import Change, Cuts
from hexward.iam.paths.edits import edit, say
from hexward.iam.paths.jewels import Goal, Sort
from hexward.iam.paths.people import ADMINISTRATION
from hexward.iam.paths.search import ADMINISTRATORS, Search, search
from hexward.inventory import (
    GLOBAL,
    AccountPublicAccess,
    Bucket,
    Group,
    Inventory,
    ManagedPolicy,
    NotebookInstance,
    Record,
)
from hexward.inventory.kms import GrantListEntry
from hexward.report.paths import render_text
from tests.build import ACCOUNT, inventory, seen
from tests.iam.making import made_all
from tests.iam.walking import (
    BUCKET,
    EVERYTHING,
    IAM,
    KEY,
    NOTEBOOK,
    TARGET_ROLE,
    TEAM,
    Scene,
    a_role,
    a_user,
    allow,
    attached,
    bucket,
    document,
    scene,
    trust,
)  # fmt: skip

WALKER = f"{IAM}user/walker"
VENDOR = "arn:aws:iam::999988887777:root"
WEIGHTS = Goal(Sort.BUCKET, BUCKET, "weights")
POWER = seen(
    ManagedPolicy, "arn:aws:iam::aws:policy/Power", region=GLOBAL,
    document=document({"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}),
)  # fmt: skip


def goal_of(given: Scene) -> Goal:
    arn, mark = given.target
    if mark or given.target == ADMINISTRATION:
        return ADMINISTRATORS
    if given.path.category is not Category.DATA:
        return Goal(Sort.PRINCIPAL, arn, arn)
    return Goal(Sort.MEMORY if given.path.gains == "memory" else Sort.BUCKET, arn, "weights")


def edits(found: Search) -> list[Edit]:
    """Return how the cheapest cut of all routes is made."""
    cuts = Cuts(found)
    changes = cuts.cheapest(found.routes)
    made = [edit(cuts, one, changes) for one in changes]
    assert made
    assert None not in made, changes
    return [one for one in made if one is not None]


def after(records: Iterable[Record], *calls: Call) -> Inventory:
    """Return an account as it is after some calls."""
    return made_all(inventory(*records), *calls)


@pytest.mark.parametrize("path", catalogue().paths, ids=lambda path: path.id)
def test_no_way_by_any_known_path_is_left_after_its_cut(path):
    given = scene(path)
    whole = given.account()
    found = search(whole, goal_of(given), given.walker)
    if not found.routes:
        # To lose a boundary or to join a group is a step, and in this account leads nowhere by itself.
        assert path.unknown or found.doubtful or path.frees or path.joins
        return
    calls = [one.do for one in edits(found)]
    assert search(made_all(whole, *calls), goal_of(given), given.walker).routes == ()


STATEMENTS = {
    "all of S3": [allow("s3:*")],
    "either version": [allow("s3:GetObject"), allow("s3:GetObjectVersion", f"{BUCKET}/*")],
    "by the bucket's policy": [allow("s3:GetObject"), allow("s3:PutBucketPolicy", BUCKET)],
    "beside other things": [allow(["s3:GetObject", "s3:ListBucket"]), allow("sqs:*")],
}


@pytest.mark.parametrize("statements", STATEMENTS.values(), ids=STATEMENTS)
@pytest.mark.parametrize("apart", [False, True])
@pytest.mark.parametrize("key", [False, True])
def test_data_is_out_of_reach_whichever_policy_gives_what(statements, apart, key):
    keys = [allow("kms:Decrypt")] if key else []
    policies = [document(one) for one in statements] if apart else [document(*statements)]
    whole = (a_user(WALKER, *policies, document(*keys, allow("sns:*"))), *bucket(key=key))
    found = search(inventory(*whole), WEIGHTS)
    assert len(found.routes) == 1
    made = edits(found)
    assert search(after(whole, *(one.do for one in made)), WEIGHTS).routes == ()
    undone = after(whole, *(one.do for one in made), *(one.undo for one in reversed(made)))
    assert search(undone, WEIGHTS).routes == found.routes


def test_a_narrowed_policy_keeps_what_no_path_needs():
    whole = (a_user(WALKER, document(allow(["s3:GetObject", "s3:ListBucket"]), allow("sqs:*"))), *bucket())
    [made] = edits(search(inventory(*whole), WEIGHTS))
    told = json.loads(str(made.do.arguments["PolicyDocument"]))
    assert told["Statement"][:2] == [allow(["s3:GetObject", "s3:ListBucket"]), allow("sqs:*")]
    assert told["Statement"][2:] == [{"Effect": "Deny", "Action": "s3:GetObject", "Resource": [f"{BUCKET}/*"]}]
    assert made.takes == (("s3:GetObject", f"{BUCKET}/*"),)


def test_a_managed_policy_is_detached_although_a_trust_policy_asks_for_it():
    role = a_role(TARGET_ROLE, document(allow("s3:GetObject")), trusted=trust(AWS=f"{IAM}root"))
    whole = (a_user(WALKER, attached=attached(POWER.arn)), POWER, role, *bucket())
    [made] = edits(search(inventory(*whole), WEIGHTS, "walker"))
    assert made.do == Call("iam:DetachUserPolicy", {"UserName": "walker", "PolicyArn": POWER.arn})
    assert made.undo == Call("iam:AttachUserPolicy", {"UserName": "walker", "PolicyArn": POWER.arn})


def test_a_policy_is_no_cut_where_the_things_own_lets_the_caller_in_anyway():
    lets = json.dumps(
        {"Statement": {"Effect": "Allow", "Principal": {"AWS": WALKER}, "Action": "s3:*", "Resource": f"{BUCKET}/*"}}
    )
    whole = (a_user(WALKER, document(allow("s3:GetObject"))), *bucket(policy=lets))
    [made] = edits(search(inventory(*whole), WEIGHTS))
    assert (made.do.call, made.do.arguments["PolicyName"]) == ("iam:PutUserPolicy", "closed-to-weights")
    assert search(after(whole, made.do), WEIGHTS).routes == ()


def test_a_grant_by_which_alone_someone_decrypts_is_revoked_where_no_policy_of_theirs_closes_the_step():
    grant = GrantListEntry(
        "g1", ("Decrypt", "Encrypt"), WALKER, name="import", issuing_account=f"arn:aws:iam::{ACCOUNT}:root"
    )
    lets = json.dumps(
        {"Statement": {"Effect": "Allow", "Principal": {"AWS": WALKER}, "Action": "s3:*", "Resource": f"{BUCKET}/*"}}
    )
    whole = (a_user(WALKER), *bucket(key=True, policy=lets, grants=(grant,)))
    found = search(inventory(*whole), WEIGHTS)
    [made] = edits(found)
    assert made.do == Call("kms:RevokeGrant", {"KeyId": KEY, "GrantId": "g1"})
    content = {"KeyId": KEY, "GranteePrincipal": WALKER, "Operations": ["Decrypt", "Encrypt"], "Name": "import"}
    assert made.undo == Call("kms:CreateGrant", content)
    assert made.takes == (("kms:Decrypt", KEY), ("kms:Encrypt", KEY))
    assert search(after(whole, made.do), WEIGHTS).routes == ()
    assert search(after(whole, made.do, made.undo), WEIGHTS).routes == found.routes
    told = render_text(found)
    assert "weights: read its objects and decrypt them with its key through grant g1" in told
    assert "revoke the grant g1 of user/walker on the key of weights" in told
    assert f"aws kms revoke-grant --key-id {KEY} --grant-id g1" in told


def test_who_holds_a_policy_by_a_group_leaves_the_group():
    team = seen(Group, TEAM, region=GLOBAL, name="team", attached=attached(POWER.arn), inline=())
    whole = (a_user(WALKER, groups=("team",)), team, POWER, *bucket())
    [made] = edits(search(inventory(*whole), WEIGHTS))
    assert made.do == Call("iam:RemoveUserFromGroup", {"GroupName": "team", "UserName": "walker"})
    assert search(after(whole, made.do), WEIGHTS).routes == ()


def test_an_administrators_inline_policy_loses_the_statement():
    whole = (a_user(WALKER, document(allow("sagemaker:*"), allow("*"))), *bucket())
    found = search(inventory(*whole), ADMINISTRATORS, "walker")
    [made] = edits(found)
    assert json.loads(str(made.do.arguments["PolicyDocument"]))["Statement"] == [allow("sagemaker:*")]


@pytest.mark.parametrize("named", [[VENDOR], [VENDOR, "999988886666"], [VENDOR, WALKER]])
def test_outsiders_are_taken_out_of_the_policies_that_let_them_in(named):
    lets = json.dumps(
        {"Statement": {"Effect": "Allow", "Principal": {"AWS": named}, "Action": "s3:*", "Resource": f"{BUCKET}/*"}}
    )
    role = a_role(TARGET_ROLE, EVERYTHING, trusted=json.dumps(
        {"Statement": {"Effect": "Allow", "Principal": {"AWS": named}, "Action": "sts:AssumeRole"}}
    ))  # fmt: skip
    whole = (a_user(WALKER), role, *bucket(policy=lets))
    for goal in (ADMINISTRATORS, WEIGHTS):
        cuts = Cuts(search(inventory(*whole), goal))
        entering = [route.hops[0] for route in cuts.found.routes if (route.source, "") in cuts.found.graph.outside]
        assert entering
        changes = [Change(hop.source, target=hop.target) for hop in entering]
        calls = [one.do for one in (edit(cuts, change, changes) for change in changes) if one is not None]
        assert len({json.dumps(dict(call.arguments)) for call in calls}) == 1, "one policy is written once"
        left = search(after(whole, *calls), goal)
        assert {route.source for route in left.routes} == {WALKER} & set(named)


NEVER = seen(AccountPublicAccess, "arn:aws:s3:::*", block=None)
OF_ORG = {"Principal": "*", "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-1"}}}
OWN_ONLY = {"StringEquals": {"aws:PrincipalAccount": ACCOUNT}}


@pytest.mark.parametrize(
    ("statements", "left"),
    [
        ([{"Principal": "*"}], [{"Principal": "*", "Condition": OWN_ONLY}]),
        ([{"Principal": {"AWS": "*"}}, OF_ORG], [{"Principal": "*", "Condition": OWN_ONLY}, OF_ORG]),
        ([{"Principal": {"AWS": ["*", WALKER]}}], [{"Principal": "*", "Condition": OWN_ONLY},
                                                   {"Principal": {"AWS": [WALKER]}}]),
        ([{"Principal": "*", "Condition": {"StringLike": {"aws:userAgent": "*"}}}],
         [{"Principal": "*", "Condition": {"StringLike": {"aws:userAgent": "*"}, **OWN_ONLY}}]),
        ([{"Principal": "*", "Condition": {"StringEquals": {"aws:PrincipalAccount": [VENDOR[13:25], ACCOUNT]}}}],
         [{"Principal": "*", "Condition": {"StringEquals": {"aws:PrincipalAccount": [ACCOUNT]}}}]),
        ([{"Principal": "*", "Condition": {"ArnLike": {"aws:PrincipalArn": VENDOR.replace("root", "role/*")}}}, OF_ORG], [OF_ORG]),
    ],
)  # fmt: skip
def test_who_is_kept_out_of_a_public_bucket_is_nobody_of_the_account_itself(statements, left):
    def policy(parts):
        base = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": f"{BUCKET}/*"}
        return json.dumps({"Statement": [base | one for one in parts]}, separators=(",", ":"))

    whole = (a_user(WALKER), unblocked(policy(statements)), NEVER)
    before = search(inventory(*whole), WEIGHTS)
    cuts = Cuts(before)
    changes = [
        Change(route.hops[0].source, target=(BUCKET, "")) for route in before.routes if ":user/" not in route.source
    ]
    assert changes
    made = [edit(cuts, one, changes) for one in changes]
    [text] = {str(one.do.arguments["Policy"]) for one in made if one is not None}
    assert json.loads(text) == json.loads(policy(left))
    assert made[0] is not None
    assert made[0].takes == (("s3:GetObject", f"{BUCKET}/*"),)
    kept = search(after(whole, made[0].do), WEIGHTS)
    assert kept.doubtful == ()
    assert [one.source for one in kept.routes] == [one.source for one in before.routes if ":user/" in one.source]
    assert any(say(cuts, one).startswith("keep all but the account's own out of weights") for one in changes) is (
        changes[0].source[0] == "*"
    )


def unblocked(policy: str) -> Bucket:
    made = bucket(policy=policy)[0]
    assert isinstance(made, Bucket)
    return made.partial({}, arn=made.arn, account=ACCOUNT, region=made.region, **made.known() | {"block": None})


def test_an_account_is_not_said_to_be_kept_out_of_what_stays_open_to_everyone():
    named = [{"AWS": VENDOR}, "*"]
    lets = [{"Effect": "Allow", "Principal": one, "Action": "s3:*", "Resource": f"{BUCKET}/*"} for one in named]
    cuts = Cuts(search(inventory(unblocked(json.dumps({"Statement": lets})), NEVER), WEIGHTS))
    only, both = Change((VENDOR, ""), target=(BUCKET, "")), Change(("*", ""), target=(BUCKET, ""))
    assert edit(cuts, only) is None
    assert edit(cuts, both, [only, both]) is not None


def test_a_provider_is_bound_by_no_call_that_is_not_known_to_leave_the_accounts_own_signed_in():
    lets = trust(Federated=f"{IAM}saml-provider/corp").replace("sts:AssumeRole", "sts:AssumeRoleWithSAML")
    cuts = Cuts(search(inventory(a_role(TARGET_ROLE, EVERYTHING, trusted=lets)), ADMINISTRATORS))
    change = Change((f"{IAM}saml-provider/corp", ""), target=(TARGET_ROLE, ""))
    assert say(cuts, change) == "bind whom saml-provider/corp lets into role/target"
    assert edit(cuts, change) is None


LONG = [allow(f"s3:{'x' * 60}{at}") for at in range(30)]


@pytest.mark.parametrize(
    ("statements", "takes", "says"),
    [
        ([allow("s3:GetObject", f"{BUCKET}/*")], [("s3:GetObject", f"{BUCKET}/*")], "take the inline policy own-0 from"),
        ([allow(["s3:GetObject", "s3:ListBucket"]), allow("sqs:*")], [("s3:GetObject", f"{BUCKET}/*")], "narrow the"),
        ([allow(["s3:GetObject", "sns:Publish"]), *LONG], [("s3:GetObject", "*"), ("sns:Publish", "*")], "narrow the"),
        ([allow(["s3:GetObject", *(f"s3:{'x' * 60}{at}" for at in range(30))])],
         [("s3:GetObject", "*"), *((f"s3:{'x' * 60}{at}", "*") for at in range(30))], "take the inline policy own-0 from"),
    ],
)  # fmt: skip
def test_a_change_says_all_that_it_takes_and_whether_the_policy_goes_whole(statements, takes, says):
    cuts = Cuts(search(inventory(a_user(WALKER, document(*statements)), *bucket()), WEIGHTS))
    [change] = cuts.cheapest(cuts.found.routes)
    made = edit(cuts, change)
    assert made is not None
    assert made.takes == tuple(sorted(takes))
    assert say(cuts, change).startswith(says)


def test_nobody_is_kept_out_of_a_public_bucket_by_a_call_that_is_not_known_to_do():
    lets = json.dumps(
        {"Statement": {"Effect": "Allow", "NotPrincipal": {"AWS": WALKER}, "Action": "s3:*", "Resource": f"{BUCKET}/*"}}
    )
    made = bucket(policy=lets)[0]
    assert isinstance(made, Bucket)
    bare = made.partial({}, arn=made.arn, account=ACCOUNT, region=made.region, **made.known() | {"block": None})
    cuts = Cuts(search(inventory(bare), WEIGHTS))
    assert [edit(cuts, one) for one in cuts.cheapest(cuts.found.routes)] in ([], [None])


def test_what_is_told_does_not_hang_on_the_order_in_which_the_account_was_read():
    roles = [a_role(f"{IAM}role/r{at}", EVERYTHING, trusted=trust("sagemaker.amazonaws.com")) for at in range(3)]
    users = [a_user(f"{IAM}user/u{at}", document(allow(["iam:PassRole", "sagemaker:*"]))) for at in range(3)]
    books = [
        seen(NotebookInstance, f"{NOTEBOOK.arn}-{at}", name=f"lab-{at}", role_arn=role.arn, tags={}, status="InService")
        for at, role in enumerate(roles)
    ]
    whole = [*roles, *users, *books, *bucket()]
    assert render_text(search(inventory(*whole))) == render_text(search(inventory(*reversed(whole))))
