"""Collects GuardDuty's detector of each region, or that there is none."""

from hexward.collect.table import Answers, Call, Table
from hexward.inventory import GuardDutyRegion


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
)
