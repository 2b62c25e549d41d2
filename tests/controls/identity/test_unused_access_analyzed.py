import pytest

from hexward.controls.identity.unused_access_analyzed import unused_access_analyzed
from hexward.model import Status
from tests.build import inventory, judge
from tests.controls.identity.analyzers import EXTERNAL, analyzing, unused

IRELAND = "eu-west-1"
PASS = inventory(analyzing(unused(90)))
FAIL = inventory(analyzing(unused(91)))


@pytest.mark.parametrize(
    ("region", "others", "status"),
    [
        (analyzing(EXTERNAL, region=IRELAND), (), Status.FAIL),
        (analyzing(EXTERNAL, region=IRELAND), (analyzing(unused(90)),), Status.NOT_APPLICABLE),
        (analyzing(), (analyzing(region=IRELAND),), Status.NOT_APPLICABLE),
        (analyzing(unused(90, "FAILED"), region=IRELAND), (), Status.FAIL),
        (analyzing(unused(None)), (), Status.UNKNOWN),
        (analyzing(region=IRELAND), (analyzing().punched("analyzers"),), Status.UNKNOWN),
        (analyzing(unused(30)), (analyzing(region=IRELAND).punched("analyzers"),), Status.PASS),
    ],
)
def test_one_region_is_enough(region, others, status):
    assert judge(unused_access_analyzed, region, *others).status is status
