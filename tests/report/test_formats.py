import csv as reader
import io
import json
from html import unescape

import botocore.session
import pytest
from botocore.validate import ParamValidator
from hypothesis import given
from hypothesis import strategies as st

from hexward.model import Status
from hexward.report import asff, csv, html, markdown, ocsf, sarif
from tests.build import ACCOUNT
from tests.report.documents import HOSTILE, audit, finding, hostile

ALL = (asff, csv, html, markdown, ocsf, sarif)
every_format = pytest.mark.parametrize("form", ALL, ids=lambda f: f.__name__.rpartition(".")[2])


@every_format
def test_equal_audits_give_equal_bytes(form):
    assert form.render(hostile()) == form.render(hostile())


@every_format
@given(text=st.text(max_size=60))
def test_no_text_of_the_account_writes_a_control_character(form, text):
    shown = form.render(audit(finding(text), gap=text))
    assert not {c for c in shown if c != "\n" and not c.isprintable()}


@pytest.mark.parametrize("form", [asff, ocsf, sarif], ids=["asff", "ocsf", "sarif"])
@given(text=st.text(max_size=60))
def test_json_formats_parse_whatever_the_account_holds(form, text):
    assert json.loads(form.render(audit(finding(text))))


@given(text=st.sampled_from("=+-@\t\r").flatmap(lambda first: st.text(max_size=30).map(lambda rest: first + rest)))
def test_no_cell_is_a_formula(text):
    rows = list(reader.reader(io.StringIO(csv.render(audit(finding(text))))))
    assert len(rows) == 2
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in rows[1])


def test_csv_holds_every_finding_and_its_fingerprint():
    one = finding("arn:aws:s3:::b", Status.PASS)
    [row] = reader.DictReader(io.StringIO(csv.render(audit(one))))
    assert (row["status"], row["resource"], row["fingerprint"]) == ("pass", "arn:aws:s3:::b", one.fingerprint)


def test_asff_is_what_security_hub_takes():
    document = json.loads(asff.render(hostile()))
    shape = (
        botocore.session.get_session()
        .get_service_model("securityhub")
        .operation_model("BatchImportFindings")
        .input_shape
    )
    assert shape is not None
    assert not ParamValidator().validate(document, shape).has_errors()
    assert all(len(json.dumps(one)) < 240_000 for one in document["Findings"])
    assert {one["AwsAccountId"] for one in document["Findings"]} == {ACCOUNT}


def test_asff_keeps_within_the_limits_of_texts():
    [one] = json.loads(asff.render(audit(finding("x" * 5000))))["Findings"]
    assert len(one["Description"]) == 1024
    assert len(one["Resources"][0]["Id"]) <= 512


def test_what_is_unknown_is_a_warning_and_never_passed():
    document = audit(finding("a", Status.UNKNOWN))
    assert json.loads(asff.render(document))["Findings"][0]["Compliance"]["Status"] == "WARNING"
    assert json.loads(ocsf.render(document))[0]["compliance"]["status_id"] == 0
    assert json.loads(sarif.render(document))["runs"][0]["results"][0]["kind"] == "open"


def test_sarif_points_every_result_to_its_rule():
    [run] = json.loads(sarif.render(audit(finding("a", number=3), finding("b", number=1))))["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert [rules[result["ruleIndex"]] for result in run["results"]] == [result["ruleId"] for result in run["results"]]
    assert all(result["level"] == "error" for result in run["results"])


def test_markdown_keeps_what_the_account_says_in_code():
    text = markdown.render(hostile())
    for line in text.splitlines():
        if line.startswith("- "):
            assert line.count("`") % 2 == 0
            outside = "".join(line.split("`")[::2])
            assert "<" not in outside
            assert "[link]" not in outside


def test_html_has_nothing_that_could_run():
    text = html.render(hostile())
    for hostile_text in HOSTILE[:2]:
        assert hostile_text not in text
    assert text.count("<script") == 2
    assert "require-trusted-types-for 'script'" in unescape(text)


def test_html_sources_hold_no_door_for_text_to_run():
    folder = html.__file__.replace("html.py", "")
    for name in ("html.py", "page/audit.html", "page/page.js"):
        with open(folder + name, encoding="utf-8") as file:  # noqa: PTH123
            source = file.read()
        for door in (
            "|safe",
            "Markup(",
            "innerHTML",
            "insertAdjacentHTML",
            "onclick",
            "style=",
            "document.write",
            "eval(",
        ):
            assert door not in source, f"{name}: {door}"


def test_ten_thousand_findings_stay_below_two_megabytes():
    arns = (f"arn:aws:sagemaker:us-east-1:{ACCOUNT}:notebook-instance/research-notebook-{n}" for n in range(10_000))
    assert len(html.render(audit(*(finding(arn, number=n % 70) for n, arn in enumerate(arns))))) < 2_000_000


@pytest.mark.parametrize("form", [asff, ocsf, sarif], ids=["asff", "ocsf", "sarif"])
def test_half_a_surrogate_pair_in_a_name_stops_no_report(form):
    assert json.loads(form.render(audit(finding("a\ud800"), gap="b\udfff")))
