import pytest

from hexward.controls.encryption.endpoint_customer_key import endpoint_customer_key
from hexward.inventory import EndpointConfig, Key
from hexward.inventory.sagemaker import InstancePool, Serverless, Variant
from hexward.model import Status
from tests.build import ACCOUNT, REGION, inventory, judge, seen

KEY = seen(Key, f"arn:aws:kms:{REGION}:{ACCOUNT}:key/k1", manager="CUSTOMER")
SERVERLESS = Variant("a", serverless_config=Serverless(2048))
WITH_DISKS = Variant("b", instance_type="ml.g5.xlarge")
WITH_VOLUME = Variant("c", instance_type="ml.m5.large")
POOLS = Variant("d", instance_pools=(InstancePool("ml.g5.xlarge"), InstancePool("ml.inf2.xlarge")))


def config(key: str | None, *variants: Variant, shadow: tuple[Variant, ...] | None = None) -> EndpointConfig:
    return seen(EndpointConfig, kms_key_id=key, production_variants=variants, shadow_production_variants=shadow)


PASS = inventory(config("k1", WITH_VOLUME), KEY)
FAIL = inventory(config(None, WITH_VOLUME), KEY)


@pytest.mark.parametrize(
    ("variants", "shadow", "status"),
    [
        ((SERVERLESS,), None, Status.NOT_APPLICABLE),
        ((SERVERLESS, WITH_DISKS), None, Status.NOT_APPLICABLE),
        ((SERVERLESS, WITH_VOLUME), None, Status.FAIL),
        ((WITH_DISKS,), (WITH_VOLUME,), Status.FAIL),
        ((POOLS,), None, Status.FAIL),
        ((Variant("e"),), None, Status.FAIL),
    ],
)
def test_asks_for_a_key_where_a_variant_has_a_volume(variants, shadow, status):
    assert judge(endpoint_customer_key, config(None, *variants, shadow=shadow), KEY).status is status
