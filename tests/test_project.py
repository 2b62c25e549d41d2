"""Promises about the project itself: its locks, its tree, its sizes, and what no file may say."""

import ast
import re
import socket
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
EXTRAS: dict[str, list[str]] = PROJECT["project"]["optional-dependencies"]
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
TRACKED = [
    Path(name)
    for name in subprocess.run(
        ["git", "ls-files", "-z"],  # noqa: S607  (whichever git checked the project out)
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split("\0")
    if name and (ROOT / name).is_file()
]
MODULES = [path for path in TRACKED if path.suffix == ".py" and path.parts[0] == "src"]

TREE = {
    *("aws", "inventory", "events", "iam", "frameworks", "collect", "controls", "detections", "change"),
    *("report", "response", "blueprint", "drill", "web", "cli"),
}
DUSTBINS = {"utils", "util", "core", "common", "lib", "base", "helpers", "misc"}

# The folders in which AWS's own notebooks and instances keep their files are facts, not somebody's machine.
MACHINE_PATH = re.compile(r"(?<![\w.~-])/(?:tmp|root|work|home/(?!ec2-user|sagemaker-user)[a-z][\w-]*)/")
INDEX_HOST = re.compile(r"https?://|file://|--(?:extra-)?index-url|--find-links|^-i ", re.MULTILINE)


def pins(lock: Path) -> dict[str, str]:
    """Return the locked version of each package."""
    return dict(re.findall(r"^([a-z0-9-]+)==([^ ;\\]+)", lock.read_text(), re.MULTILINE))


def lock(name: str) -> dict[str, str]:
    """Return the pins of one lock by its name."""
    return pins(ROOT / "requirements" / f"{name}.txt")


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.stem)
def test_a_lock_names_no_package_index(path):
    assert INDEX_HOST.search(path.read_text()) is None


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.stem)
def test_every_locked_package_has_a_hash(path):
    entries = re.split(r"^(?=[a-z0-9-]+==)", path.read_text(), flags=re.MULTILINE)[1:]
    assert entries
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_no_lock_is_kept_in_a_form_that_names_an_index():
    assert [path for path in TRACKED if path.name in {"uv.lock", "poetry.lock", "Pipfile.lock"}] == []


@pytest.mark.parametrize("extra", EXTRAS)
def test_every_extra_has_content_and_a_lock(extra):
    assert EXTRAS[extra]
    assert (ROOT / "requirements" / f"{extra}.txt").is_file()


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("core", PROJECT["project"]["dependencies"]),
        ("dev", PROJECT["dependency-groups"]["dev"]),
        ("build", PROJECT["dependency-groups"]["build"]),
        *EXTRAS.items(),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_lock_holds_what_the_project_asks_for(name, wanted):
    locked = lock(name)
    for requirement in map(Requirement, wanted):
        assert requirement.specifier.contains(locked[canonicalize_name(requirement.name)])


@pytest.mark.parametrize(("smaller", "larger"), [("core", "demo"), ("demo", "dev")])
def test_a_larger_lock_holds_a_smaller_one(smaller, larger):
    assert lock(smaller).items() <= lock(larger).items()


def test_the_python_version_is_3_13():
    assert (ROOT / ".python-version").read_text() == "3.13\n"


def test_no_file_names_a_path_of_one_machine():
    found = []
    for path in TRACKED:
        text = (ROOT / path).read_bytes().decode(errors="replace")
        found += [f"{path}: {match.group()}" for match in MACHINE_PATH.finditer(text)]
    assert found == []


def test_the_only_folders_of_the_package_are_those_of_the_tree_and_each_has_content():
    package = Path("src/hexward")
    inside = [path.relative_to(package) for path in TRACKED if path.is_relative_to(package)]
    folders = {path.parts[0] for path in inside if len(path.parts) > 1}
    filled = {path.parts[0] for path in inside if len(path.parts) > 1 and (ROOT / package / path).stat().st_size}
    assert folders <= TREE
    assert folders == filled


def test_no_module_is_named_for_a_dustbin():
    assert [path for path in MODULES if DUSTBINS & {*path.with_suffix("").parts}] == []


def test_modules_stay_under_300_lines():
    sizes = {str(path): len((ROOT / path).read_text().splitlines()) for path in MODULES}
    assert {path: size for path, size in sizes.items() if size > 300} == {}


def test_functions_stay_under_40_lines():
    long = [
        f"{path}:{node.lineno} {node.name}"
        for path in MODULES
        for node in ast.walk(ast.parse((ROOT / path).read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno >= 40
    ]
    assert long == []


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "sts.amazonaws.com"])
def test_no_test_can_reach_another_machine(host):
    with pytest.raises(pytest.fail.Exception, match="loopback alone"):
        socket.create_connection((host, 443), timeout=1)
