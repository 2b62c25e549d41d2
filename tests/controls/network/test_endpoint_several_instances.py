import pytest

from hexward.controls.network.endpoint_several_instances import endpoint_several_instances
from hexward.inventory import EndpointConfig
from hexward.inventory.sagemaker import Serverless, Variant
from hexward.model import Status
from tests.build import inventory, judge, seen

ONE = Variant("one", instance_type="ml.m5.large", initial_instance_count=1)
TWO = Variant("two", instance_type="ml.m5.large", initial_instance_count=2)
NOT_TOLD = Variant("pools")
SERVERLESS = Variant("serverless", serverless_config=Serverless(2048))


def config(*variants: Variant) -> EndpointConfig:
    return seen(EndpointConfig, production_variants=variants)


PASS = inventory(config(TWO))
FAIL = inventory(config(ONE))


@pytest.mark.parametrize(
    ("variants", "status"),
    [
        ((TWO, TWO), Status.PASS),
        ((TWO, ONE), Status.FAIL),
        ((SERVERLESS,), Status.NOT_APPLICABLE),
        ((SERVERLESS, ONE), Status.FAIL),
        ((SERVERLESS, TWO), Status.PASS),
        ((NOT_TOLD, TWO), Status.UNKNOWN),
        ((NOT_TOLD, ONE), Status.FAIL),
    ],
)
def test_every_variant_on_machines_is_asked(variants, status):
    assert judge(endpoint_several_instances, config(*variants)).status is status
