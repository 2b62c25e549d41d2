"""Collects GuardDuty's detector of each region, or that there is none, its filters, and its findings that are not archived."""

from hexward.collect.table import Answers, Batch, Call, Table, Within
from hexward.inventory import GuardDutyFilter, GuardDutyFinding, GuardDutyRegion

DETECTORS = Within(Call("ListDetectors"), "DetectorIds[]", "DetectorId")
NOT_ARCHIVED = {"Criterion": {"service.archived": {"Equals": ["false"]}}}


def _has_detector(answers: Answers) -> bool:
    return bool(answers["guardduty:ListDetectors"].get("DetectorIds"))


TABLES = (
    Table(
        GuardDutyRegion,
        "guardduty",
        Call("ListDetectors"),
        "",
        "arn:{partition}:guardduty:{region}:{account}:detector",
        details=(Call("GetDetector", {"DetectorId": "$DetectorIds[]"}, needed=_has_detector),),
    ),
    Table(
        GuardDutyFinding,
        "guardduty",
        Call("ListFindings", {"DetectorId": "$DetectorId", "FindingCriteria": NOT_ARCHIVED, "MaxResults": 50}),
        "FindingIds[]",
        "{Arn}",
        text="FindingId",
        within=DETECTORS,
        batch=Batch(Call("GetFindings", {"DetectorId": "$DetectorId", "FindingIds": "$batch"}), "Findings[]", 50),
    ),
    Table(
        GuardDutyFilter,
        "guardduty",
        Call("ListFilters", {"DetectorId": "$DetectorId", "MaxResults": 50}),
        "FilterNames[]",
        "arn:{partition}:guardduty:{region}:{account}:detector/{DetectorId}/filter/{FilterName}",
        text="FilterName",
        within=DETECTORS,
        details=(Call("GetFilter", {"DetectorId": "$DetectorId", "FilterName": "$FilterName"}),),
    ),
)
