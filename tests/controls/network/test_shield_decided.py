import pytest

from hexward.controls.network.shield_decided import shield_decided
from hexward.inventory import PublicEntry, ShieldProtection
from hexward.inventory.front_door import EntryKind
from hexward.model import Status
from tests.build import inventory, judge, seen


def entry(tags: dict[str, str] | None, sort: EntryKind = EntryKind.DISTRIBUTION) -> PublicEntry:
    return seen(PublicEntry, "arn:entry", sort=sort, tags=tags)


def protection(arn: str) -> ShieldProtection:
    return seen(ShieldProtection, "arn:protection", resource_arn=arn)


DECIDED = {"Shield": "Standard"}

PASS = inventory(entry(DECIDED), protection("arn:other"))
FAIL = inventory(entry(None), protection("arn:other"))


@pytest.mark.parametrize(
    ("one", "others", "status"),
    [
        (entry(None), (protection("arn:entry"),), Status.PASS),
        (entry({"shield": "to be decided"}), (), Status.FAIL),
        (entry(None, EntryKind.LOAD_BALANCER), (), Status.FAIL),
        (entry(None, EntryKind.REST_API), (), Status.NOT_APPLICABLE),
        (entry(None, EntryKind.FUNCTION_URL), (), Status.NOT_APPLICABLE),
    ],
)
def test_asks_for_a_protection_or_a_decision(one, others, status):
    assert judge(shield_decided, one, *others).status is status
