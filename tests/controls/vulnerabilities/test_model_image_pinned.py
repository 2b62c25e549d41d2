import pytest

from hexward.controls.vulnerabilities.model_image_pinned import model_image_pinned
from hexward.inventory import Model, Repository
from hexward.inventory.sagemaker import Container
from hexward.model import Status
from tests.build import ACCOUNT, REGION, inventory, judge, seen

IMAGE = f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/serve:1"
AWS = f"763104351884.dkr.ecr.{REGION}.amazonaws.com/pytorch-inference:2.6"


def model(*images: str | None) -> Model:
    containers = tuple(Container(image=image) for image in images)
    return seen(Model, primary_container=None, containers=containers)


def repository(rule: str) -> Repository:
    return seen(Repository, f"arn:aws:ecr:{REGION}:{ACCOUNT}:repository/serve", image_tag_mutability=rule)


PASS = inventory(model(IMAGE), repository("IMMUTABLE"))
FAIL = inventory(model(IMAGE), repository("MUTABLE"))


@pytest.mark.parametrize(
    ("images", "others", "aspects", "status"),
    [
        ((f"{AWS}@sha256:ab",), (), [], Status.PASS),
        ((AWS,), (), [], Status.UNKNOWN),
        ((AWS, IMAGE), (repository("MUTABLE"),), ["serve"], Status.FAIL),
        ((IMAGE,), (), ["serve"], Status.FAIL),
        ((IMAGE.replace(REGION, "eu-west-3"),), (), [], Status.UNKNOWN),
        (("registry.example:5000/serve:1",), (), ["registry.example:5000/serve"], Status.FAIL),
        ((None,), (), [], Status.NOT_APPLICABLE),
    ],
)
def test_only_a_digest_or_an_immutable_tag_of_this_account_pins_an_image(images, others, aspects, status):
    verdict = judge(model_image_pinned, model(*images), *others)
    assert [fault.aspect for fault in verdict.faults] == aspects
    assert verdict.status is status
