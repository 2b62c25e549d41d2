from hexward.controls.vulnerabilities.security_hub_new_controls import security_hub_new_controls
from hexward.inventory import SecurityHubRegion
from hexward.model import Status
from tests.build import inventory, judge, seen

PASS = inventory(seen(SecurityHubRegion, hub_arn="hub", auto_enable_controls=True))
FAIL = inventory(seen(SecurityHubRegion, hub_arn="hub", auto_enable_controls=False))


def test_says_nothing_where_security_hub_is_off():
    off = seen(SecurityHubRegion, hub_arn=None, auto_enable_controls=None)
    assert judge(security_hub_new_controls, off).status is Status.NOT_APPLICABLE
