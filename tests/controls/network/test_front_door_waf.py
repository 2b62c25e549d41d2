import pytest

from hexward.controls.network.front_door_waf import front_door_waf
from hexward.inventory import PublicEntry
from hexward.inventory.front_door import Door, EntryKind
from hexward.model import Status
from tests.build import inventory, judge, seen


def entry(*doors: Door, kind: EntryKind = EntryKind.REST_API) -> PublicEntry:
    return seen(PublicEntry, sort=kind, doors=doors)


GUARDED, OPEN = Door("prod", "arn:acl"), Door("prod", None)

PASS = inventory(entry(GUARDED))
FAIL = inventory(entry(OPEN))


def test_each_stage_needs_a_web_acl():
    faults = judge(front_door_waf, entry(GUARDED, Door("dev", None), Door("beta", None))).faults
    assert [fault.aspect for fault in faults] == ["dev", "beta"]
    assert (
        faults[0].says == "the internet reaches a model through stage dev of this REST API, which is behind no web ACL"
    )


@pytest.mark.parametrize(
    ("kind", "ends"),
    [
        (EntryKind.DISTRIBUTION, "this distribution, which is behind no web ACL"),
        (EntryKind.LOAD_BALANCER, "this application load balancer, which is behind no web ACL"),
        (EntryKind.HTTP_API, "this HTTP API, which takes no web ACL"),
        (EntryKind.NETWORK_LOAD_BALANCER, "this network load balancer, which takes no web ACL"),
        (EntryKind.FUNCTION_URL, "this function's address, which takes no web ACL"),
    ],
)
def test_says_where_none_can_stand(kind, ends):
    [fault] = judge(front_door_waf, entry(Door("", None), kind=kind)).faults
    assert fault.says.endswith(ends)


def test_doors_that_were_not_read_are_unknown():
    assert judge(front_door_waf, entry(OPEN).punched("doors")).status is Status.UNKNOWN
