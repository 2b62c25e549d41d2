"""What GuardDuty, Macie and EventBridge answer where a thing is off, is another account's, or is of no interest."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from hexward.collect.collect import tables
from hexward.inventory import EventRule, GuardDutyFilter, GuardDutyRegion, MacieRegion, Record
from hexward.model import Reason
from tests.aws.recorded import Recorded, error
from tests.collect.account import Seen, collected, whole


def refusing(code: str, message: str = "told by a test") -> Callable[[str, Mapping[str, object]], Any]:
    def tell(_region: str, _arguments: Mapping[str, object]) -> Any:
        raise error(code, message=message)

    return tell


def seen(kind: type[Record], **told: Any) -> Seen:
    answers = {name.replace("_", ":"): answer for name, answer in told.items()}
    return collected(Recorded({**whole(), **answers}), [table for table in tables() if table.record is kind])


def test_macie_that_is_off_is_told_from_a_missing_permission():
    off = refusing("AccessDeniedException", "Macie is not enabled.")
    [one] = seen(MacieRegion, macie2_GetMacieSession=off, macie2_GetAutomatedDiscoveryConfiguration=off).of(MacieRegion)
    assert set(one.known().values()) == {None}
    [one] = seen(MacieRegion, macie2_GetMacieSession=refusing("AccessDeniedException", "no permission")).of(MacieRegion)
    assert {gap.reason for gap in one.gaps.values()} == {Reason.DENIED}
    assert len(one.gaps) == 3


def test_another_accounts_part_in_the_organisation_is_not_a_gap():
    refused = refusing("BadRequestException")
    [one] = seen(
        GuardDutyRegion,
        guardduty_GetAdministratorAccount={},
        guardduty_DescribeOrganizationConfiguration=refused,
        guardduty_ListOrganizationAdminAccounts=refused,
    ).of(GuardDutyRegion)
    assert one.gaps == {}
    parts = ("administrator", "auto_enable_members", "delegated_administrators")
    assert [one.known()[name] for name in parts] == [None] * 3


def test_a_region_without_a_detector_is_asked_nothing_more():
    recorded = Recorded({**whole(), "guardduty:ListDetectors": {"DetectorIds": []}})
    collected(recorded, [table for table in tables() if table.record is GuardDutyRegion])
    assert [call for call, _ in recorded.asked] == ["guardduty:ListDetectors"]


@pytest.mark.parametrize(
    "condition", [{"Lt": 7, "Eq": ["4"]}, {"LessThan": 7, "Equals": ["4"]}, {"Lt": 7, "LessThan": 7, "Eq": ["4"], "Equals": ["4"]}]
)  # fmt: skip
def test_the_older_and_the_newer_names_of_a_condition_are_read(condition):
    answer = {"Name": "quiet", "Action": "ARCHIVE", "FindingCriteria": {"Criterion": {"severity": condition}}}
    [one] = seen(GuardDutyFilter, guardduty_GetFilter=answer).of(GuardDutyFilter)
    assert isinstance(one, GuardDutyFilter)
    severity = one.criterion["severity"]
    assert severity.values == ("4",)
    assert severity.excludes_from(7)
    assert not severity.excludes_from(4)


def test_rules_that_only_run_by_the_clock_are_left_out():
    arn = "arn:aws:events:us-east-1:111122223333:rule/"
    clock = {"Name": "nightly", "Arn": f"{arn}nightly", "State": "ENABLED", "ScheduleExpression": "rate(1 day)"}
    event = {"Name": "findings", "Arn": f"{arn}findings", "State": "ENABLED", "EventPattern": "{}"}
    found = seen(EventRule, events_ListRules={"Rules": [clock, event]}).of(EventRule)
    assert [one.name for one in found] == ["findings"]
