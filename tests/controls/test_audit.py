"""An audit says something of every control and resource, and what was not seen is never a pass."""

import importlib
import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexward.controls import Control, audit, controls, judge, load, score
from hexward.controls.audit import evidence_of
from hexward.controls.control import NotApplicable
from hexward.inventory import (
    Bucket,
    Endpoint,
    Inventory,
    Key,
    NotCollected,
    NotebookInstance,
    Record,
    TrainingJob,
    Workload,
    readable,
)
from hexward.inventory.s3 import DefaultEncryption, EncryptionRule
from hexward.model import Fault, Finding, Gap, Reason, Status
from tests.build import NOW, inventory, seen

DENIED = Gap(Reason.DENIED, "refused", "kms:DescribeKey", "kms:DescribeKey", "111122223333", "us-east-1")
A_CONTROL = load("encryption.key_rotation_yearly")
KEY = seen(Key, "arn:aws:kms:us-east-1:111122223333:key/a", rotation_enabled=False, manager="CUSTOMER")


def of_keys(rule: object, name: str = "key_test") -> Control:
    """Make a control of keys out of a rule."""
    changed = {"id": f"encryption.{name}", "rule": rule, "judges": Key, "uses": (Bucket,), "takes_inventory": True}
    return replace(A_CONTROL, **changed)  # type: ignore[arg-type]


def found(control: Control, *records: Key | Bucket, **more: object) -> list[Finding]:
    return list(audit(inventory(*records, **more), [control]))  # type: ignore[arg-type]


def nothing_wrong(_key: Key, _inventory: Inventory) -> Iterator[Fault]:
    yield from ()


def test_nothing_yielded_is_a_pass_that_repeats_the_title():
    [one] = found(of_keys(nothing_wrong), KEY)
    assert (one.status, one.says, one.resource) == (Status.PASS, A_CONTROL.title, KEY.arn)
    assert (one.evidence, one.gaps, one.aspect) == ({}, (), "")


def test_each_fault_is_a_finding_with_its_evidence():
    def two(_key: Key, _inventory: Inventory) -> Iterator[Fault]:
        yield Fault("is not rotated", "rotation_enabled", "rotation")
        yield Fault("has another fault", "", "other")

    first, second = found(of_keys(two), KEY)
    assert (first.status, first.says, first.aspect) == (Status.FAIL, "is not rotated", "rotation")
    assert first.evidence == {
        "field": "rotation_enabled", "value": False, "call": "kms:GetKeyRotationStatus", "path": "KeyRotationEnabled",
    }  # fmt: skip
    assert second.evidence == {}
    assert first.fingerprint != second.fingerprint


def test_a_fault_proved_before_a_gap_stays_and_the_gap_is_told_beside_it():
    def fault_then_gap(key: Key, _inventory: Inventory) -> Iterator[Fault]:
        yield Fault("is not rotated", "rotation_enabled")
        if key.state == "Enabled":
            yield Fault("never reached")

    one = KEY.punched("state", DENIED)
    assert judge(of_keys(fault_then_gap), one, inventory(one)).status is Status.FAIL
    fail, unknown = found(of_keys(fault_then_gap), one)
    assert (fail.status, unknown.status) == (Status.FAIL, Status.UNKNOWN)
    assert fail.fingerprint != unknown.fingerprint
    assert unknown.gaps == (DENIED,)


def test_a_thing_that_a_rule_has_nothing_to_say_about_is_told_with_the_reason():
    def not_for_it(_key: Key, _inventory: Inventory) -> Iterator[Fault]:
        yield from ()
        raise NotApplicable("the key is on its way out")

    [one] = found(of_keys(not_for_it), KEY)
    assert (one.status, one.says) == (Status.NOT_APPLICABLE, "the key is on its way out")


def bad_bucket(_key: Key, given_: Inventory) -> Iterator[Fault]:
    for bucket in readable(given_.of(Bucket), "versioning"):
        if bucket.versioning is None:
            yield Fault(f"{bucket.arn} is not versioned", "", bucket.arn)


@given(st.lists(st.sampled_from(["Enabled", None, "unread"]), max_size=5), st.booleans())
def test_over_many_records_each_fault_is_told_and_each_gap_makes_it_unknown(versioning, listed):
    buckets = [
        seen(Bucket, f"arn:aws:s3:::b{number}") if one == "unread" else seen(Bucket, f"arn:aws:s3:::b{number}", versioning=one)
        for number, one in enumerate(versioning)
    ]  # fmt: skip
    unlisted = {} if listed else {(Bucket, "aws-global"): DENIED}
    statuses = [one.status for one in found(of_keys(bad_bucket), KEY, *buckets, unlisted=unlisted)]
    unseen = "unread" in versioning or not listed
    assert statuses.count(Status.FAIL) == versioning.count(None)
    assert statuses.count(Status.UNKNOWN) == unseen
    assert statuses.count(Status.PASS) == (not unseen and None not in versioning)


def test_a_kind_that_could_not_be_listed_is_unknown_in_that_region_beside_what_was_seen():
    unlisted = {(Key, "eu-west-1"): gap_in("eu-west-1"), (Key, "us-west-2"): gap_in("us-west-2")}
    got = found(of_keys(nothing_wrong), KEY, unlisted=unlisted)
    assert [(one.status, one.resource, one.region) for one in got] == [
        (Status.PASS, KEY.arn, "us-east-1"), (Status.UNKNOWN, "Key/*", "eu-west-1"), (Status.UNKNOWN, "Key/*", "us-west-2"),
    ]  # fmt: skip
    assert len({one.fingerprint for one in got}) == 3


