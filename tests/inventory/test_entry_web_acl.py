"""A web ACL counts if it stands before an entry of AI, and one that was not seen is never silence."""

import pytest

from hexward.inventory import CloudFrontWebAcl, EntryWebAcl, NotCollected, PublicEntry, WebAcl
from hexward.inventory.front_door import Door, EntryKind
from hexward.inventory.wafv2 import BodyInspection
from tests.build import inventory, seen

CONFIGURED = {"API_GATEWAY": BodyInspection("KB_64"), "CLOUDFRONT": BodyInspection("KB_32")}


def acl(arn: str = "arn:acl", configured: dict[str, BodyInspection] | None = None) -> WebAcl:
    return seen(WebAcl, arn, name="front", rules=(), logging=None, data_protection=None, body_inspection=configured)


def entry(kind: EntryKind, *acls: str | None, arn: str = "arn:entry") -> PublicEntry:
    return seen(PublicEntry, arn, name=f"{kind}", sort=kind, doors=tuple(Door("", one) for one in acls))


@pytest.mark.parametrize(
    ("kinds", "configured", "inspected"),
    [
        ((EntryKind.LOAD_BALANCER,), CONFIGURED, 8192),
        ((EntryKind.REST_API,), None, 16384),
        ((EntryKind.REST_API,), CONFIGURED, 65536),
        ((EntryKind.DISTRIBUTION, EntryKind.REST_API), CONFIGURED, 32768),
        ((EntryKind.REST_API, EntryKind.LOAD_BALANCER), CONFIGURED, 8192),
        ((EntryKind.REST_API,), {"API_GATEWAY": BodyInspection("ALL")}, 8192),
    ],
)
def test_sees_of_a_body_what_the_entry_hands_it(kinds, configured, inspected):
    entries = [entry(kind, "arn:acl", arn=f"arn:{kind}") for kind in kinds]
    [one] = inventory(acl(configured=configured), *entries).of(EntryWebAcl)
    assert one.inspected_bytes == inspected
    assert one.entries == tuple(sorted(kinds))


def test_only_web_acls_before_entries_of_ai_count():
    far = seen(
        CloudFrontWebAcl, "arn:cf", name="edge", rules=(), logging=None, data_protection=None, body_inspection=None
    )
    found = inventory(acl(), acl("arn:other"), far, entry(EntryKind.DISTRIBUTION, "arn:cf", None)).of(EntryWebAcl)
    assert [one.name for one in found] == ["edge"]


@pytest.mark.parametrize(
    "entries",
    [
        (entry(EntryKind.REST_API, "arn:unseen"),),
        (entry(EntryKind.REST_API, "arn:unseen").punched("doors"),),
    ],
)
def test_a_web_acl_that_was_not_seen_is_a_gap(entries):
    found = inventory(acl(), *entries).of(EntryWebAcl)
    assert found.records == ()
    with pytest.raises(NotCollected):
        list(found)


def test_a_gap_of_the_web_acl_is_one_of_the_entrys():
    [one] = inventory(acl().punched("body_inspection").punched("logging"), entry(EntryKind.REST_API, "arn:acl")).of(
        EntryWebAcl
    )
    assert set(one.gaps) == {"inspected_bytes", "logging"}
    assert one.rules == ()
