"""Callers are read once each, and are told as the whole record tells them."""

import json
import sys

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexward.events import caller as module
from hexward.events.caller import Callers
from hexward.events.split import NOT_JSON
from hexward.events.who import who

ROLE = "arn:aws:iam::111122223333:role/train"
SESSION = {
    "type": "AssumedRole",
    "arn": "arn:aws:sts::111122223333:assumed-role/train/i-0123456789abcdef0",
    "accountId": "111122223333",
    "accessKeyId": "ASIAEXAMPLE",
    "sessionContext": {"sessionIssuer": {"arn": ROLE}},
}


def raw(identity: object) -> msgspec.Raw:
    return msgspec.Raw(json.dumps(identity).encode())


def test_a_caller_is_read_once():
    callers = Callers(())
    assert callers.of(raw(SESSION), None, "192.0.2.1") is callers.of(raw(SESSION), None, "192.0.2.2")


def test_who_signed_in_to_the_console_is_another_caller():
    callers = Callers(())
    person = SESSION | {"arn": "arn:aws:sts::111122223333:assumed-role/train/ana"}
    found = [callers.of(raw(person), console, "192.0.2.1").by.kind for console in (None, "true", None)]
    assert found == ["role", "human", "role"]


def test_nothing_beside_an_identity_stands_for_one():
    callers = Callers(())
    callers.of(raw(SESSION), None, None)
    assert callers.of(msgspec.Raw(), json.dumps(SESSION), "192.0.2.1").by.principal == "192.0.2.1"


def test_one_without_a_name_is_named_for_each_address():
    callers = Callers(())
    found = [callers.of(raw({"type": "AWSAccount"}), None, address).by.principal for address in ("a.aws", "b.aws")]
    assert found == ["a.aws", "b.aws"]


def test_keys_are_told_apart_where_they_are_known():
    callers = Callers({"AKIAKNOWN"})

    def like(key: str) -> object:
        return callers.of(raw(SESSION | {"accessKeyId": key}), None, None).like

    assert like("ASIAONE") is like("ASIATWO")
    short = Callers({"AKIA"})
    assert len({short.of(raw(SESSION | {"accessKeyId": key}), None, None).like for key in ("AKIA", "AKIAONE")}) == 2
    assert len({like("ASIAONE"), like("AKIAONE"), like("AKIAKNOWN")}) == 3


def test_no_more_callers_are_remembered_than_fit(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "MOST_CALLERS", 3)
    callers = Callers(())
    for number in range(10):
        callers.of(raw(SESSION | {"userName": str(number), "accountId": str(number)}), None, None)
    assert len(callers.known) <= 3
    assert all(memoryview(one.raw).nbytes < 1_000 for one in callers.known.values())


def test_callers_of_one_checksum_are_told_apart(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "checksum", lambda _: 7)
    callers = Callers(())
    for _ in range(2):
        for number in "12":
            own = SESSION | {"accountId": number}
            assert callers.of(raw(own), None, None).identity.accountId == number


@pytest.mark.parametrize("place", range(3))
def test_who_is_told_at_too_great_length_is_left_to_whoever_reads_the_whole(place):
    told = ["ana", None, "192.0.2.1"]
    told[place] = "x" * 10_000
    callers = Callers(())
    with pytest.raises(NOT_JSON):
        callers.of(raw({"userName": told[0]}), told[1], told[2])
    assert not callers.known


def test_a_name_of_any_length_is_a_short_one_of_its_own():
    names = {who({"userIdentity": {"userName": "x" * 9_999 + last}}).principal for last in "abb"}
    assert len(names) == 2
    assert all(len(name) < 300 for name in names)


def test_a_caller_keeps_no_document():
    callers = Callers(())
    document = json.dumps([SESSION]).encode()
    before = sys.getrefcount(document)
    callers.of(msgspec.json.decode(document, type=list[msgspec.Raw])[0], None, None)
    assert callers.known
    assert sys.getrefcount(document) == before


@pytest.mark.parametrize("identity", ["root", [], {"type": 7}, {"sessionContext": []}])
def test_an_identity_of_another_shape_is_left_to_whoever_reads_the_whole(identity):
    with pytest.raises(NOT_JSON):
        Callers(()).of(raw(identity), None, None)


TEXT = st.sampled_from(
    ["", "train", "AWS Internal", "ssm.amazonaws.com", "111122223333", ROLE, ROLE + "/a", "a/SageMaker"]
)
ARN = st.sampled_from(
    [
        ROLE,
        "arn:aws:sts::111122223333:assumed-role/train/i-0123456789abcdef0",
        "arn:aws:sts::111122223333:assumed-role/train/SageMaker",
        "arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Admin_1/ana",
        "arn:aws:iam::111122223333:root",
        "SageMaker",
        "/i-01234567",
    ]
)
IDENTITY = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(
            ["AssumedRole", "Root", "IAMUser", "FederatedUser", "AWSService", "WebIdentityUser", ""]
        ),
        "arn": st.one_of(st.none(), ARN, TEXT),
        "principalId": TEXT,
        "accountId": TEXT,
        "userName": TEXT,
        "invokedBy": st.one_of(st.none(), TEXT),
        "sessionContext": st.one_of(
            st.none(),
            st.fixed_dictionaries(
                {},
                optional={
                    "sessionIssuer": st.fixed_dictionaries({"arn": st.one_of(ARN, TEXT)}),
                    "ec2RoleDelivery": TEXT,
                },
            ),
        ),
        "inScopeOf": st.one_of(st.none(), st.just({"issuerType": "AWS::Lambda::Function"})),
    },
)


@given(st.lists(st.tuples(IDENTITY, st.sampled_from([None, "true"]), st.sampled_from([None, "192.0.2.1", "a.aws"]))))
def test_a_caller_is_who_the_whole_record_tells(given_callers):
    callers = Callers(())
    for identity, console, address in given_callers:
        record = {"userIdentity": identity, "sessionCredentialFromConsole": console, "sourceIPAddress": address}
        assert callers.of(raw(identity), console, address).by is who(record)
