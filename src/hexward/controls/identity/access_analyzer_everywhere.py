"""Access Analyzer looks for outsiders' access in every region.

Why: one line too many in a bucket's, a key's or a role's policy gives training data or a model to another account or to everyone.
Access Analyzer proves such openings as soon as they are there, but only those of the region that it runs in.

Fix: create an analyzer of external access in each region that is not denied to everyone, best for the whole organisation from its
delegated administrator. It costs nothing and breaks nothing. A member account is not shown the organisation's analyzer: where that
one covers this account, say so in an exception.
"""

from collections.abc import Iterator

from hexward.controls import control
from hexward.inventory import AccessAnalyzerRegion
from hexward.inventory.accessanalyzer import EXTERNAL
from hexward.model import Fault, Severity


@control(
    severity=Severity.MEDIUM,
    frameworks=("CIS-AWS:1.19", "NIST-800-53:AC-3", "NIST-800-53:CA-7"),
    source="https://docs.aws.amazon.com/config/latest/developerguide/iam-external-access-analyzer-enabled.html",
)
def access_analyzer_everywhere(region: AccessAnalyzerRegion) -> Iterator[Fault]:
    if region.active(*EXTERNAL):
        return
    idle = [f"{one.name} is {one.status}" for one in region.analyzers if one.type in EXTERNAL]
    says = f"no analyzer of external access works in {region.region}"
    yield Fault(f"{says}: {', '.join(idle)}" if idle else says, field="analyzers")
