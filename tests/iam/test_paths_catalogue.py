"""Every path of the catalogue is open where all it takes is there, and closed where one thing of it is not."""

from dataclasses import replace

import pytest

from hexward.iam.paths.catalogue import Category, Path, catalogue
from tests.iam.walking import OTHER_SERVICE, passing, scene

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
