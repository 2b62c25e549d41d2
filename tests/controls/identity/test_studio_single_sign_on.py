from hexward.controls.identity.studio_single_sign_on import studio_single_sign_on
from hexward.inventory import Domain
from tests.build import inventory, judge, seen

PASS = inventory(seen(Domain, auth_mode="SSO"))
FAIL = inventory(seen(Domain, auth_mode="IAM"))


def test_names_the_way_of_signing_in():
    [fault] = judge(studio_single_sign_on, seen(Domain, auth_mode="IAM")).faults
    assert fault.says == "people sign in with IAM, not with IAM Identity Center"
