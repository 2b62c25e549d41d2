"""GuardDuty in each region, whether it is on or not: who administers it, its findings, and the filters that archive them unread."""

import re
from datetime import datetime
from typing import Annotated, Any

import msgspec

from hexward.inventory.event_pattern import wildcard
from hexward.inventory.record import At, Part, Record, record

DETECTOR = "guardduty:GetDetector"
PLAN = "guardduty:GetMalwareProtectionPlan"
FINDINGS = "guardduty:GetFindings"
FILTER = "guardduty:GetFilter"


SEVERE = 7
"""Where high severity begins; https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings-severity.html."""

_GRAVE = re.compile(r"AttackSequence:|:IAM|Credential|SageMaker|Bedrock|:AI", re.IGNORECASE)
GRAVE_TYPES = (
    "AttackSequence:IAM/CompromisedCredentials",
    "CredentialAccess:IAMUser/AnomalousBehavior",
    "Exfiltration:IAMUser/AnomalousBehavior",
    "UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.InsideAWS",
    "UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.OutsideAWS",
)
"""Types about stolen credentials, by which patterns of types are tried.

https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_finding-types-iam.html
"""


def is_grave(kind: str) -> bool:
    """Say whether a finding's type, or a pattern of types with `*`, is about credentials, an attack in steps or AI."""
    stars = re.sub(r"[*?]+", "*", kind)
    return bool(_GRAVE.search(kind)) or ("*" in stars and any(wildcard(one, stars) is not False for one in GRAVE_TYPES))


class Feature(Part):
    """A protection plan, such as S3_DATA_EVENTS, and whether it is ENABLED."""

    name: str
    status: str


class Administrator(Part):
    """The account that administers a detector from outside; `relationship_status` is Enabled while it really does."""

    account_id: str
    relationship_status: str | None = None


class OrganizationAdministrator(Part):
    """The account to which an organisation has delegated GuardDuty; `admin_status` is ENABLED or DISABLE_IN_PROGRESS."""

    admin_account_id: str
    admin_status: str | None = None


class Destination(Part):
    """Where findings are exported to; `status` is PUBLISHING while that works."""

    destination_id: str
    status: str


@record
class GuardDutyRegion(Record):
    """GuardDuty in one region. Without a detector every other field is None.

    `administrator` is None for an account that no other one administers, `auto_enable_members` (ALL, NEW or NONE) for one that is not
    the organisation's delegated administrator, `delegated_administrators` for one that is not its management account.

    https://docs.aws.amazon.com/guardduty/latest/APIReference/API_GetDetector.html and
    https://docs.aws.amazon.com/guardduty/latest/APIReference/API_GetAdministratorAccount.html
    """

    detector_ids: Annotated[tuple[str, ...], At("guardduty:ListDetectors", "DetectorIds")]
    status: Annotated[str | None, At(DETECTOR, "Status")]
    finding_publishing_frequency: Annotated[str | None, At(DETECTOR, "FindingPublishingFrequency")]
    features: Annotated[tuple[Feature, ...] | None, At(DETECTOR, "Features")]
    administrator: Annotated[Administrator | None, At("guardduty:GetAdministratorAccount", "Administrator")]
    auto_enable_members: Annotated[
        str | None, At("guardduty:DescribeOrganizationConfiguration", "AutoEnableOrganizationMembers")
    ]
    delegated_administrators: Annotated[
        tuple[OrganizationAdministrator, ...] | None, At("guardduty:ListOrganizationAdminAccounts", "AdminAccounts")
    ]
    destinations: Annotated[tuple[Destination, ...] | None, At("guardduty:ListPublishingDestinations", "Destinations")]

    @property
    def enabled(self) -> bool:
        """Say whether GuardDuty is on. Raises NotCollected if that was not read."""
        return bool(self.detector_ids) and self.status == "ENABLED"


def time(raw: Any) -> datetime:  # noqa: ANN401  (AWS's own JSON)
    """Read a time that AWS gives as a text; raises ValueError for anything else."""
    return msgspec.convert(raw, datetime)


@record
class GuardDutyFinding(Record):
    """A finding that is not archived; `severity` is a number from 1 to 10.

    https://docs.aws.amazon.com/guardduty/latest/APIReference/API_Finding.html
    """

    id: Annotated[str, At(FINDINGS, "Findings[].Id")]
    type: Annotated[str, At(FINDINGS, "Findings[].Type")]
    severity: Annotated[float, At(FINDINGS, "Findings[].Severity")]
    created_at: Annotated[datetime, At(FINDINGS, "Findings[].CreatedAt", time)]
    """When GuardDuty first raised it."""
    resource_type: Annotated[str | None, At(FINDINGS, "Findings[].Resource.ResourceType")]


