"""The history of attachments is whole, or it is a gap: one that was cut short would prove ages that nobody knows."""

from collections.abc import Mapping
from typing import Any

import pytest

from hexward.aws.faults import Fault, Faulty, cut_short, refused, reshaped, throttled
from hexward.collect.collect import tables_for
from hexward.inventory import AttachmentHistory
from hexward.inventory.attachments import ATTACHES
from hexward.model import Reason
from tests.aws.recorded import Recorded
from tests.build import NOW
from tests.collect.account import collected

TABLES = tables_for([AttachmentHistory])
ARGUMENTS = {"groupName": "g", "userName": "u", "roleName": "r", "policyArn": "arn:p", "policyName": "p"}


def told(_region: str, arguments: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Answer with two pages of one event each."""
    [wanted] = arguments["LookupAttributes"]
    assert (NOW - arguments["StartTime"]).days == 90
    parameters = ", ".join(f'"{name}": "{value}"' for name, value in ARGUMENTS.items())
    text = f'{{"eventName": "{wanted["AttributeValue"]}", "requestParameters": {{{parameters}}}}}'
    return [{"Events": [{"EventTime": NOW, "CloudTrailEvent": text}]}] * 2


def test_every_page_of_every_call_is_kept():
    pages = Recorded({"cloudtrail:LookupEvents": told})
    [history] = collected(pages, TABLES).of(AttachmentHistory)
    assert pages.asked.total() == len(ATTACHES)
    assert isinstance(history, AttachmentHistory)
    assert len(history.attachments) == 2 * len(ATTACHES)
    assert {one.holder for one in history.attachments} == {"group/g", "role/r", "user/u"}


def test_a_quiet_account_has_an_empty_history():
    [history] = collected(Recorded({}), TABLES).of(AttachmentHistory)
    assert history.attachments == ()


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (refused(), Reason.DENIED),
        (throttled, Reason.THROTTLED),
        (cut_short, Reason.UNREACHABLE),
        (reshaped(lambda _: {"Events": None}), Reason.MALFORMED),
    ],
)
def test_a_look_up_that_did_not_reach_its_end_is_a_gap(fault: Fault, reason: Reason):
    seen = collected(Faulty(Recorded({"cloudtrail:LookupEvents": told}), {"cloudtrail:LookupEvents": fault}), TABLES)
    [history] = seen.of(AttachmentHistory)
    assert history.gaps["attachments"].reason is reason
