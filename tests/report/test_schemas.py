"""Each format that others publish a schema of is held to it: every control's faults, unseen things and hostile texts."""

import json
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator, Draft202012Validator, ValidationError
from jsonschema.protocols import Validator
from msgspec import structs
from ocsf_json_schema import OcsfJsonSchemaEmbedded, get_ocsf_schema

from hexward.model import Alert, Severity, Status
from hexward.report import Audit, detection_finding, ocsf, sarif
from tests.report.documents import audit, finding, hostile
from tests.report.test_json import whole


def accepted() -> Audit:
    exception = {"owner": "a", "reason": "b", "expires": "2027-01-01"}
    return audit(structs.replace(finding("arn", Status.EXCEPTED), evidence={"exception": exception}))


every_document = pytest.mark.parametrize(
    "document", [whole, hostile, accepted, audit], ids=["all controls", "hostile", "accepted", "empty"]
)


@cache
def of_sarif() -> Validator:
    """Return the published schema, without its descriptions; `data/make.py` tells where it is from."""
    return Draft4Validator(json.loads(Path(__file__).with_name("data").joinpath("sarif-2.1.0.json").read_text()))


@cache
def of_ocsf(name: str = "compliance_finding") -> Validator:
    schema = OcsfJsonSchemaEmbedded(get_ocsf_schema(ocsf.VERSION))
    return Draft202012Validator(schema.get_class_schema(name, ["cloud"]))


@every_document
def test_sarif_is_what_its_schema_says(document: Callable[[], Audit]):
    of_sarif().validate(json.loads(sarif.render(document())))


@every_document
def test_ocsf_is_what_its_schema_says(document: Callable[[], Audit]):
    for event in json.loads(ocsf.render(document())):
        of_ocsf().validate(event)


@pytest.mark.parametrize("change", [{"version": "2.2.0"}, {"runs": None}, {"strange": 1}], ids=str)
def test_another_sarif_is_noticed(change: dict[str, Any]):
    with pytest.raises(ValidationError):
        of_sarif().validate(json.loads(sarif.render(hostile())) | change)


@pytest.mark.parametrize("change", [{"class_uid": "x"}, {"metadata": {}}, {"time": "now"}, {"strange": 1}], ids=str)
def test_another_ocsf_is_noticed(change: dict[str, Any]):
    with pytest.raises(ValidationError):
        of_ocsf().validate(json.loads(ocsf.render(hostile()))[0] | change)


def test_what_somebody_accepted_is_suppressed_and_still_failed():
    [event] = json.loads(ocsf.render(accepted()))
    assert (event["status"], event["compliance"]["status"]) == ("Suppressed", "Fail")
    [result] = json.loads(sarif.render(accepted()))["runs"][0]["results"]
    assert result["suppressions"][0]["kind"] == "external"


ALERT = Alert(
    detection="trail.cloudtrail_stopped",
    level=Severity.CRITICAL,
    tactics=("defense-impairment",),
    time="2026-03-14T02:17:00Z",
    principal="arn:aws:iam::111122223333:user/\x1b[2J",
    account="111122223333",
    region="eu-west-1",
    events=("e1", "e2"),
    summary="CloudTrail stopped: somebody\u202e called cloudtrail:StopLogging",
    targets=("org-trail\u202e", "arn:aws:s3:::logs"),
)


def test_an_alert_in_ocsf_is_what_its_schema_says():
    line = detection_finding.line(ALERT)
    event = json.loads(line)
    of_ocsf("detection_finding").validate(event)
    assert event["finding_info"]["attacks"] == [{"tactic": {"name": "defense-impairment", "uid": "TA0112"}}]
    actor = event["evidences"][0]["actor"]["user"]["uid"]
    assert actor.startswith("arn:aws:iam::111122223333:user/")
    assert [one.keys() for one in event["resources"]] == [{"name"}, {"uid"}]
    assert "resources" not in json.loads(detection_finding.line(replace(ALERT, targets=())))
    assert not {"\x1b", "\u202e"} & {*event["message"], *actor, *event["resources"][0]["name"]}
    assert detection_finding.line(ALERT) == line