class Condition(Part):
    """What a finding's attribute must be, all of it; bounds include themselves where their name says so.

    The short names are older ones for the same, which CloudFormation still takes and GuardDuty gives back as they were set.
    https://docs.aws.amazon.com/guardduty/latest/APIReference/API_Condition.html
    """

    equals: tuple[str, ...] | None = None
    eq: tuple[str, ...] | None = None
    not_equals: tuple[str, ...] | None = None
    neq: tuple[str, ...] | None = None
    greater_than: int | None = None
    gt: int | None = None
    greater_than_or_equal: int | None = None
    gte: int | None = None
    less_than: int | None = None
    lt: int | None = None
    less_than_or_equal: int | None = None
    lte: int | None = None
    matches: tuple[str, ...] | None = None
    not_matches: tuple[str, ...] | None = None

    @property
    def values(self) -> tuple[str, ...]:
        """Return the values of which the attribute must be one; empty where none is named."""
        return tuple(dict.fromkeys((*(self.equals or ()), *(self.eq or ()))))

    @property
    def named(self) -> tuple[str, ...]:
        """Return those values, and the patterns with `*` of which it must match one."""
        return (*self.values, *(self.matches or ()))

    def excludes_from(self, bound: int) -> bool:
        """Say whether a number of `bound` or more never meets it."""
        below = [limit for limit in (self.less_than, self.lt) if limit is not None]
        up_to = [limit for limit in (self.less_than_or_equal, self.lte) if limit is not None]
        if min(below, default=bound + 1) <= bound or min(up_to, default=bound) < bound:
            return True
        return bool(self.values) and all(_below(value, bound) for value in self.values)


def _below(text: str, bound: int) -> bool:
    try:
        return float(text) < bound
    except ValueError:
        return False


@record
class GuardDutyFilter(Record):
    """A rule of the account's own about findings; one whose action is ARCHIVE hides those that it matches.

    https://docs.aws.amazon.com/guardduty/latest/APIReference/API_GetFilter.html
    """

    name: Annotated[str, At(FILTER, "Name")]
    action: Annotated[str, At(FILTER, "Action")]
    criterion: Annotated[dict[str, Condition], At(FILTER, "FindingCriteria.Criterion")]

    @property
    def archives_severe(self) -> bool:
        """Say whether it can match a finding of high severity that nobody named.

        All of its conditions must hold, so one on severity that ends below 7 rules severe findings out. Types named one by one, on
        resources or actions that are named too, are taken for a decision about a known thing.
        """
        severity, kinds = self.criterion.get("severity"), self.criterion.get("type")
        if severity is not None and severity.excludes_from(SEVERE):
            return False
        narrow = any(_narrows(name, condition) for name, condition in self.criterion.items())
        return kinds is None or not kinds.values or not narrow

    @property
    def grave_types(self) -> tuple[str, ...]:
        """Return the types, and patterns of types, that it names and that are about credentials or AI."""
        kinds = self.criterion.get("type")
        return () if kinds is None else tuple(kind for kind in kinds.named if is_grave(kind))


ONE_THING = frozenset(
    {
        "accessKeyId", "bucketArn", "dbClusterIdentifier", "dbInstanceIdentifier", "domain", "domainWithSuffix", "functionArn",
        "functionName", "id", "instanceId", "ipAddressV4", "ipAddressV6", "ipv6Addresses", "name", "principalId", "privateIpAddress",
        "publicIp", "userName", "username",
    }
)  # fmt: skip
"""How attributes end that tell one thing, or one address, from all others; what kind it is, or where it is, they do not tell.

https://docs.aws.amazon.com/guardduty/latest/APIReference/API_CreateFilter.html
"""


def _narrows(name: str, condition: Condition) -> bool:
    """Say whether a condition is about things that it names one by one: resources, or whom an action came from."""
    about = name == "id" or (name.startswith(("resource.", "service.action.")) and name.rpartition(".")[2] in ONE_THING)
    return about and bool(condition.named) and not any(mark in text for text in condition.named for mark in "*?/")


@record
class MalwareProtectionPlan(Record):
    """Malware Protection for S3 of one bucket; `status` is ACTIVE, WARNING or ERROR. No prefixes mean all objects.

    https://docs.aws.amazon.com/guardduty/latest/APIReference/API_GetMalwareProtectionPlan.html
    """

    bucket_name: Annotated[str, At(PLAN, "ProtectedResource.S3Bucket.BucketName")]
    object_prefixes: Annotated[tuple[str, ...] | None, At(PLAN, "ProtectedResource.S3Bucket.ObjectPrefixes")]
    status: Annotated[str, At(PLAN, "Status")]
