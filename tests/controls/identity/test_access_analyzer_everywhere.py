import pytest

from hexward.controls.identity.access_analyzer_everywhere import access_analyzer_everywhere
from hexward.inventory.accessanalyzer import Analyzer
from hexward.model import Status
from tests.build import inventory, judge
from tests.controls.identity.analyzers import EXTERNAL, analyzing, unused

PASS = inventory(analyzing(EXTERNAL))
FAIL = inventory(analyzing())


@pytest.mark.parametrize(
    ("analyzers", "status"),
    [
        ((Analyzer("all", "ORGANIZATION", "ACTIVE"),), Status.PASS),
        ((Analyzer("old", "ACCOUNT", "DISABLED"), EXTERNAL), Status.PASS),
        ((Analyzer("a", "ACCOUNT", "FAILED"),), Status.FAIL),
        ((Analyzer("a", "ACCOUNT", "CREATING"),), Status.FAIL),
        ((unused(90), Analyzer("i", "ACCOUNT_INTERNAL_ACCESS", "ACTIVE")), Status.FAIL),
    ],
)
def test_only_an_active_analyzer_of_external_access_counts(analyzers, status):
    assert judge(access_analyzer_everywhere, analyzing(*analyzers)).status is status


def test_names_the_region_and_the_analyzer_that_does_not_work():
    [fault] = judge(
        access_analyzer_everywhere, analyzing(Analyzer("a", "ACCOUNT", "FAILED"), region="eu-west-3")
    ).faults
    assert fault.says == "no analyzer of external access works in eu-west-3: a is FAILED"
