import pytest

from hexward.controls.network.model_image_in_vpc import model_image_in_vpc
from hexward.inventory import Model
from hexward.inventory.sagemaker import Container, ImageConfig
from tests.build import inventory, judge, seen

INSIDE = Container("registry.internal/chat:1", ImageConfig("Vpc"))
PLATFORM = Container("111122223333.dkr.ecr.us-east-1.amazonaws.com/chat:1", ImageConfig("Platform"))
NOT_TOLD = Container("111122223333.dkr.ecr.us-east-1.amazonaws.com/chat:1")


def model(first: Container | None, *pipeline: Container) -> Model:
    return seen(Model, primary_container=first, containers=pipeline or None)


PASS = inventory(model(INSIDE))
FAIL = inventory(model(PLATFORM))


@pytest.mark.parametrize(
    ("first", "pipeline", "aspects"),
    [
        (NOT_TOLD, (), ["primary"]),
        (None, (INSIDE, INSIDE), []),
        (None, (INSIDE, PLATFORM), ["pipeline"]),
        (None, (INSIDE, NOT_TOLD), ["pipeline"]),
    ],
)
def test_judges_the_one_container_and_those_of_a_pipeline(first, pipeline, aspects):
    assert [fault.aspect for fault in judge(model_image_in_vpc, model(first, *pipeline)).faults] == aspects
