from hexward.controls.network.studio_vpc_only import studio_vpc_only
from hexward.inventory import Domain
from hexward.model import Status
from tests.build import inventory, judge, seen

PASS = inventory(seen(Domain, app_network_access_type="VpcOnly"))
FAIL = inventory(seen(Domain, app_network_access_type="PublicInternetOnly"))


def test_subnets_of_its_own_do_not_excuse_public_access():
    domain = seen(Domain, app_network_access_type="PublicInternetOnly", vpc_id="vpc-1", subnet_ids=("subnet-1",))
    assert judge(studio_vpc_only, domain).status is Status.FAIL
