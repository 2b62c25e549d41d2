import importlib.util
import sys
from pathlib import Path

import pytest

from hexward.controls import Control
from hexward.controls.control import ControlError
from hexward.inventory import User
from hexward.model import Fault
from tests.build import NOW, inventory, seen

TEXT = '''"""A control that only this test knows.

Why: to see what the decorator makes of a rule.

Fix: nothing.
"""

from hexward.controls import control
from hexward.inventory import Inventory, User
from hexward.model import Severity


@control(severity=Severity.LOW, source="https://docs.aws.amazon.com/")
def sample({parameters}):
    yield str({says})
'''


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def make(parameters: str, says: str = "''", name: str = "sample") -> Control:
        path = tmp_path / f"{name}.py"
        path.write_text(TEXT.format(parameters=parameters, says=says))
        module_name = f"hexward.controls.identity.{name}"
        spec = importlib.util.spec_from_file_location(module_name, path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        monkeypatch.setitem(sys.modules, module_name, module)
        spec.loader.exec_module(module)
        control: Control = module.sample
        return control

    return make


def test_a_rule_of_two_parameters_is_handed_the_inventory_even_if_it_uses_no_other_kind(made):
    control = made("user: User, inventory: Inventory", "inventory.collected_at")
    assert list(control.faults(seen(User), inventory())) == [Fault(str(NOW))]


def test_a_rule_of_one_parameter_is_handed_the_record_alone(made):
    control = made("user: User", "user.arn")
    assert list(control.faults(seen(User, "arn:aws:iam::1:user/a"), inventory())) == [Fault("arn:aws:iam::1:user/a")]


def test_the_rule_must_be_named_for_its_file_and_say_what_it_judges(made):
    with pytest.raises(ControlError, match="named for its file"):
        made("user: User", name="other")
    with pytest.raises(ControlError, match="annotated with the kind"):
        made("user")
