import pytest

from hexward.controls.network.model_isolated import model_isolated
from hexward.inventory import EndpointConfig, Model
from hexward.inventory.sagemaker import Variant, Vpc
from hexward.model import Status
from tests.build import inventory, judge, seen

VPC = Vpc(("sg-1",), ("subnet-1",))


def model(vpc: Vpc | None, *, isolated: bool | None) -> Model:
    return seen(Model, name="chat", vpc_config=vpc, enable_network_isolation=isolated)


PASS = inventory(model(VPC, isolated=True))
FAIL = inventory(model(VPC, isolated=False))


@pytest.mark.parametrize(
    ("vpc", "isolated", "aspects"),
    [
        (VPC, None, ["isolation"]),
        (None, True, ["vpc"]),
        (None, False, ["isolation", "vpc"]),
    ],
)
def test_judges_the_vpc_and_the_isolation_apart(vpc, isolated, aspects):
    assert [f.aspect for f in judge(model_isolated, model(vpc, isolated=isolated)).faults] == aspects


def test_a_model_that_no_endpoint_uses_is_judged_too():
    other = seen(EndpointConfig, production_variants=(Variant("a", model_name="another"),))
    assert judge(model_isolated, model(VPC, isolated=False), other).status is Status.FAIL
