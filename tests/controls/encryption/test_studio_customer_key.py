from hexward.controls.encryption.studio_customer_key import studio_customer_key
from hexward.inventory import Domain, Key
from hexward.model import Status
from tests.build import ACCOUNT, REGION, inventory, judge, seen

KEY = seen(Key, f"arn:aws:kms:{REGION}:{ACCOUNT}:key/k1", manager="CUSTOMER")

PASS = inventory(seen(Domain, kms_key_id="k1"), KEY)
FAIL = inventory(seen(Domain, kms_key_id=None), KEY)


def test_a_key_that_aws_manages_fails():
    key = seen(Key, KEY.arn, manager="AWS")
    assert judge(studio_customer_key, seen(Domain, kms_key_id="k1"), key).status is Status.FAIL
