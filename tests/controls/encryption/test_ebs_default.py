import pytest

from hexward.controls.encryption.ebs_default import ebs_default
from hexward.inventory import Alias, EbsDefaults, Key, Volume
from hexward.model import Status
from tests.build import ACCOUNT, REGION, inventory, judge, seen

AWS = seen(Key, f"arn:aws:kms:{REGION}:{ACCOUNT}:key/aws", manager="AWS")
OWN = seen(Key, f"arn:aws:kms:{REGION}:{ACCOUNT}:key/own", manager="CUSTOMER")
ALIAS = seen(Alias, f"arn:aws:kms:{REGION}:{ACCOUNT}:alias/aws/ebs", name="alias/aws/ebs", target_key_id="aws")
SECRET = seen(Volume, tags={"data-class": "confidential"})


def region(key: str = "alias/aws/ebs", *, encrypted: bool = True) -> EbsDefaults:
    return seen(EbsDefaults, encrypted=encrypted, key_id=key)


PASS = inventory(region(OWN.arn), OWN, SECRET)
FAIL = inventory(region(OWN.arn, encrypted=False), OWN, SECRET)


@pytest.mark.parametrize(
    ("one", "volumes", "status"),
    [
        (region(), (), Status.PASS),
        (region(), (seen(Volume, tags=None),), Status.PASS),
        (region(), (seen(Volume, tags={"data-class": "internal"}),), Status.PASS),
        (region(), (SECRET,), Status.FAIL),
        (region(), (seen(Volume, tags={"data-class": "phi"}),), Status.FAIL),
        (region(), (seen(Volume, region="eu-west-1", tags={"data-class": "phi"}),), Status.PASS),
        (region(), (seen(Volume),), Status.UNKNOWN),
        (region(), (seen(Volume), SECRET), Status.FAIL),
        (region("unheard-of"), (SECRET,), Status.FAIL),
        (region(OWN.arn), (seen(Volume),), Status.UNKNOWN),
        (seen(EbsDefaults, encrypted=True), (), Status.PASS),
        (seen(EbsDefaults, encrypted=True), (SECRET,), Status.UNKNOWN),
        (seen(EbsDefaults, encrypted=False), (), Status.FAIL),
    ],
)
def test_asks_for_a_customers_key_where_confidential_disks_are(one, volumes, status):
    assert judge(ebs_default, one, AWS, ALIAS, *volumes).status is status
