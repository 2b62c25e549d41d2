from datetime import date

import msgspec
import pytest

from hexward.controls import score
from hexward.controls.exceptions import Exceptions, Exempt, apply, read_exceptions
from hexward.model import Severity, Status, UsageError
from hexward.report import csv, html, sarif
from tests.report.documents import audit, finding

TODAY = date(2026, 3, 2)
GOOD = """
[[exception]]
control = "network.notebook_no_internet"
resource = "arn:aws:sagemaker:us-east-1:111122223333:notebook-instance/lab"
owner = "ml-platform@example.com"
reason = "moves to a private subnet with SEC-12"
expires = 2026-03-02
"""


@pytest.fixture
def settings(tmp_path):
    def write(text: str):
        path = tmp_path / "hexward.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def exempt(**fields: object) -> Exempt:
    given = {"control": "network.example_0", "resource": "a", "owner": "o", "reason": "r", "expires": TODAY} | fields
    return msgspec.convert(given, Exempt)


def applied(entry: Exempt, *findings):
    return apply(findings, Exceptions((entry,)), TODAY)


def test_reads_a_well_formed_exception(settings):
    read = read_exceptions(settings(GOOD))
    assert read.problems == ()
    assert read.entries[0].expires == TODAY


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('owner = "ml-platform@example.com"', "", "missing required field `owner`"),
        ('reason = "moves to a private subnet with SEC-12"', 'reason = " "', "reason is empty"),
        ("expires = 2026-03-02", 'expires = "soon"', "expires"),
        ("network.notebook_no_internet", "network.notebook_no_internett", "there is no control"),
        ("notebook-instance/lab", "notebook-instance/*/x", "without wildcards"),
        ("owner =", "ownr = 1\nowner =", "unknown field `ownr`"),
    ],
)
def test_a_malformed_exception_does_not_count_and_says_why(settings, old, new, problem):
    read = read_exceptions(settings(GOOD.replace(old, new)))
    assert read.entries == ()
    assert problem in read.problems[0]


@pytest.mark.parametrize("text", ["[[exception]\n", "\x00", "exception = 1\n[exception]"])
def test_a_file_that_is_no_toml_is_an_error_of_the_user(settings, text):
    with pytest.raises(UsageError, match=r"hexward\.toml"):
        read_exceptions(settings(text))


def test_the_last_day_counts_and_the_day_after_brings_the_finding_back():
    one = finding("a")
    assert applied(exempt(), one).findings[0].status is Status.EXCEPTED
    later = apply([one], Exceptions((exempt(),)), date(2026, 3, 3))
    assert later.findings == (one,)
    assert "ended on 2026-03-02" in later.problems[0]


@pytest.mark.parametrize(
    "change", [{"resource": "ab"}, {"control": "network.example_1"}, {"region": "eu-west-1"}, {"aspect": "b"}]
)
def test_an_exception_covers_exactly_what_it_names(change):
    one = finding("a")
    assert applied(exempt(**change), one).findings == (one,)


@pytest.mark.parametrize("status", [Status.PASS, Status.UNKNOWN, Status.NOT_APPLICABLE])
def test_only_a_fault_can_be_accepted_and_an_exception_without_one_is_stale(status):
    found = applied(exempt(), finding("a", status))
    assert found.findings[0].status is status
    assert "meets no fault" in found.problems[0]


def test_a_control_that_was_not_judged_leaves_its_exceptions_alone():
    assert apply([], Exceptions((exempt(),)), TODAY).problems == ()


def test_an_accepted_fault_is_left_out_of_the_score_and_the_failures():
    document = audit(*applied(exempt(), finding("a"), finding("b", number=1)).findings)
    assert [f.resource for f in document.failed(Severity.LOW)] == ["b"]
    assert score(document.findings).failed == 1


def test_reports_show_who_accepts_a_fault_and_until_when():
    document = audit(*applied(exempt(owner="alice", reason="SEC-12"), finding("a")).findings)
    assert "alice" in html.render(document)
    assert "2026-03-02" in html.render(document)
    assert '"suppressions"' in sarif.render(document)
    assert "excepted" in csv.render(document)
