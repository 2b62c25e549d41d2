"""Collects GuardDuty's detector of each region, or that there is none, its filters, its findings that are not archived, and its plans."""

from hexward.collect.table import Answers, Batch, Call, Table, Within
from hexward.inventory import GuardDutyFilter, GuardDutyFinding, GuardDutyRegion, MalwareProtectionPlan

DETECTORS = Within(Call("ListDetectors"), "DetectorIds[]", "DetectorId")
NOT_ARCHIVED = {"Criterion": {"service.archived": {"Equals": ["false"]}}}
DETECTOR = {"DetectorId": "$DetectorIds[]"}
NOT_THE_ONE = ("BadRequestException",)
"""How GuardDuty answers a question for another account's role in the organisation: nothing else about these requests can be bad."""


def _has_detector(answers: Answers) -> bool:
    return bool(answers["guardduty:ListDetectors"].get("DetectorIds"))


TABLES = (
    Table(
        GuardDutyRegion,
        "guardduty",
        Call("ListDetectors"),
        "",
        "arn:{partition}:guardduty:{region}:{account}:detector",
        details=(
            Call("GetDetector", DETECTOR, needed=_has_detector),
            Call("GetAdministratorAccount", DETECTOR, needed=_has_detector),
            Call(
                "DescribeOrganizationConfiguration",
                DETECTOR | {"MaxResults": 50},
                absent=NOT_THE_ONE,
                needed=_has_detector,
            ),
            Call("ListOrganizationAdminAccounts", {"MaxResults": 50}, absent=NOT_THE_ONE, needed=_has_detector),
            Call("ListPublishingDestinations", DETECTOR | {"MaxResults": 50}, needed=_has_detector),
        ),
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
    Table(
        MalwareProtectionPlan,
        "guardduty",
        Call("ListMalwareProtectionPlans"),
        "MalwareProtectionPlans[]",
        "arn:{partition}:guardduty:{region}:{account}:malware-protection-plan/{MalwareProtectionPlanId}",
        details=(Call("GetMalwareProtectionPlan", {"MalwareProtectionPlanId": "$MalwareProtectionPlanId"}),),
    ),
)
