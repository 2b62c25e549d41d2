"""What is listed within other things, as plain texts or in batches is all seen, or there is a gap that says what is not."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from hexward.aws.faults import Faulty, refused
from hexward.collect.collect import tables_for
from hexward.collect.table import Table
from hexward.inventory import (
    Distribution,
    GuardDutyFilter,
    GuardDutyFinding,
    InspectorFinding,
    Record,
    SecurityHubDisabledControl,
)
from hexward.model import Reason
from tests.aws.recorded import Recorded, Telling, error
from tests.build import ACCOUNT
from tests.collect.account import Seen, collected

DETECTORS: dict[str, Telling] = {"guardduty:ListDetectors": {"DetectorIds": ["d1", "d2"]}}


def listed(_region: str, arguments: Mapping[str, object]) -> dict[str, Any]:
    return {"FindingIds": [f"{arguments['DetectorId']}-{number}" for number in range(120)]}


def described(_region: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
    assert len(arguments["FindingIds"]) <= 50
    assert all(one.startswith(f"{arguments['DetectorId']}-") for one in arguments["FindingIds"])
    return {"Findings": [finding(one) for one in arguments["FindingIds"]]}


def finding(name: str) -> dict[str, Any]:
    told = {"Arn": f"arn:aws:guardduty:::{name}", "Type": "T", "CreatedAt": "2026-01-01T00:00:00Z"}
    return {"Id": name, "Severity": 8.0, **told}


ANSWERS = {**DETECTORS, "guardduty:ListFindings": listed, "guardduty:GetFindings": described}


def of(kind: type[Record], answers: Mapping[str, Telling]) -> tuple[Seen, Recorded]:
    pages = Recorded(answers)
    return collected(pages, wanted(kind)), pages


def wanted(kind: type[Record]) -> tuple[Table, ...]:
    return tables_for([kind])


def test_a_kind_within_another_is_listed_in_each_and_described_by_fifties():
    seen, pages = of(GuardDutyFinding, ANSWERS)
    assert len({one.arn for one in seen.records}) == 240
    assert seen.gaps == []
    assert {call: n for (call, _), n in pages.asked.items()} == {
        "guardduty:ListDetectors": 1,
        "guardduty:ListFindings": 2,
        "guardduty:GetFindings": 6,
    }


def test_nothing_to_lie_within_is_an_empty_list_and_no_gap():
    seen, _ = of(GuardDutyFinding, {})
    assert seen.records == []
    assert list(seen.listings.values()) == [None]


@pytest.mark.parametrize("call", ["ListDetectors", "ListFindings", "GetFindings"])
def test_a_refusal_on_the_way_is_a_gap_of_the_kind(call):
    seen = collected(Faulty(Recorded(ANSWERS), {f"guardduty:{call}": refused()}), wanted(GuardDutyFinding))
    assert seen.records == []
    [gap] = seen.gaps
    assert (gap.reason, gap.action) == (Reason.DENIED, f"guardduty:{call}")


def test_one_list_that_is_refused_keeps_the_others_and_says_so():
    def refused_once(region: str, arguments: Mapping[str, object]) -> dict[str, Any]:
        if arguments["DetectorId"] == "d1":
            raise error("AccessDenied")
        return listed(region, arguments)

    seen, _ = of(GuardDutyFinding, {**ANSWERS, "guardduty:ListFindings": refused_once})
    assert len(seen.records) == 120
    assert [gap.reason for gap in seen.gaps] == [Reason.DENIED]


def test_what_is_listed_and_not_described_is_a_gap():
    seen, _ = of(GuardDutyFinding, {**ANSWERS, "guardduty:GetFindings": {"Findings": [finding("d1-0")]}})
    assert len(seen.records) == 6
    assert {gap.detail for gap in seen.gaps} == {"3 of 120 listed things are described"}


def test_a_thing_is_named_by_its_text_and_what_it_lies_within():
    answers: dict[str, Telling] = {
        **DETECTORS,
        "guardduty:ListFilters": {"FilterNames": ["quiet"]},
        "guardduty:GetFilter": {"Name": "quiet", "Action": "ARCHIVE", "FindingCriteria": {"Criterion": {}}},
    }
    seen, _ = of(GuardDutyFilter, answers)
    assert [one.arn.partition("detector/")[2] for one in seen.records] == ["d1/filter/quiet", "d2/filter/quiet"]
    assert seen.gaps == []


def test_an_error_that_means_not_set_may_be_told_by_its_message():
    def answer(message: str) -> Reason | None:
        refusal = error("AccessDeniedException", message=message)
        seen = collected(Faulty(Recorded({}), {"guardduty:ListDetectors": raising(refusal)}), absent())
        return next((gap.reason for gap in seen.gaps), None)

    assert answer("Macie is not enabled.") is None
    assert answer("User is not authorized to perform it") is Reason.DENIED


def raising(refusal: Exception) -> Any:
    def fault(*_: object) -> Any:
        raise refusal

    return fault


def absent() -> tuple[Table, ...]:
    [table] = wanted(GuardDutyFinding)
    assert table.within is not None
    call = replace(table.within.call, absent=("AccessDeniedException: Macie is not enabled",))
    return (replace(table, within=replace(table.within, call=call)),)


def test_an_administrator_of_inspector_asks_for_its_own_account_alone():
    asked: list[object] = []

    def told(_region: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
        asked.append(arguments["filterCriteria"]["awsAccountId"])
        return {"findings": []}

    of(InspectorFinding, {"inspector2:ListFindings": told})
    assert asked == [[{"comparison": "EQUALS", "value": ACCOUNT}]]


def test_of_standards_only_the_controls_that_are_off_are_kept():
    def control(name: str, status: str) -> dict[str, str]:
        return {"StandardsControlArn": f"arn:{name}", "ControlId": name, "ControlStatus": status}

    subscription = {
        "StandardsSubscriptionArn": "arn:s",
        "StandardsArn": "a",
        "StandardsInput": {},
        "StandardsStatus": "READY",
    }
    answers: dict[str, Telling] = {
        "securityhub:GetEnabledStandards": {"StandardsSubscriptions": [subscription]},
        "securityhub:DescribeStandardsControls": {
            "Controls": [control("S3.1", "ENABLED"), control("S3.2", "DISABLED")]
        },
    }
    seen, _ = of(SecurityHubDisabledControl, answers)
    assert [one.arn for one in seen.records] == ["arn:S3.2"]
    assert seen.gaps == []


def distributions(*names: str) -> dict[str, Any]:
    items = [
        {
            "Id": name,
            "ARN": f"arn:{name}",
            "DomainName": name,
            "Enabled": True,
            "WebACLId": "",
            "Origins": {"Items": []},
        }
        for name in names
    ]
    held = {"Items": items} if items else {}
    return {"DistributionList": {"Marker": "", "MaxItems": 100, "IsTruncated": False, "Quantity": len(items), **held}}


@pytest.mark.parametrize(
    ("pages", "names"),
    [
        ([distributions("a", "b"), distributions("c")], ["a", "b", "c"]),
        ([distributions("a"), distributions()], ["a"]),
        ([distributions()], []),
    ],
)
def test_a_list_within_a_structure_is_put_together_from_all_pages(pages, names):
    seen, _ = of(Distribution, {"cloudfront:ListDistributions": pages, "cloudfront:ListTagsForResource": {"Tags": {}}})
    # Details are asked in threads, so that records come in any order.
    assert sorted(one.domain_name for one in seen.records) == names
    assert seen.gaps == []


def test_a_structure_without_its_list_is_a_gap_unless_it_says_that_nothing_is_in_it():
    seen, _ = of(Distribution, {"cloudfront:ListDistributions": {"DistributionList": {"Quantity": 1}}})
    assert [gap.reason for gap in seen.gaps] == [Reason.MALFORMED]
