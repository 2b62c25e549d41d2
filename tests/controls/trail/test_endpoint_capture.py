import pytest

from hexward.controls.trail.endpoint_capture import endpoint_capture
from hexward.inventory import Endpoint, EndpointConfig
from hexward.inventory.sagemaker import Capturing, Serverless, Variant
from hexward.model import Status
from tests.build import inventory, judge, seen

ON_MACHINES = seen(EndpointConfig, name="c", production_variants=(Variant("a", model_name="m"),))
SERVERLESS = seen(
    EndpointConfig, name="c", production_variants=(Variant("a", model_name="m", serverless_config=Serverless(2048)),)
)


def endpoint(capture: Capturing | None) -> Endpoint:
    return seen(Endpoint, endpoint_config_name="c", data_capture_config=capture)


PASS = inventory(endpoint(Capturing("Started")), ON_MACHINES)
FAIL = inventory(endpoint(Capturing("Stopped")), ON_MACHINES)


@pytest.mark.parametrize(
    ("capture", "others", "status"),
    [
        (None, (ON_MACHINES,), Status.FAIL),
        (None, (SERVERLESS,), Status.NOT_APPLICABLE),
        (None, (), Status.UNKNOWN),
        (Capturing("Started"), (), Status.PASS),
    ],
)
def test_a_serverless_endpoint_cannot_record(capture, others, status):
    assert judge(endpoint_capture, endpoint(capture), *others).status is status
