import pytest

from hexward.controls.vulnerabilities.network_reachability import network_reachability
from hexward.inventory import InspectorNetworkCoverage, InspectorNetworkFinding
from hexward.inventory.inspector2 import Ports
from hexward.inventory.machines import is_accelerated
from hexward.model import Status
from tests.build import inventory, judge, seen
from tests.controls.vulnerabilities.scans import INSTANCE, workload

ID = INSTANCE.rpartition("/")[2]


def instance(tags: dict[str, str] | None = None, status: str = "ACTIVE") -> InspectorNetworkCoverage:
    return seen(
        InspectorNetworkCoverage, INSTANCE, instance_id=ID, status=status, reason="EC2_INSTANCE_STOPPED", tags=tags
    )


def reached(begin: int, end: int, of: str = ID, size: str | None = "m5.large", **more: str) -> InspectorNetworkFinding:
    arn = f"arn:aws:inspector2:us-east-1:111122223333:finding/{begin}"
    return seen(
        InspectorNetworkFinding,
        arn,
        instance_id=of,
        instance_type=size,
        protocol="TCP",
        ports=Ports(begin, end),
        **more,
    )


AI = {"workload": "Training"}

PASS = inventory(instance(AI), reached(8888, 8888, of="i-1"))
FAIL = inventory(instance(AI), reached(8888, 8888))


@pytest.mark.parametrize(
    ("one", "others", "aspects"),
    [
        (instance(AI), [reached(22, 22), reached(8000, 9000)], ["tcp 22", "tcp 8000-9000"]),
        (instance(), [reached(22, 22, size="g5.12xlarge")], ["tcp 22"]),
        (instance(), [reached(22, 22), workload(arn=INSTANCE)], ["tcp 22"]),
        (instance(AI, "INACTIVE"), [reached(22, 22)], ["tcp 22"]),
        (instance(AI), [], []),
    ],
)
def test_each_port_of_an_ai_instance_that_is_reached_is_a_fault(one, others, aspects):
    assert [fault.aspect for fault in judge(network_reachability, one, *others).faults] == aspects


@pytest.mark.parametrize("tags", [None, {}, {"workload": "web"}])
def test_an_instance_that_nothing_calls_ai_is_not_judged(tags):
    assert judge(network_reachability, instance(tags), reached(22, 22)).status is Status.NOT_APPLICABLE


def test_an_instance_whose_network_is_not_looked_at_is_unknown():
    assert judge(network_reachability, instance(AI, "INACTIVE")).status is Status.UNKNOWN


@pytest.mark.parametrize(
    "size", ["p4d.24xlarge", "p6-b200.48xlarge", "g5g.xlarge", "gr6.4xlarge", "trn1n.2xlarge", "inf2.xlarge"]
)
def test_families_with_gpus_or_chips_for_models_are_told_by_their_letters(size):
    assert is_accelerated(size)


@pytest.mark.parametrize("size", ["m5.large", "r7g.large", "t4g.small", "hpc7g.4xlarge", ""])
def test_families_without_are_told_too(size):
    assert not is_accelerated(size)
