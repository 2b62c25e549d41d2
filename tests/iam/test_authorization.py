"""What is known of actions: the file itself, its door, and that our own facts agree with it."""

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

import hexward
from data import authorization as made
from hexward.iam import authorization
from hexward.iam.authorization import (
    Level,
    Resource,
    actions_of,
    condition_keys,
    documented,
    name_of,
    services,
    under_rcps,
    without_resources,
)

SOURCE = Path(hexward.__file__).parent
FILE = SOURCE / "iam/authorization.zip"

UNDOCUMENTED = {"sagemaker:InvokeEndpointWithBidirectionalStream"}
"""An action that policies must name, as those who use it found, and that the reference leaves out."""


def test_an_action_has_a_level_resources_keys_and_dependents():
    known = documented("sagemaker:createtrainingjob")
    assert known is not None
    assert (known.name, known.level) == ("sagemaker:CreateTrainingJob", Level.WRITE)
    job = "arn:${Partition}:sagemaker:${Region}:${Account}:training-job/${TrainingJobName}"
    tags = ("aws:ResourceTag/${TagKey}", "sagemaker:ResourceTag/${TagKey}")
    assert Resource("training-job", job, required=True, keys=tags) in known.resources
    assert "sagemaker:VpcSubnets" in known.keys
    assert known.dependents == ("iam:PassRole", "sagemaker:AddTags")


@pytest.mark.parametrize(
    ("action", "level"),
    [
        ("s3:PutBucketPolicy", Level.PERMISSIONS),
        ("s3:PutObjectTagging", Level.TAGGING),
        ("s3:GetObject", Level.READ),
        ("s3:ListBucket", Level.LIST),
        ("s3:PutObject", Level.WRITE),
    ],
)
def test_levels_are_those_that_the_console_tells(action, level):
    known = documented(action)
    assert known
    assert known.level is level


@pytest.mark.parametrize(
    "name", ["s3:ListBuckets", "unheard-of:Do", "../about:x", "services/s3:GetObject", "s3", "", ":"]
)
def test_what_is_not_known_is_no_error(name):
    service = name.partition(":")[0]
    assert documented(name) is None
    if service != "s3":
        assert (actions_of(service), without_resources(service), dict(condition_keys(service))) == ((), frozenset(), {})
        assert name_of(service) == ""


def test_an_action_that_is_newer_than_the_list_of_dependents_may_need_others():
    assert any((known := documented(one)) and known.dependents is None for one in actions_of("bedrock-agentcore"))


def test_an_action_without_resources_is_allowed_on_all_alone():
    assert "s3:listallmybuckets" in without_resources("s3")
    assert "s3:getobject" not in without_resources("s3")


def test_condition_keys_have_types():
    assert condition_keys("iam")["iam:PassedToService"] == "String"
    assert condition_keys("s3")["aws:TagKeys"] == "ArrayOfString"


def test_the_services_under_resource_control_policies_are_known():
    assert under_rcps() < services()
    assert {"s3", "sts", "kms"} <= under_rcps()
    assert "sagemaker" not in under_rcps()


@pytest.mark.parametrize("service", sorted(services()))
def test_every_service_can_be_read_and_its_names_are_unique_in_any_case(service):
    names = actions_of(service)
    assert len({name.lower() for name in names}) == len(names)
    known = [one for name in names if (one := documented(name))]
    assert [one.name for one in known] == list(names)
    # No kind of resource stands twice, and every key has a type.
    for one in known:
        assert len({resource.kind for resource in one.resources}) == len(one.resources)
        assert {*one.keys, *(key for each in one.resources for key in each.keys)} <= condition_keys(service).keys()


def test_the_file_is_small_dated_and_tells_its_licences():
    assert FILE.stat().st_size < 1_000_000
    assert re.fullmatch(r"20\d\d-\d\d-\d\d", authorization.about().date)
    with ZipFile(FILE) as archive:
        licence = archive.read("LICENSE").decode()
    assert licence.count("Permission is hereby granted, free of charge") == 2
    assert str(made.FACTS) == authorization.about().source
    assert str(made.DEPENDENTS) == authorization.about().dependents_source


def test_the_command_line_and_a_decision_do_not_read_it():
    code = """
import sys
import hexward.cli
assert "hexward.iam.authorization" not in sys.modules
from hexward.iam import Policies, Request, decide
allow = '{"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}'
decide(Request("arn:aws:iam::111122223333:role/a", "s3:GetObject", "arn:aws:s3:::b/c"), Policies(identity=(allow,)))
from hexward.iam import authorization
assert not authorization._archive.cache_info().currsize
"""
    subprocess.run([sys.executable, "-c", code], check=True)


# What the script makes.