def gap_in(region: str) -> Gap:
    return Gap(Reason.DENIED, "refused", "kms:ListKeys", "kms:ListKeys", "111122223333", region)


def test_what_keeps_a_kind_from_being_put_together_is_one_finding_a_region_and_an_account():
    workloads = replace(of_keys(nothing_wrong), judges=Workload)
    gaps: dict[tuple[type[Record], str], Gap] = {
        (kind, region): Gap(Reason.DENIED, "no", f"sagemaker:List{kind.__name__}", region=region)
        for kind in (NotebookInstance, Endpoint, TrainingJob)
        for region in ("us-east-1", "eu-west-1")
    }
    accounts = [Inventory(name, NOW, ("us-east-1", "eu-west-1"), [], gaps) for name in ("111122223333", "444455556666")]
    got = [one for account in accounts for one in audit(account, [workloads])]
    assert [(one.account, one.region, len(one.gaps)) for one in got] == [
        ("111122223333", "eu-west-1", 3), ("111122223333", "us-east-1", 3),
        ("444455556666", "eu-west-1", 3), ("444455556666", "us-east-1", 3),
    ]  # fmt: skip
    assert len({one.fingerprint for one in got}) == 4
    assert score(got).applicable == 4


def test_things_of_one_name_come_in_the_order_of_regions():
    regions = ("us-east-1", "eu-west-1", "ap-south-1")
    keys = [seen(Key, "arn:aws:test:::same", region=region) for region in regions]
    told = {tuple(one.region for one in found(of_keys(nothing_wrong), *order)) for order in permutations(keys)}
    assert told == {tuple(sorted(regions))}


def test_a_fingerprint_outlives_other_words_and_tells_resources_and_aspects_apart():
    def says(text: str, aspect: str = "", arn: str = KEY.arn) -> str:
        def rule(_key: Key, _inventory: Inventory) -> Iterator[Fault]:
            yield Fault(text, "rotation_enabled", aspect)

        [one] = found(of_keys(rule), seen(Key, arn, rotation_enabled=False))
        return one.fingerprint

    assert says("is not rotated") == says("was never rotated")
    assert len({says("x"), says("x", "other"), says("x", arn=f"{KEY.arn}b")}) == 3


def test_evidence_is_plain_enough_for_json():
    rules = (EncryptionRule(apply_server_side_encryption_by_default=DefaultEncryption("AES256")),)
    [value] = [evidence_of(seen(Bucket, encryption=rules), "encryption")["value"]]
    assert json.loads(json.dumps(value)) == [
        {
            "ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256", "KMSMasterKeyID": None},
            "BucketKeyEnabled": None,
            "BlockedEncryptionTypes": None,
        }
    ]
    assert evidence_of(seen(Key, created=NOW), "created")["value"] == "2026-03-02T12:00:00Z"


@pytest.mark.parametrize("control", controls(), ids=lambda control: control.id)
def test_no_two_findings_of_an_example_have_one_fingerprint(control):
    practice, _, own = control.id.rpartition(".")
    example = importlib.import_module(f"tests.controls.{practice}.test_{own}")
    for given_ in (example.PASS, example.FAIL):
        prints = [one.fingerprint for one in audit(given_, [control])]
        assert len(prints) == len(set(prints))


def test_an_account_without_any_is_silent_only_where_all_were_listed():
    assert found(of_keys(nothing_wrong)) == []
    assert [one.status for one in found(of_keys(nothing_wrong), unlisted={(Key, "us-east-1"): DENIED})] == [
        Status.UNKNOWN
    ]


def test_the_order_in_which_things_were_collected_does_not_show():
    keys = [seen(Key, f"arn:aws:kms:us-east-1:111122223333:key/{name}", rotation_enabled=True) for name in "cab"]
    rules = [of_keys(nothing_wrong, name) for name in ("b", "a")]
    told = {repr(list(audit(inventory(*order), pair))) for order in permutations(keys) for pair in permutations(rules)}
    assert len(told) == 1


def test_a_mistake_in_a_rule_is_not_taken_for_a_gap():
    def broken(key: Key, _inventory: Inventory) -> Iterator[Fault]:
        yield Fault(key.sate)

    with pytest.raises(AttributeError, match="Key has no field 'sate'"):
        found(of_keys(broken), KEY)


def test_a_rule_that_looks_for_another_thing_in_vain_is_unknown():
    def looks(_key: Key, given_: Inventory) -> Iterator[Fault]:
        given_.find(NotebookInstance, "arn:aws:sagemaker:us-east-1:444455556666:notebook-instance/x")
        yield Fault("never reached")

    [one] = found(of_keys(looks), KEY)
    assert one.status is Status.UNKNOWN
    assert "belongs to another account" in one.gaps[0].detail


@pytest.mark.parametrize(
    ("path", "evidence"),
    [
        ("", {}),
        ("no_such_field", {"field": "no_such_field"}),
        ("state", {"field": "state", "value": None, "call": "kms:DescribeKey", "path": "KeyMetadata.KeyState"}),
    ],
)
def test_evidence_says_where_a_value_was_read(path, evidence):
    assert evidence_of(KEY, path) == evidence


def test_a_gap_can_be_raised_by_whatever_a_rule_calls():
    def raises(_key: Key, _inventory: Inventory) -> Iterator[Fault]:
        yield from ()
        raise NotCollected("something", DENIED)

    verdict = judge(of_keys(raises), KEY, inventory(KEY))
    assert (verdict.status, [missing.what for missing in verdict.unseen]) == (Status.UNKNOWN, ["something"])
