"""IAM Access Analyzer in each region, whether it is on or not, and what it found to be open to outsiders."""

from datetime import datetime
from typing import Annotated

from hexward.inventory.record import At, Part, Record, record

ANALYZERS = "accessanalyzer:ListAnalyzers"
FINDINGS = "accessanalyzer:ListFindingsV2"

EXTERNAL = ("ACCOUNT", "ORGANIZATION")
"""The types of analyzer that look for outsiders' access; https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-concepts.html."""

UNUSED = ("ACCOUNT_UNUSED_ACCESS", "ORGANIZATION_UNUSED_ACCESS")
"""The types that look for permissions, passwords and keys that nobody uses."""


class UnusedAccess(Part, rename="camel"):
    """After how many days without use something is found to be unused."""

    unused_access_age: int | None = None


class Configuration(Part, rename="camel"):
    """The settings of an analyzer; those of external access have none."""

    unused_access: UnusedAccess | None = None


class Analyzer(Part, rename="camel"):
    """An analyzer; AWS leaves out when it last looked at something if it never did."""

    name: str
    type: str
    status: str
    last_resource_analyzed_at: datetime | None = None
    configuration: Configuration | None = None

    @property
    def unused_access_age_days(self) -> int | None:
        """Return the days without use after which it finds something, None for an analyzer that does not look for that."""
        unused = self.configuration.unused_access if self.configuration is not None else None
        return unused.unused_access_age if unused is not None else None


@record
class AccessAnalyzerRegion(Record):
    """Access Analyzer in one region; no analyzers where it was never turned on.

    An organisation's analyzer belongs to the management account or to the delegated administrator, and members are not shown it.
    https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_ListAnalyzers.html
    """

    analyzers: Annotated[tuple[Analyzer, ...], At(ANALYZERS, "analyzers")]

    def active(self, *types: str) -> tuple[Analyzer, ...]:
        """Return the analyzers of some types that are at work."""
        return tuple(one for one in self.analyzers if one.type in types and one.status == "ACTIVE")


@record
class AnalyzerFinding(Record):
    """Something that outsiders can reach, and that nobody has mended or archived.

    `resource` is an ARN. What happens in IAM is found in every region that has an analyzer.
    https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_FindingSummaryV2.html
    """

    resource: Annotated[str, At(FINDINGS, "findings[].resource")]
    resource_type: Annotated[str, At(FINDINGS, "findings[].resourceType")]
    resource_owner_account: Annotated[str, At(FINDINGS, "findings[].resourceOwnerAccount")]
    created: Annotated[datetime, At(FINDINGS, "findings[].createdAt")]
