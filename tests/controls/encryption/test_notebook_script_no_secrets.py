from hexward.controls.encryption.notebook_script_no_secrets import notebook_script_no_secrets
from hexward.inventory import NotebookLifecycleConfig
from hexward.inventory.secret_text import SecretHit
from hexward.model import Status
from tests.build import inventory, judge, seen


def config(created: tuple[SecretHit, ...] | None, started: tuple[SecretHit, ...] | None) -> NotebookLifecycleConfig:
    return seen(NotebookLifecycleConfig, name="setup", on_create_secrets=created, on_start_secrets=started)


PASS = inventory(config(None, ()))
FAIL = inventory(config(None, (SecretHit("private key", 3),)))


def test_each_line_of_each_script_is_told_of():
    one = config((SecretHit("access key id", 1),), (SecretHit("access key id", 1), SecretHit("private key", 2)))
    verdict = judge(notebook_script_no_secrets, one)
    assert verdict.status is Status.FAIL
    assert len({fault.aspect for fault in verdict.faults}) == 3
    assert verdict.faults[0].says == "line 1 of the script at creation seems to hold a secret: access key id"


def test_no_script_holds_nothing():
    assert judge(notebook_script_no_secrets, config(None, None)).status is Status.PASS
