import pytest

from hexward.controls.vulnerabilities.hub_receives_all import PRODUCTS, hub_receives_all
from hexward.inventory import SecurityHubRegion
from hexward.model import Status
from tests.build import ACCOUNT, REGION, inventory, judge, seen


def hub(*products: str) -> SecurityHubRegion:
    prefix = f"arn:aws:securityhub:{REGION}:{ACCOUNT}:product-subscription/"
    return seen(SecurityHubRegion, hub_arn="arn:hub", product_subscriptions=tuple(prefix + one for one in products))


PASS = inventory(hub(*PRODUCTS))
FAIL = inventory(hub("aws/guardduty", "aws/inspector", "aws/access-analyzer"))


@pytest.mark.parametrize("missing", sorted(PRODUCTS))
def test_each_service_whose_findings_are_not_taken_is_a_fault_of_its_own(missing):
    others = [one for one in PRODUCTS if one != missing]
    assert [fault.aspect for fault in judge(hub_receives_all, hub(*others)).faults] == [missing]


def test_a_product_of_a_like_name_is_another():
    assert len(judge(hub_receives_all, hub("other/guardduty", "aws/guardduty-of-old")).faults) == 4


def test_nothing_is_taken_where_security_hub_is_off():
    off = seen(SecurityHubRegion, hub_arn=None, product_subscriptions=None)
    assert judge(hub_receives_all, off).status is Status.NOT_APPLICABLE
    assert judge(hub_receives_all, hub().punched("product_subscriptions")).status is Status.UNKNOWN
