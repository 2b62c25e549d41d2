import pytest

from hexward.controls.network.flow_logs import flow_logs
from hexward.inventory import FlowLog, Ref, Subnet, Vpc, Workload
from hexward.model import Status
from tests.build import ACCOUNT, inventory, judge, seen

VPC = seen(Vpc, vpc_id="vpc-1", owner_id=ACCOUNT)
SUBNET = seen(Subnet, subnet_id="subnet-1", vpc_id="vpc-1")
WORKLOAD = seen(Workload, subnets=(Ref("subnet-1", "vpc"),))


def log(
    traffic: str | None = "ALL",
    status: str = "ACTIVE",
    delivered: str | None = "SUCCESS",
    of: str = "vpc-1",
    name: str = "fl-1",
) -> FlowLog:
    return seen(
        FlowLog, f"arn:{name}", flow_log_id=name, resource_id=of, status=status, traffic_type=traffic,
        deliver_logs_status=delivered,
    )  # fmt: skip


OTHERS = (
    seen(Subnet, "arn:2", subnet_id="subnet-2", vpc_id="vpc-2"),
    seen(Workload, "arn:w2", subnets=(Ref("subnet-2", "vpc"),)),
)

PASS = inventory(VPC, SUBNET, WORKLOAD, *OTHERS, log())
FAIL = inventory(seen(Vpc, vpc_id="vpc-2", owner_id=ACCOUNT), SUBNET, WORKLOAD, *OTHERS, log())


@pytest.mark.parametrize(
    ("logs", "says"),
    [
        ((log("ALL"),), None),
        ((log(delivered=None),), None),
        ((log("ACCEPT"), log(name="fl-2")), None),
        ((), "it has no flow log"),
        ((log(of="subnet-1"),), "it has no flow log"),
        ((log(status="INACTIVE"),), "its flow log fl-1 is not active: INACTIVE"),
        ((log(delivered="FAILED"),), "its flow log fl-1 is not delivered"),
        ((log("ACCEPT"),), "its flow log fl-1 is of accepted traffic alone"),
    ],
)
def test_asks_for_one_log_of_what_is_refused_that_arrives(logs, says):
    faults = judge(flow_logs, VPC, SUBNET, WORKLOAD, *logs).faults
    assert [fault.says for fault in faults] == ([] if says is None else [says])


def test_a_vpc_that_another_account_shares_is_unknown():
    shared = seen(Vpc, vpc_id="vpc-1", owner_id="999999999999")
    assert judge(flow_logs, shared, SUBNET, WORKLOAD).status is Status.UNKNOWN


def test_a_vpc_without_ai_workloads_is_left_out():
    assert judge(flow_logs, VPC, SUBNET).status is Status.NOT_APPLICABLE
    assert judge(flow_logs, VPC, WORKLOAD).status is Status.NOT_APPLICABLE
    assert judge(flow_logs, VPC, SUBNET, seen(Workload)).status is Status.UNKNOWN
    assert judge(flow_logs, VPC, seen(Subnet, vpc_id="vpc-1"), WORKLOAD).status is Status.UNKNOWN


@pytest.mark.parametrize("field", ["status", "traffic_type", "deliver_logs_status"])
def test_a_log_that_may_work_is_unknown_and_one_that_does_suffices(field):
    unread = log().punched(field)
    assert judge(flow_logs, VPC, SUBNET, WORKLOAD, unread).status is Status.UNKNOWN
    assert judge(flow_logs, VPC, SUBNET, WORKLOAD, unread, log(name="fl-2")).status is Status.PASS
