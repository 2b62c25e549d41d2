import pytest

from hexward.controls.network.peering_bounded import peering_bounded
from hexward.inventory import Ref, RouteTable, Stage, Subnet, VpcPeering, Workload
from hexward.inventory.ec2 import Route
from hexward.inventory.ec2_vpc import Peer, PeerRange, PeerRange6
from hexward.model import Status
from tests.build import ACCOUNT, REGION, inventory, judge, seen

TRAINING = (PeerRange("10.1.0.0/16"),)


def place(stage: Stage, number: int) -> tuple[Subnet, Workload]:
    return (
        seen(Subnet, f"arn:s{number}", subnet_id=f"subnet-{number}", vpc_id=f"vpc-{number}"),
        seen(Workload, f"arn:w{number}", stage=stage, subnets=(Ref(f"subnet-{number}", "vpc"),)),
    )


def peering(owner: str = ACCOUNT, region: str = REGION, v6: str = "fd00::/56") -> VpcPeering:
    return seen(
        VpcPeering, vpc_peering_connection_id="pcx-1",
        requester=Peer("vpc-1", owner, region, TRAINING, (PeerRange6(v6),)),
        accepter=Peer("vpc-2", ACCOUNT, REGION, (PeerRange("10.2.0.0/16"),)),
    )  # fmt: skip


def table(*cidrs: str, state: str = "active", vpc: str = "vpc-2") -> RouteTable:
    routes = [
        Route(
            destination_cidr_block=None if ":" in cidr else cidr, destination_ipv6_cidr_block=cidr if ":" in cidr else None,
            vpc_peering_connection_id="pcx-1", state=state,
        )
        for cidr in cidrs
    ]  # fmt: skip
    return seen(
        RouteTable, vpc_id=vpc, routes=(*routes, Route(destination_cidr_block="10.0.0.0/8", gateway_id="local"))
    )


TRAIN, INFER = place(Stage.TRAIN, 1), place(Stage.INFER, 2)

PASS = inventory(table("10.1.4.0/24"), peering(), *TRAIN, *INFER)
FAIL = inventory(table("10.1.0.0/16"), peering(), *TRAIN, *INFER)


@pytest.mark.parametrize(
    ("one", "status"),
    [
        (table("10.0.0.0/8"), Status.FAIL),
        (table("10.1.0.0/17", "10.1.128.0/17"), Status.FAIL),
        (table("10.1.0.0/17"), Status.PASS),
        (table("fd00::/48"), Status.FAIL),
        (table("fd00::/64"), Status.PASS),
        (table("10.2.0.0/16", vpc="vpc-1"), Status.FAIL),
        (table("10.1.0.0/16", state="blackhole"), Status.NOT_APPLICABLE),
        (table(), Status.NOT_APPLICABLE),
    ],
)
def test_a_route_to_the_whole_of_the_peer_is_too_wide(one, status):
    assert judge(peering_bounded, one, peering(), *TRAIN, *INFER).status is status


@pytest.mark.parametrize(
    ("others", "status"),
    [
        ((*TRAIN, *place(Stage.TRAIN, 2)), Status.PASS),
        ((*place(Stage.DEVELOP, 1), *INFER), Status.PASS),
        ((*place(Stage.PROCESS, 1), *INFER), Status.FAIL),
        ((*place(Stage.INFER, 1), *place(Stage.TRAIN, 2)), Status.FAIL),
        ((*TRAIN, INFER[0], INFER[1].punched("stage")), Status.UNKNOWN),
    ],
)
def test_only_inference_is_kept_from_what_stands_behind_it(others, status):
    assert judge(peering_bounded, table("10.1.0.0/16"), peering(), *others).status is status


@pytest.mark.parametrize("one", [peering(owner="999999999999"), peering(region="ap-south-1")])
def test_a_peer_that_is_not_seen_is_unknown(one):
    assert judge(peering_bounded, table("10.1.0.0/16"), one, *TRAIN, *INFER).status is Status.UNKNOWN
    assert judge(peering_bounded, table("10.1.0.0/16"), *TRAIN, *INFER).status is Status.UNKNOWN


def test_a_route_to_a_prefix_list_is_unknown_and_hides_no_wide_one():
    listed = Route(vpc_peering_connection_id="pcx-1", state="active")
    wide = table("10.1.0.0/16")
    for routes, status in (((listed,), Status.UNKNOWN), ((listed, *wide.routes), Status.FAIL)):
        one = seen(RouteTable, vpc_id="vpc-2", routes=routes)
        assert judge(peering_bounded, one, peering(), *TRAIN, *INFER).status is status


def test_a_peer_whose_ranges_are_not_told_is_unknown():
    bare = seen(
        VpcPeering, vpc_peering_connection_id="pcx-1", requester=Peer("vpc-1", ACCOUNT, REGION), accepter=Peer("vpc-2", ACCOUNT, REGION)
    )  # fmt: skip
    assert judge(peering_bounded, table("10.1.0.0/16"), bare, *TRAIN, *INFER).status is Status.UNKNOWN
