"""Every path of the catalogue is open where all it takes is there, and closed where one thing of it is not."""

import json
import re
from dataclasses import replace
from pathlib import Path as File

import pytest

from hexward.iam import glob
from hexward.iam.authorization import actions_of, documented, services, without_resources
from hexward.iam.paths.catalogue import OF_TARGET, Category, Path, catalogue
from tests.iam.walking import OTHER_SERVICE, passing, scene

FACTS = json.loads((File(__file__).parent / "data" / "role_calls.json").read_text())
"""Ids of published paths, and the calls of AI services that take a role by the shapes of their input."""

AI = re.compile("bedrock|sagemaker")
TAKE_A_ROLE = sorted(
    action
    for service in services()
    if AI.match(service)
    for action in actions_of(service)
    if "iam:PassRole" in (((known := documented(action)) and known.dependents) or ())
)
"""The calls of AI services that take a role by AWS's reference."""

OWN = {
    "role": ["arn:aws:iam::1:role/x"],
    "user": ["arn:aws:iam::1:user/x"],
    "group": ["arn:aws:iam::1:group/x"],
    "policy": ["arn:aws:iam::1:policy/x"],
    "self": ["arn:aws:iam::1:role/x", "arn:aws:iam::1:user/x"],
    "bucket": ["arn:aws:s3:::x", "arn:aws:s3:::x/x"],
    "key": ["arn:aws:kms:r:1:key/x"],
}
"""What the words for the target may stand for."""

PATHS = catalogue().paths
PASSING = [path for path in PATHS if path.passes]
THINGS = catalogue().things

every_path = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.id)
every_passing = pytest.mark.parametrize("path", PASSING, ids=lambda path: path.id)


def is_certain(path: Path) -> bool:
    """Say whether all that a path takes is collected."""
    words = [word for word in (*path.do.values(), path.needs) if word in THINGS]
    return not path.unknown and all(THINGS[word].collected for word in words)


@every_path
def test_is_open_where_all_it_takes_is_there_and_in_doubt_where_that_is_not_collected(path):
    ways = scene(path).ways()
    assert ways
    assert (ways[0].doubt == "") is is_certain(path), ways[0].doubt


@pytest.mark.parametrize(
    ("path", "action"),
    [(path, action) for path in PATHS for action in path.do],
    ids=lambda value: value if isinstance(value, str) else value.id,
)
def test_is_closed_without_one_of_its_permissions(path, action):
    assert scene(path, leave_out=(action,)).ways() == ()


@pytest.mark.parametrize(
    ("path", "action"),
    [(path, action) for path in PATHS for action in path.do],
    ids=lambda value: value if isinstance(value, str) else value.id,
)
def test_is_closed_by_a_service_control_policy_that_denies_one_of_its_actions(path, action):
    denies = ({"Effect": "Deny", "Action": action, "Resource": "*"},)
    assert replace(scene(path), scps=denies).ways() == ()


@every_path
def test_is_closed_by_a_boundary(path):
    assert replace(scene(path), boundary=True).ways() == ()


@every_passing
def test_is_closed_where_no_role_trusts_the_service(path):
    assert replace(scene(path), trusted=OTHER_SERVICE).ways() == ()


@every_passing
def test_is_open_to_whoever_may_pass_roles_to_its_service_and_closed_to_those_of_another(path):
    assert passing(path, path.to).ways()
    assert passing(path, OTHER_SERVICE).ways() == ()


@pytest.mark.parametrize(
    "path", [path for path in catalogue().of(Category.EXISTING) if is_certain(path)], ids=lambda path: path.id
)
def test_is_closed_where_nothing_runs_under_the_role(path):
    assert replace(scene(path), things=False).ways() == ()


def test_holds_every_published_path():
    published = {path.id for path in PATHS if path.by == "pathfinding"}
    assert published == set(FACTS["pathfinding"])
    assert len(published) == 65


@pytest.mark.parametrize("action", sorted({*TAKE_A_ROLE, *FACTS["shapes"]}))
def test_every_call_of_an_ai_service_that_takes_a_role_is_a_path_or_has_a_reason_to_be_none(action):
    taken = {one for path in PATHS for one in path.do}
    assert (action in taken) is not (action in catalogue().without_gain)


@every_path
def test_names_documented_actions_and_kinds_of_things_alone(path):
    for action, word in path.do.items():
        service = action.partition(":")[0]
        assert action in actions_of(service)
        assert word == "*" or word in OF_TARGET or word.removeprefix("+") in THINGS
        # An action that knows no resources is allowed by a policy on all of them alone.
        assert word == "*" or action.lower() not in without_resources(service)


def test_knows_of_calls_that_take_a_role():
    assert len(TAKE_A_ROLE) >= 50


@pytest.mark.parametrize(
    ("action", "word"),
    sorted({(action, word.removeprefix("+")) for path in PATHS for action, word in path.do.items() if word != "*"}),
)
def test_every_kind_of_thing_is_one_that_the_action_is_done_to(action, word):
    known = documented(action)
    assert known
    like = [glob.matcher(re.sub(r"\$\{\w+\}", "*", one.arn).lower()) for one in known.resources]
    things = OWN.get(word) or [THINGS[word].arn.format(partition="aws", region="r", account="1", name="x")]
    assert any(matches(arn.lower()) for matches in like for arn in things)


@every_path
def test_says_what_is_passed_to_whom_and_where_it_stands_written(path):
    assert path.passes == bool(path.to)
    assert path.by in catalogue().sources
    assert path.source.startswith("https://")
    assert 12 <= len(path.title) <= 100


def test_ids_are_unique_and_nothing_is_left_unused():
    ids = [path.id for path in PATHS]
    assert len(ids) == len(set(ids))
    used = {word.removeprefix("+") for path in PATHS for word in (*path.do.values(), path.needs)}
    assert used >= THINGS.keys()
    assert {path.was for path in PATHS if path.was}.isdisjoint(catalogue().left_out)
