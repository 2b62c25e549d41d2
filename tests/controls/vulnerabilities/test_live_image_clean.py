import pytest

from hexward.controls.vulnerabilities.live_image_clean import live_image_clean
from hexward.inventory import Endpoint, EndpointConfig, Model, Record
from hexward.inventory.sagemaker import Container, Variant
from hexward.model import Status
from tests.build import inventory, judge, seen
from tests.controls.vulnerabilities.scans import AWS, ENDPOINT, IMAGE, coverage, finding


def endpoint(status: str = "InService") -> Endpoint:
    return seen(Endpoint, ENDPOINT, status=status, endpoint_config_name="c")


def behind(*images: str) -> list[Record]:
    variant = Variant(variant_name="all", model_name="m")
    config = seen(EndpointConfig, name="c", production_variants=(variant,), shadow_production_variants=None)
    containers = tuple(Container(image=image) for image in images)
    return [config, seen(Model, name="m", primary_container=None, containers=containers)]


PASS = inventory(endpoint(), *behind(IMAGE), coverage(), finding("HIGH"))
FAIL = inventory(endpoint(), *behind(IMAGE), coverage(), finding("CRITICAL"))


@pytest.mark.parametrize(
    ("rows", "aspects"),
    [
        ([coverage(days=30)], []),
        ([coverage(days=31)], ["scan"]),
        ([coverage(days=None)], ["scan"]),
        ([], ["scan"]),
        ([coverage("INACTIVE", days=40), finding("CRITICAL", fix="NO")], ["scan", "holes"]),
        ([coverage(), finding("CRITICAL", tags=("2",))], []),
    ],
)
def test_an_image_must_be_scanned_this_month_and_hold_nothing_critical(rows, aspects):
    faults = judge(live_image_clean, endpoint(), *behind(IMAGE), *rows).faults
    assert [fault.aspect.partition(" ")[0] for fault in faults] == aspects


def test_two_holes_are_one_fault():
    found = [finding("CRITICAL", hole="CVE-2026-2"), finding("CRITICAL", hole="CVE-2026-1")]
    [fault] = judge(live_image_clean, endpoint(), *behind(IMAGE), coverage(), *found).faults
    assert fault.says == "critical holes in serve:1: 2, CVE-2026-1 among them"


def test_an_image_of_another_registry_is_unknown_and_hides_nothing():
    assert judge(live_image_clean, endpoint(), *behind(AWS)).status is Status.UNKNOWN
    found = judge(live_image_clean, endpoint(), *behind(AWS, IMAGE), coverage(), finding("CRITICAL"))
    assert (found.status, len(found.unseen)) == (Status.FAIL, 1)


def test_an_image_that_is_no_longer_scanned_is_not_clean():
    assert judge(live_image_clean, endpoint(), *behind(IMAGE), coverage("INACTIVE")).status is Status.UNKNOWN


def test_only_what_serves_is_judged_and_what_it_serves_must_be_told():
    assert judge(live_image_clean, endpoint("Failed")).status is Status.NOT_APPLICABLE
    assert judge(live_image_clean, endpoint()).status is Status.UNKNOWN