ACTION = {"name": "Do", "accessLevel": "Tagging, Write", "conditionKeys": ["b:k", "a:k"]}
ROW = {"name": "thing", "required": False, "conditionKeys": ["a:k"]}


def test_rows_of_the_same_kind_are_one_and_all_is_sorted():
    action = {**ACTION, "resourceTypes": [ROW, {**ROW, "required": True, "conditionKeys": ["b:k"]}]}
    keys = {"b:k": {"key": "b:k", "type": "Bool"}, "a:k": {"key": "a:k", "type": "String"}}
    things = {"thing": {"key": "thing", "arn": "arn:x"}}
    assert made.service("x", {"do": action}, things, keys, {"x:do": {"y:B", "y:A"}}) == {
        "actions": {"Do": ["Tagging", [["thing", True, ["a:k", "b:k"]]], ["a:k", "b:k"], ["y:A", "y:B"]]},
        "resources": {"thing": ["arn:x", []]},
        "keys": {"a:k": "String", "b:k": "Bool"},
    }


def test_an_action_that_the_second_package_lacks_has_unknown_dependents():
    found = made.service("x", {"do": {**ACTION, "resourceTypes": []}}, {}, {}, {"x:other": set()})
    assert found["actions"] == {"Do": ["Tagging", [], ["a:k", "b:k"], None]}


def test_the_same_texts_give_the_same_bytes(tmp_path):
    with ZipFile(FILE) as archive:
        texts = {name: archive.read(name).decode() for name in archive.namelist()}
    for name in ("a", "b"):
        made.pack(texts, tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_a_package_that_is_another_than_expected_is_refused(tmp_path):
    package = made.Package("p", "1", "p-{}.tgz", "0" * 64, ("false",))
    (tmp_path / "p-1.tgz").write_bytes(b"other")
    with pytest.raises(
        SystemExit, match=r"p-1\.tgz has the SHA-256 d9298a10d1b0735837dc4bd85dac641b0f3cef27a47e5d53a54f2f3f5b2fcffa"
    ):
        package.read(tmp_path)


# Our own facts.

NAME = re.compile(r"([a-z][a-z0-9-]*):[A-Za-z][A-Za-z0-9-]*")


def names_in(module: Path) -> Iterator[str]:
    """Yield the whole texts of a module that look like an action or a condition key of a service that is known."""
    tree = ast.parse(module.read_text())
    parts = {id(part) for each in ast.walk(tree) if isinstance(each, ast.JoinedStr) for part in each.values}
    for each in ast.walk(tree):
        if isinstance(each, ast.Constant) and isinstance(each.value, str) and id(each) not in parts:
            found = NAME.fullmatch(each.value)
            if found and found[1] in services():
                yield each.value


WRITTEN = sorted(
    (name, str(module.relative_to(SOURCE)))
    for folder in ("controls", "iam")
    for module in (SOURCE / folder).rglob("*.py")
    for name in set(names_in(module))
)


@pytest.mark.parametrize(("name", "module"), WRITTEN)
def test_controls_and_proofs_name_actions_and_keys_that_exist(name, module):
    del module
    service = name.partition(":")[0]
    keys = {key.lower() for key in condition_keys(service)}
    known = documented(name)
    assert known or name.lower() in keys or name in UNDOCUMENTED
    assert known is None or name in {known.name, known.name.lower()}


def test_what_is_documented_by_then_is_no_exception():
    assert not [name for name in UNDOCUMENTED if documented(name)]
    assert {name for name, _ in WRITTEN} >= UNDOCUMENTED


def keys_of(action: str) -> set[str]:
    known = documented(action)
    assert known, action
    assert known.name == action
    return {key.lower() for key in (*known.keys, *(key for one in known.resources for key in one.keys))}


def read(name: str) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = json.loads(files("hexward.iam").joinpath(name).read_text())
    return found


GUARDS = [statement for guard in read("guardrails.json").values() for statement in guard["Statement"]]
WAYS = [way for one in read("breaches.json").values() for step in one["steps"] for way in step["ways"]]


@pytest.mark.parametrize("statement", GUARDS, ids=lambda one: one["Sid"])
def test_guardrails_name_documented_actions_and_their_keys(statement):
    used = {key for block in statement.get("Condition", {}).values() for key in block}
    for action in statement["Action"]:
        assert {key.lower() for key in used if not key.startswith("aws:")} <= keys_of(action)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way["actions"][0])
def test_breaches_name_documented_actions_their_keys_and_their_resources(way):
    for action in way["actions"]:
        assert {key.lower() for key in way["context"] if not key.startswith("aws:")} <= keys_of(action)
        known = documented(action)
        assert known
        assert way["resource"].split(":")[2] in {one.arn.split(":")[2] for one in known.resources}
