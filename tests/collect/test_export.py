"""An export of GetAccountAuthorizationDetails is judged as far as it reaches, and never further."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexward.collect.export import load_export
from hexward.controls import audit, controls
from hexward.inventory import GLOBAL, Account, Group, ManagedPolicy, NotCollected, Role, User
from hexward.model import Practice, RunError, Status
from tests.build import ACCOUNT

ROLE = {
    "Path": "/",
    "RoleName": "train",
    "RoleId": "AROAEXAMPLE",
    "Arn": f"arn:aws:iam::{ACCOUNT}:role/train",
    "CreateDate": "2025-03-02T12:00:00+00:00",
    "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": []},
    "InstanceProfileList": [],
    "RolePolicyList": [],
    "AttachedManagedPolicies": [],
    "Tags": [],
}
WHOLE = {"UserDetailList": [], "GroupDetailList": [], "RoleDetailList": [ROLE], "Policies": []}

SHARED = Path(os.environ.get("HEXWARD_SHARED") or Path(__file__).parents[3] / "shared" / "data")
REAL = SHARED / "iam" / "authorization_details.json"


def written(folder: Path, content: object, encoding: str = "utf-8") -> Path:
    path = folder / "details.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding=encoding)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_reads_what_shells_of_all_systems_write(tmp_path, encoding):
    run = load_export(written(tmp_path, WHOLE, encoding))
    assert run.about.account == ACCOUNT
    assert [role.name for role in run.inventory().of(Role)] == ["train"]
    assert list(run.inventory().of(User)) == []


def test_what_an_export_does_not_hold_is_a_gap(tmp_path):
    inventory = load_export(written(tmp_path, WHOLE)).inventory()
    with pytest.raises(NotCollected):
        list(inventory.of(Account))
    found = list(audit(inventory, controls()))
    assert {f.status for f in found if f.practice is not Practice.IDENTITY} == {Status.UNKNOWN}


@pytest.mark.parametrize("more", [{"IsTruncated": True, "Marker": "x"}, {"NextToken": "x"}])
def test_an_export_of_some_pages_proves_no_absence(tmp_path, more):
    inventory = load_export(written(tmp_path, WHOLE | more)).inventory()
    assert {kind for kind, region in inventory.unlisted if region == GLOBAL} >= {User, Group, Role, ManagedPolicy}


def test_a_list_that_is_missing_is_a_gap_of_its_kind_alone(tmp_path):
    inventory = load_export(written(tmp_path, {"RoleDetailList": [ROLE]})).inventory()
    assert (User, GLOBAL) in inventory.unlisted
    assert (Role, GLOBAL) not in inventory.unlisted


@pytest.mark.parametrize("entry", [None, 3, [], {}, {"Arn": None}, {"RoleName": "x"}])
def test_an_entry_that_cannot_be_named_is_a_gap_and_the_others_are_kept(tmp_path, entry):
    inventory = load_export(written(tmp_path, WHOLE | {"RoleDetailList": [entry, ROLE]})).inventory()
    assert (Role, GLOBAL) in inventory.unlisted
    assert [one.arn for one in inventory] == [ROLE["Arn"]]


def test_policies_of_aws_that_nobody_has_are_left_out_as_in_a_collection(tmp_path):
    policy = {"PolicyName": "X", "Arn": "arn:aws:iam::aws:policy/X", "AttachmentCount": 0, "PolicyVersionList": []}
    assert not list(load_export(written(tmp_path, WHOLE | {"Policies": [policy]})).inventory().of(ManagedPolicy))
    held = policy | {"AttachmentCount": 1}
    assert len(load_export(written(tmp_path, WHOLE | {"Policies": [held]})).inventory().of(ManagedPolicy)) == 1


def test_the_partition_is_that_of_the_entries(tmp_path):
    role = ROLE | {"Arn": f"arn:aws-cn:iam::{ACCOUNT}:role/train"}
    about = load_export(written(tmp_path, WHOLE | {"RoleDetailList": [role]})).about
    assert (about.partition, about.account) == ("aws-cn", ACCOUNT)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "is not JSON"),
        ("{", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ("[]", "holds no JSON object"),
        ("3", "holds no JSON object"),
        ({}, "it is not GetAccountAuthorizationDetails"),
        ({"Roles": []}, "it is not GetAccountAuthorizationDetails"),
        ({"RoleDetailList": 3, "Policies": "x"}, "it is not GetAccountAuthorizationDetails"),
    ],
)
def test_another_file_is_named_in_one_line(tmp_path, content, says):
    path = written(tmp_path, content)
    with pytest.raises(RunError) as error:
        load_export(path)
    assert str(error.value).startswith(str(path))
    assert says in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"\xff", b"\x80abc"])
def test_bytes_that_are_no_text_are_not_json(tmp_path, content):
    path = tmp_path / "details.json"
    path.write_bytes(content)
    with pytest.raises(RunError, match="is not JSON"):
        load_export(path)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(sorted(ROLE)), inner, max_size=4),
    max_leaves=8,
)


@given(changed=st.dictionaries(st.sampled_from(sorted(ROLE)), JSON, max_size=4), others=JSON)
def test_whatever_the_entries_hold_it_loads_or_is_said_to_be_unreadable(tmp_path_factory, changed, others):
    folder = tmp_path_factory.mktemp("export")
    document = WHOLE | {"RoleDetailList": [ROLE | changed], "UserDetailList": others}
    inventory = load_export(written(folder, document)).inventory()
    assert all(set(one.known()) | set(one.gaps) for one in inventory)
    assert list(audit(inventory, controls()))


@pytest.mark.skipif(not REAL.is_file(), reason=f"there is no {REAL}; HEXWARD_SHARED names the folder of real inputs")
def test_judges_the_identities_of_a_real_export():
    inventory = load_export(REAL).inventory()
    found = list(audit(inventory, controls()))
    assert inventory.account == "012345678901"
    assert {len(inventory.of(kind)) for kind in (User, Role)} == {3}
    admins = {
        f.resource.rpartition("/")[2]
        for f in found
        if f.control == "identity.user_no_admin" and f.status is Status.FAIL
    }
    assert {"contractor-1", "userwithlotsofpermissions"} <= admins
    assert {f.status for f in found if f.practice is not Practice.IDENTITY} == {Status.UNKNOWN}


def test_an_export_without_any_role_was_filtered_and_proves_no_absence(tmp_path):
    path = tmp_path / "export.json"
    path.write_text('{"UserDetailList": [], "GroupDetailList": [], "RoleDetailList": [], "Policies": []}')
    assert load_export(path).inventory().of(Role).gaps
