"""Access Analyzer in few words, for the tests of the controls over it."""

from hexward.inventory import AccessAnalyzerRegion
from hexward.inventory.accessanalyzer import Analyzer, Configuration, UnusedAccess
from tests.build import REGION, seen

EXTERNAL = Analyzer("outsiders", "ACCOUNT", "ACTIVE")


def unused(days: int | None, status: str = "ACTIVE") -> Analyzer:
    """Return an analyzer of unused access."""
    return Analyzer("idle", "ACCOUNT_UNUSED_ACCESS", status, configuration=Configuration(UnusedAccess(days)))


def analyzing(*analyzers: Analyzer, region: str = REGION) -> AccessAnalyzerRegion:
    """Return a region with these analyzers."""
    return seen(AccessAnalyzerRegion, region=region, analyzers=analyzers)
