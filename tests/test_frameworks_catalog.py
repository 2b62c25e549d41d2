"""The promises between controls and frameworks: ids are known, every risk is mapped, and what AWS judges and we do not is listed."""

import difflib
from pathlib import Path
from zipfile import ZipFile

import pytest

from hexward.controls import Control, controls
from hexward.frameworks import frameworks
from hexward.model import Kind

KNOWN = [f"{framework.id}:{one.id}" for framework in frameworks() for one in framework.requirements]

every_control = pytest.mark.parametrize("control", controls(), ids=lambda c: c.id)


def unknown(names: tuple[str, ...]) -> list[str]:
    """List the names that no framework holds, each with the likeliest that one does."""
    return [
        f"{name}: did you mean {difflib.get_close_matches(name, KNOWN, 3, 0.5)}?" for name in names if name not in KNOWN
    ]


@every_control
def test_serves_known_requirements_alone(control: Control):
    assert not unknown(control.frameworks)


@every_control
def test_names_each_requirement_once(control: Control):
    assert len(set(control.frameworks)) == len(control.frameworks)


@every_control
def test_a_risk_serves_one_framework_at_least(control: Control):
    assert control.frameworks or control.kind is not Kind.RISK


def test_a_misspelt_requirement_comes_with_the_likeliest():
    assert unknown(("AWS-FSBP:SageMaker1",)) == [
        "AWS-FSBP:SageMaker1: did you mean ['AWS-FSBP:SageMaker.1', 'AWS-FSBP:SageMaker.8', 'AWS-FSBP:SageMaker.5']?"
    ]


def test_requirements_are_unique():
    assert len(KNOWN) == len(set(KNOWN))


def test_each_of_awss_ai_controls_is_served():
    served = {name for control in controls() for name in control.frameworks}
    wanted = {name for name in KNOWN if name.startswith("AWS-AISBP:")}
    assert len(wanted) == 31
    assert wanted <= served


def test_the_wheel_holds_every_framework(tmp_path: Path):
    builder = pytest.importorskip("hatchling.builders.wheel")
    root = Path(__file__).parent.parent
    [wheel] = builder.WheelBuilder(str(root)).build(directory=str(tmp_path), versions=["standard"])
    held = {name for name in ZipFile(wheel).namelist() if name.startswith("hexward/frameworks/")}
    assert {f"hexward/frameworks/{framework.id.lower()}.yaml" for framework in frameworks()} <= held
