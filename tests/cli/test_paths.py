"""`hexward paths` tells routes, cuts and what is unknown, and its exit code says which of these there are."""

import json

import pytest

from hexward.iam.paths.calls import Call
from hexward.iam.paths.jewels import Sort
from hexward.iam.paths.search import search
from hexward.inventory import Inventory
from hexward.inventory.run import load
from tests.build import inventory
from tests.cli.conftest import kept
from tests.iam.making import made_all
from tests.iam.walking import EVERYTHING, IAM, NOTEBOOK, TARGET_ROLE, a_role, a_user, allow, document, trust

OPENS = document(allow("sagemaker:CreatePresignedNotebookInstanceUrl", NOTEBOOK.arn))
ADMIN = a_role(TARGET_ROLE, EVERYTHING, trusted=trust("sagemaker.amazonaws.com"))
WALKER = f"{IAM}user/dana"


def account(policy: str) -> Inventory:
    twin = a_role(f"{IAM}role/dana", trusted=trust("ec2.amazonaws.com"))
    return inventory(a_user(WALKER, policy), ADMIN, NOTEBOOK, twin)


@pytest.fixture
def paths(hexward, tmp_path):
    """Search the run of an account in which someone holds a policy."""

    def run(policy, *options, complete=True):
        folder = kept(account(policy), tmp_path / "run", complete=complete)
        return hexward("paths", "--inventory", folder, *options)

    return run


def test_a_path_is_told_with_its_steps_and_its_cut_and_is_1(paths):
    code, out, err = paths(OPENS)
    assert (code, err) == (1, "")
    assert out.splitlines() == [
        "1 path to 1 goal",
        "",
        "administration of the account: 1 source",
        "  user/dana",
        f"    → role/target: open a notebook through {NOTEBOOK.arn} (sagemaker-004)",
        "    → administration of the account: may do everything",
        "  cheapest cut, 1 change: take the inline policy own-0 from user/dana",
        "",
        "choke points, each by itself",
        "  -1 of 1  take the inline policy own-0 from role/target",
        "  -1 of 1  take the inline policy own-0 from user/dana",
        "",
        "how to make each change",
        "  take the inline policy own-0 from user/dana",
        "    aws iam delete-user-policy --user-name dana --policy-name own-0",
        "  take the inline policy own-0 from role/target",
        "    aws iam delete-role-policy --role-name target --policy-name own-0",
    ]


def test_no_path_is_0(paths):
    code, out, _ = paths(document(allow("s3:ListAllMyBuckets")))
    assert (code, out) == (0, "0 paths to 0 goals\n")


@pytest.mark.parametrize(
    "policy", [document(allow("sagemaker:StartSession")), '{"Statement": [{"Effect": "Perhaps"}]}']
)
def test_what_may_open_a_path_and_was_not_seen_is_3_and_is_named(paths, policy):
    code, out, _ = paths(policy)
    assert code == 3
    assert "unknown: 1 more path may be open" in out


def test_a_run_that_never_ended_is_3(paths):
    assert paths(OPENS, complete=False).code == 3


def test_json_holds_every_step_with_its_source(paths):
    code, out, _ = paths(OPENS, "--format", "json", "--to", "administration", "--from", "dana")
    told = json.loads(out)
    assert (code, told["schema"]) == (1, "hexward.paths/v1")
    [path] = told["paths"]
    assert (path["source"], path["goal"]) == (WALKER, "administration")
    assert [step["by"] for step in path["steps"]] == [["sagemaker-004"], ["administer"]]
    assert path["steps"][0]["sources"] == ["https://pathfinding.cloud/paths/sagemaker-004"]
    assert told["administrators"] == [TARGET_ROLE]
    needs = {"action": "sagemaker:CreatePresignedNotebookInstanceUrl", "resource": NOTEBOOK.arn}
    assert path["steps"][0]["asks"] == [needs]


def test_json_holds_the_call_of_each_change_and_what_undoes_it(paths):
    told = json.loads(paths(OPENS, "--format", "json").out)
    [cut] = told["cuts"]
    named = {"UserName": "dana", "PolicyName": "own-0"}
    assert cut["changes"] == [
        {
            "change": "take the inline policy own-0 from user/dana",
            "holder": WALKER,
            "call": {"operation": "iam:DeleteUserPolicy", "arguments": named},
            "undo": {"operation": "iam:PutUserPolicy", "arguments": named | {"PolicyDocument": OPENS}},
            "takes": [{"action": "sagemaker:CreatePresignedNotebookInstanceUrl", "resource": NOTEBOOK.arn}],
        }
    ]


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--to", "administratoin"], "there is no goal 'administratoin'; did you mean administration?"),
        (["--to", "dana"], f"'dana' may be {IAM}role/dana or {WALKER}: give the ARN"),
        (["--to", "nosuch"], "there is no goal 'nosuch'; there are administration, role/dana, role/target, user/dana"),
        (["--from", "zzz"], "there is no source 'zzz'; there are role/dana, role/target, user/dana"),
        (["--from", "dama"], "there is no source 'dama'; did you mean dana?"),
        (["--format", "xml"], "there is no 'xml'"),
        (["--region", "us-east-1"], "--inventory asks no account"),
    ],
)
def test_what_cannot_be_asked_for_is_2_with_the_likeliest_word(paths, options, says):
    code, out, err = paths(OPENS, *options)
    assert (code, out) == (2, "")
    assert says in err


def calls(changes):
    return [Call(one["call"]["operation"], one["call"]["arguments"]) for one in changes if one["call"]]


@pytest.mark.emulator
def test_the_demos_contractor_reaches_the_training_data_and_each_cut_closes_what_it_says(hexward, tmp_path):
    hexward("demo", "--quiet", "--run", tmp_path / "demo")
    code, out, _ = hexward(
        "paths",
        "--inventory",
        tmp_path / "demo",
        "--to",
        "brightwell-training-conversations",
        "--from",
        "dana.contractor",
    )
    assert code == 1
    assert "user/dana.contractor\n    → brightwell-training-conversations: read its objects" in out
    assert "cheapest cut, 1 change: take PowerUserAccess from user/dana.contractor" in out
    assert (
        "    aws iam detach-user-policy --user-name dana.contractor --policy-arn arn:aws:iam::aws:policy/PowerUser"
        in out
    )

    whole = load(tmp_path / "demo").inventory()
    told = json.loads(hexward("paths", "--inventory", tmp_path / "demo", "--format", "json").out)
    contractor = told["choke_points"][0]
    assert contractor["change"] == "take PowerUserAccess from user/dana.contractor"
    without = search(made_all(whole, *calls([contractor])))
    assert len(without.routes) == len(told["paths"]) - contractor["removes"]
    assert not [route for route in without.routes if "contractor" in route.source]
    closed = {cut["goal"]: calls(cut["changes"]) for cut in told["cuts"]}
    for goal in search(whole).goals:
        left = search(made_all(whole, *closed.get(goal.arn, ())), goal).routes
        assert (left == ()) is (goal.sort is not Sort.ENTRY), goal
