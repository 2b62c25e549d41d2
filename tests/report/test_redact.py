import importlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from hexward.model import Finding, Gap, Reason, Status
from hexward.report import Audit
from hexward.report.redact import redacted
from tests.build import ACCOUNT
from tests.report.documents import audit, finding
from tests.report.test_json import whole

FORMATS = ("asff", "csv", "html", "json", "markdown", "ocsf", "sarif")
CHOSEN = "brightwell"
"""Stands in every text that somebody in the account may have chosen."""


def telling(status: Status) -> Finding:
    exception = {"owner": CHOSEN, "reason": CHOSEN, "expires": CHOSEN}
    evidence: dict[str, object] = {
        "field": f"policy.{CHOSEN}",
        "value": [CHOSEN],
        "exception": exception,
        "call": "s3:GetBucketPolicy",
    }
    gap = Gap(Reason.DENIED, CHOSEN, "s3:GetBucketPolicy", "s3:GetBucketPolicy", CHOSEN, "us-east-1", CHOSEN)
    return structs.replace(
        finding(f"arn:aws:s3:::{CHOSEN}-{status}", status), account=CHOSEN, says=CHOSEN, aspect=CHOSEN, evidence=evidence,
        gaps=(gap,),
    )  # fmt: skip


def told() -> Audit:
    document = audit(*(telling(status) for status in Status), gap=f"{CHOSEN}")
    gap = replace(document.unseen[0], gap=replaced(document.unseen[0].gap))
    return replace(document, account=CHOSEN, problems=(CHOSEN,), unseen=(gap,))


def replaced(gap: Gap) -> Gap:
    return Gap(gap.reason, CHOSEN, "s3:GetBucketPolicy", "s3:GetBucketPolicy", CHOSEN, "us-east-1", CHOSEN)


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_that_somebody_chose_is_left_in_any_format(name):
    render = importlib.import_module(f"hexward.report.{name}").render
    assert CHOSEN in render(told())
    assert CHOSEN not in render(redacted(told()))


@pytest.mark.parametrize("name", FORMATS)
def test_no_resource_of_a_whole_audit_is_named(name):
    document = whole()
    text = importlib.import_module(f"hexward.report.{name}").render(redacted(document))
    assert ACCOUNT not in text
    assert not [one.resource for one in document.findings if len(one.resource) > 12 and one.resource in text]


def test_scores_statuses_and_the_number_of_things_stay():
    document = whole()
    hidden = redacted(document)
    assert hidden.total == document.total
    assert [(f.control, f.status, f.region) for f in hidden.findings] == [
        (f.control, f.status, f.region) for f in document.findings
    ]
    assert len({f.resource for f in hidden.findings}) == len({f.resource for f in document.findings})
    assert len({f.fingerprint for f in hidden.findings}) == len({f.fingerprint for f in document.findings})


@given(st.lists(st.text(max_size=20), min_size=1, max_size=5, unique=True))
def test_two_things_are_never_taken_for_one(names):
    hidden = redacted(audit(*map(finding, names)))
    assert len({f.resource for f in hidden.findings}) == len(names)


def test_the_same_audit_is_redacted_the_same():
    document = told()
    assert redacted(document) == redacted(document)
