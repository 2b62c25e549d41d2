import json as reader
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, ValidationError
from msgspec import structs

from hexward.controls import controls
from hexward.inventory import Bucket, Inventory, Key
from hexward.model import Gap, Kind, Practice, Reason, Severity, Status
from hexward.report import Audit, judged
from hexward.report.json import render
from tests.build import ACCOUNT, NOW, REGION
from tests.report.documents import audit, finding, hostile
from tests.test_catalog import example

SCHEMA = reader.loads(files("hexward.report").joinpath("schema/audit.v1.json").read_text())
VALID = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)
DENIED = Gap(Reason.DENIED, "no", "kms:GetKeyPolicy", "kms:GetKeyPolicy", ACCOUNT, REGION)


def whole() -> Audit:
    """Judge what every control's own test gives as bad, by all controls at once, with a kind that was refused."""
    bad = {(type(one), one.arn): one for control in controls() for one in example(control, "FAIL")}
    records = [one.punched("policy", DENIED) if isinstance(one, Key) else one for one in bad.values()]
    return judged(Inventory(ACCOUNT, NOW, (REGION,), records, {(Bucket, "aws-global"): DENIED}), controls())


def test_the_schema_is_one():
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("document", [whole, hostile, audit], ids=["all controls", "hostile", "empty"])
def test_every_document_is_what_the_schema_says(document):
    VALID.validate(reader.loads(render(document())))


def test_the_document_that_is_held_to_the_schema_has_every_practice_and_status():
    assert {f.practice for f in whole().findings} == set(Practice)
    # Nothing is excepted without an exception; tests/controls/test_exceptions.py has those.
    assert {f.status for f in whole().findings} == set(Status) - {Status.EXCEPTED}


def test_the_schema_has_our_words():
    fields = SCHEMA["$defs"]["finding"]["properties"]
    assert fields["practice"]["enum"] == list(Practice)
    assert fields["kind"]["enum"] == list(Kind)
    assert fields["status"]["enum"] == list(Status)
    assert fields["severity"]["enum"] == [str(level) for level in Severity]
    assert SCHEMA["$defs"]["gap"]["properties"]["reason"]["enum"] == list(Reason)


@pytest.mark.parametrize(
    "change", [{"findings": None}, {"schema": "hexward.audit/v2"}, {"extra": 1}, {"account": 1}], ids=str
)
def test_another_document_is_noticed(change):
    with pytest.raises(ValidationError):
        VALID.validate(reader.loads(render(hostile())) | change)


@pytest.mark.parametrize("document", [whole, hostile], ids=["all controls", "hostile"])
def test_equal_audits_give_equal_bytes(document):
    assert render(document()) == render(document())


@given(text=st.text(st.characters(exclude_categories=[])))
def test_whatever_the_account_holds_is_read_again_the_same(text):
    told = reader.loads(
        render(audit(structs.replace(finding("arn"), says=text, evidence={"field": text}), gap="gap " + text))
    )
    plain = text.encode("utf-8", "replace").decode()
    assert told["findings"][0]["says"] == plain
    assert told["findings"][0]["evidence"] == {"field": plain}
    assert told["gaps"][0]["detail"] == "gap " + plain
