from hexward.controls.vulnerabilities.security_hub_everywhere import security_hub_everywhere
from hexward.inventory import SecurityHubRegion
from tests.build import inventory, judge, seen

ARN = "arn:aws:securityhub:us-east-1:111122223333:hub/default"

PASS = inventory(seen(SecurityHubRegion, hub_arn=ARN))
FAIL = inventory(seen(SecurityHubRegion, hub_arn=None))


def test_names_the_region_where_it_is_off():
    [fault] = judge(security_hub_everywhere, seen(SecurityHubRegion, region="eu-west-3", hub_arn=None)).faults
    assert fault.says == "Security Hub is off in eu-west-3"
