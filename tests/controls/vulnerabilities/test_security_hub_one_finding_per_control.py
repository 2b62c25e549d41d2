from hexward.controls.vulnerabilities.security_hub_one_finding_per_control import security_hub_one_finding_per_control
from hexward.inventory import SecurityHubRegion
from hexward.model import Status
from tests.build import inventory, judge, seen

PASS = inventory(seen(SecurityHubRegion, hub_arn="hub", control_finding_generator="SECURITY_CONTROL"))
FAIL = inventory(seen(SecurityHubRegion, hub_arn="hub", control_finding_generator="STANDARD_CONTROL"))


def test_says_nothing_where_security_hub_is_off():
    off = seen(SecurityHubRegion, hub_arn=None, control_finding_generator=None)
    assert judge(security_hub_one_finding_per_control, off).status is Status.NOT_APPLICABLE
