"""A record that is judged by its brief has the hits that the whole record has, whatever stands in it."""

import json
import random
import tracemalloc
from collections.abc import Sequence
from copy import deepcopy
from functools import cache, partial
from io import BytesIO
from itertools import product
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hexward.detections import Search, briefs, detections, settled, user_detections
from hexward.detections.hit import Head, Hit, Row
from hexward.detections.settled import SETTLED
from hexward.detections.work import Worker
from hexward.events import Log, caller, document, event_of
from hexward.events.baseline import SCHEMA, Baseline, Habit
from hexward.events.brief import TOLD
from hexward.events.cloudtrail import WORDS
from hexward.events.enrich import Assets, Enrichment
from hexward.events.event import LAST_TIME, milliseconds
from hexward.events.origin import Databases, Origins
from hexward.events.read import Reader
from tests.detections.overlay import ACCOUNT, CLOUDTRAIL, events, examples, file_of
from tests.events.mmdb import databases_in

ROLE = f"arn:aws:iam::{ACCOUNT}:role/train"
UNTIL = milliseconds("2026-03-14T00:00:00Z")
HOURS = {UNTIL // 3_600_000 - 24 * day - hour: (20, 1_000) for day in range(40) for hour in (9, 10)}
USUAL = Baseline(
    SCHEMA,
    UNTIL,
    principals={
        name: Habit(
            dict(HOURS), {"198.51.100.0/24"}, {"s3.amazonaws.com:GetObject", "bedrock.amazonaws.com:InvokeModel"}
        )
        for name in (ROLE, f"arn:aws:iam::{ACCOUNT}:user/ana")
    },
    keys={"AKIAEXAMPLE": {"198.51.100.0/24"}},
    regions={ACCOUNT: {"eu-west-1"}},
)
ASSETS = Assets({"training-data": ("training_data",), "models": ("model_artifacts",)}, {ROLE: ("train",)})
SESSION: dict[str, Any] = {
    "type": "AssumedRole",
    "arn": f"arn:aws:sts::{ACCOUNT}:assumed-role/train/SageMaker",
    "accountId": ACCOUNT,
    "accessKeyId": "ASIAEXAMPLE",
    "sessionContext": {"sessionIssuer": {"arn": ROLE}, "attributes": {"mfaAuthenticated": "false"}},
}
ABROAD = """title: A call from abroad
logsource: {product: aws, service: cloudtrail}
detection:
    home:
        hexward.country: DE
    rented:
        hexward.network|startswith: ['AS64501', 'aws ', '203.0.113.', '52.']
    unknown:
        hexward.country|exists: false
    condition: (unknown and rented) or not (home or unknown)
level: low
"""
VALUES: dict[str, list[object]] = {
    "userIdentity": [SESSION, None, {}, {"type": "Root", "accountId": ACCOUNT}, {"type": "AWSService", "invokedBy": "a.aws"}, "root"],
    "userIdentity.type": ["IAMUser", "Root", "FederatedUser", 7],
    "userIdentity.arn": [ROLE, None, ""],
    "userIdentity.accessKeyId": ["AKIAEXAMPLE", "AKIAOTHER", "ASIA1", "", None],
    "userIdentity.invokedBy": ["AWS Internal", "cloudformation.amazonaws.com", "ssm.amazonaws.com", None],
    "userIdentity.sessionContext": [None, {}, {"ec2RoleDelivery": "2.0"}, {"ec2RoleDelivery": None}, []],
    "userIdentity.inScopeOf": [None, {"issuerType": "AWS::Lambda::Function"}],
    "sourceIPAddress": ["203.0.113.9", "198.18.3.4", "198.19.3.4", "192.0.2.1", "52.17.4.20", "52.16.7.7",
                        "2001:db8::1", "10.0.0.4", "lambda.amazonaws.com", "AWS Internal", None],
    "vpcEndpointId": ["vpce-1", "", None],
    "awsRegion": ["us-east-1", None],
    "recipientAccountId": ["999988887777", None],
    "eventTime": ["2026-03-14T09:30:00Z", "2026-03-14T03:00:00Z", "yesterday", None, 5],
    "eventID": [None, "", 9],
    "errorCode": [None, "AccessDenied", ""],
    "errorMessage": [None, 5, "on resource: arn:aws:bedrock:us-east-1::foundation-model/a.b because"],
    "requestParameters": [None, {}, [], {"bucketName": "training-data", "key": "a.parquet"}],
    "requestParameters.bucketName": ["training-data", "models", "other", ["training-data"], 3],
    "requestParameters.key": ["model.safetensors", "shard.parquet", ["a.pt"], None],
    "requestParameters.x-amz-server-side-encryption-customer-algorithm": ["AES256", None],
    "requestParameters.x-amz-copy-source": ["training-data/a.parquet", "/models/a.pt?versionId=1", ["models/a.pt"], None],
    "requestParameters.ipPermissions": [[{"fromPort": 22, "toPort": 22, "ipRanges": [{"cidrIp": "0.0.0.0/0"}]}], [None], "x"],
    "requestParameters.advancedEventSelectors": [[{"fieldSelectors": [{"field": "eventCategory", "equals": ["Management"]}]}], [None], "x"],
    "resources": [[{"ARN": "arn:aws:s3:::models", "accountId": "999988887777"}], [{"ARN": None}], [None], {}, "x", None],
    "additionalEventData": [None, {}, {"bytesTransferredOut": 50_000}, {"bytesTransferredOut": 2.5}, {"bytesTransferredOut": "many"}],
    "sessionCredentialFromConsole": ["true", None],
}  # fmt: skip
CHANGES = [(path, value) for path, values in VALUES.items() for value in values]


@cache
def records() -> list[dict[str, Any]]:
    """Return the records of CloudTrail of all detections' examples."""
    return [
        {key: value for key, value in cast("dict[str, Any]", event.fields).items() if key != "hexward"}
        for detection in detections()
        if file_of(detection).is_file()
        for kind in ("hits", "misses")
        for overlays in examples(detection, kind)
        for event in events([{**one, "repeat": 1} for one in overlays])
        if event.log is Log.CLOUDTRAIL
    ]


def changed(record: dict[str, Any], changes: list[tuple[str, object]]) -> dict[str, Any]:
    found = deepcopy(record)
    for path, value in changes:
        *steps, last = path.split(".")
        inner: Any = found
        for step in steps:
            inner = inner.get(step) if isinstance(inner, dict) else None
        if isinstance(inner, dict):
            inner[last] = deepcopy(value)
    return found


@cache
def worker(folder: Path, *, usual: bool, assets: bool, networks: bool = False) -> Worker:
    """Return a worker, which remembers its plans from one test to the next."""
    files = Databases(**databases_in(folder)) if networks else Databases()
    baseline = named_by(Origins(files)) if networks else USUAL
    (folder / "abroad.yml").write_text(ABROAD)
    rules = (*detections(), *user_detections(folder / "abroad.yml"))
    return Worker(Search(rules, baseline if usual else None, ASSETS if assets else None, databases=files), folder, "0")


def named_by(origins: Origins) -> Baseline:
    """Return what is usual, with networks named as origins name them."""
    found = deepcopy(USUAL)
    found.named_by = {kind: {release} for kind, release in origins.named_by.items()}
    for habit in found.principals.values():
        habit.networks |= {"AS64500 DE", "aws eu-west-1 EC2"}
    found.keys["AKIAEXAMPLE"] |= {"AS64500 DE", "52.17.4.0/24"}
    return found


def by_brief(judge: Worker, data: bytes) -> list[Hit]:
    """Judge a file as a hunt does."""
    hits: list[Hit] = []

    def take(heads: Sequence[Head], row: Row) -> None:
        hits.extend(head.hit(row) for head in heads)

    reader = Reader(lambda log, early: bool(judge.engine.candidates(log, *early)), partial(judge.briefs.judge, take))
    hits += whole_hits(judge, reader, data)
    return sorted(hits)


def whole_hits(judge: Worker, reader: Reader, data: bytes) -> list[Hit]:
    found: list[Hit] = []
    for log, _, record in reader.read("a.json", BytesIO(data)):
        try:
            event = judge.enrichment.join(event_of(log, record))
        except ValueError:
            continue
        found += judge.engine.hits(event)
    return found


def in_full(judge: Worker, data: bytes) -> list[Hit]:
    """Judge a file by whole records alone."""
    return sorted(whole_hits(judge, Reader(lambda _log, _early: True), data))


def agree(folder: Path, given_records: list[dict[str, Any]]) -> None:
    data = json.dumps({"Records": given_records}).encode()
    for usual, assets, networks in product((True, False), repeat=3):
        judge = worker(folder, usual=usual, assets=assets, networks=networks)
        assert by_brief(judge, data) == in_full(judge, data)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hits")


def test_every_example_has_the_same_hits(folder):
    agree(folder, records())
    assert in_full(worker(folder, usual=True, assets=True), json.dumps({"Records": records()}).encode())


@pytest.mark.parametrize(("path", "value"), CHANGES)
def test_a_change_of_what_a_brief_tells_leaves_the_same_hits(path, value, folder):
    dice = random.Random(repr((path, value)))  # noqa: S311  (the same records each time)
    for one in dice.sample(records(), 60):
        agree(folder, [changed(one, [(path, value)])])


@given(
    st.lists(st.tuples(st.integers(0, 10_000), st.lists(st.sampled_from(CHANGES), max_size=5)), min_size=1, max_size=8)
)
@settings(deadline=None, max_examples=300)
def test_any_changes_leave_the_same_hits(folder, chosen):
    given_records = records()
    agree(folder, [changed(given_records[number % len(given_records)], changes) for number, changes in chosen])


def record_with(asked: dict[str, Any]) -> bytes:
    moment = {
        "eventTime": "2026-03-14T09:30:00Z",
        "eventID": "e",
        "eventSource": "s3.amazonaws.com",
        "eventName": "GetObject",
    }
    return json.dumps({"Records": [dict(CLOUDTRAIL) | moment | {"requestParameters": asked}]}).encode()


def test_a_record_that_no_brief_tells_is_read_in_full_where_no_bucket_is_known(folder):
    judge = Worker(Search(detections(), None, Assets()), folder, "0")
    data = record_with({"bucketName": "b", "key": "KEY"}).replace(b'"KEY"', b"1e999")
    assert by_brief(judge, data) == in_full(judge, data)


ONE = """title: x
logsource: {product: aws, service: cloudtrail}
detection:
    of:
        requestParameters.a: VALUE
    condition: of
level: low
"""


def test_what_is_asked_of_one_and_of_true_stays_apart(folder):
    for value, other in ((1, True), (True, 1)):
        (folder / "one.yml").write_text(ONE.replace("VALUE", json.dumps(value)))
        judge = Worker(Search(user_detections(folder / "one.yml")), folder, "0")
        for judged in (in_full, by_brief):
            assert [len(judged(judge, record_with({"a": one}))) for one in (value, other)] == [1, 0]


PERSON: dict[str, Any] = {
    "type": "AssumedRole",
    "arn": f"arn:aws:sts::{ACCOUNT}:assumed-role/dev/ana",
    "accountId": ACCOUNT,
    "accessKeyId": "ASIAEXAMPLE",
    "sessionContext": {"sessionIssuer": {"arn": f"arn:aws:iam::{ACCOUNT}:role/dev"}},
}
CALL: dict[str, Any] = {
    "userIdentity": PERSON,
    "eventTime": "2026-03-14T09:30:00Z",
    "eventSource": "s3.amazonaws.com",
    "eventName": "GetObject",
    "awsRegion": "eu-west-1",
    "sourceIPAddress": "192.0.2.1",
    "recipientAccountId": ACCOUNT,
}


def worker_of(folder: Path, question: str, **more: Any) -> Worker:
    (folder / "asked.yml").write_text(ONE.replace("requestParameters.a: VALUE", question))
    return Worker(Search(user_detections(folder / "asked.yml"), USUAL, ASSETS, **more), folder, "0")


@pytest.mark.parametrize(
    ("question", "changes"),
    [
        ("hexward.source: private", {"sourceIPAddress": "10.0.0.4"}),
        ("hexward.network: 203.0.113.0/24", {"sourceIPAddress": "203.0.113.9"}),
        ("hexward.region_new: true", {"awsRegion": "us-east-1"}),
        ("hexward.source: endpoint", {"vpcEndpointId": "vpce-1"}),
        ("hexward.principal_kind: human", {"sessionCredentialFromConsole": "true"}),
        ("hexward.long_term_key: true", {"userIdentity": PERSON | {"accessKeyId": "AKIAOTHER"}}),
        ("hexward.platform: ec2", {"userIdentity": PERSON | {"inScopeOf": {"issuerType": "AWS::EC2::Instance"}}}),
        ("hexward.stage: train", {"userIdentity": SESSION}),
        ("hexward.asset: models", {"requestParameters": {"bucketName": "models"}}),
        ("hexward.everyone: true", {"requestParameters": {"ipPermissions": {"cidrIp": "0.0.0.0/0"}}}),
        ("readOnly: true", {"readOnly": True}),
        ("userIdentity.accountId: '9'", {"userIdentity": PERSON | {"accountId": "9"}}),
    ],
)
def test_that_one_call_is_nothing_says_nothing_of_another(question, changes, folder):
    asset = ASSETS if "asset" not in question else Assets({"models": ("models",)})
    for first, second in ((CALL, CALL | changes), (CALL | changes, CALL)):
        judge = worker_of(folder, question)
        judge = Worker(Search(judge.search.detections, USUAL, asset), folder, "0")
        data = json.dumps({"Records": [first | {"eventID": "1"}, second | {"eventID": "2"}] * 2}).encode()
        found = by_brief(judge, data)
        assert found == in_full(judge, data)
        assert len({one.event for one in found}) == 1, question


def test_two_callers_of_one_checksum_are_two(folder, monkeypatch: pytest.MonkeyPatch):
    for module in (briefs, caller):
        monkeypatch.setattr(module, "checksum", lambda _: 7)
    judge = worker_of(folder, "hexward.principal|endswith: train")
    others = [CALL | {"userIdentity": who, "eventID": str(at)} for at, who in enumerate((PERSON, SESSION, PERSON))]
    data = json.dumps({"Records": others}).encode()
    assert [one.event for one in by_brief(judge, data)] == ["1"]


def test_only_a_principal_that_is_meant_is_asked_of(folder):
    judge = worker_of(folder, "eventName: GetObject", principal="TRAIN")
    found = [CALL | {"userIdentity": who, "eventID": str(at)} for at, who in enumerate((PERSON, SESSION, PERSON))]
    assert [one.event for one in by_brief(judge, json.dumps({"Records": found}).encode())] == ["1"]


def test_when_the_first_event_was_hangs_on_no_order(folder):
    quiet = CALL | {"eventID": "1"}
    early = quiet | {"eventTime": "2026-03-10T09:30:00Z", "sourceIPAddress": "x" * 3_000}
    for order in ((quiet, early), (early, quiet)):
        judge = worker_of(folder, "eventName: GetObject", principal="nobody")
        by_brief(judge, json.dumps({"Records": order}).encode())
        assert judge.briefs.first == milliseconds(early["eventTime"])
    later = worker_of(folder, "eventName: GetObject", since=milliseconds("2026-03-12T00:00:00Z"))
    by_brief(later, json.dumps({"Records": [quiet, early, quiet | {"eventTime": None}]}).encode())
    assert later.briefs.first == milliseconds(quiet["eventTime"])
    never = worker_of(folder, "eventName: GetObject", since=milliseconds("2026-04-12T00:00:00Z"))
    by_brief(never, json.dumps({"Records": [quiet, early]}).encode())
    assert never.briefs.first == LAST_TIME


LONG = 200_000


@pytest.mark.parametrize(
    "path",
    [
        "userIdentity.arn",
        "userIdentity.accessKeyId",
        "userIdentity.accountId",
        "userIdentity.sessionContext.sessionIssuer.arn",
        "eventSource",
        "eventName",
        "errorCode",
        "awsRegion",
        "sourceIPAddress",
        "recipientAccountId",
        "sessionCredentialFromConsole",
        "vpcEndpointId",
        "requestParameters.key",
    ],
)
def test_names_of_any_length_are_judged_and_not_kept(path, folder):
    judge = worker_of(folder, "hexward.source|exists: true")
    call = CALL | {"eventID": "e", "requestParameters": {"key": "a"}}

    def one_file(number: int) -> None:
        data = json.dumps({"Records": [changed(call, [(path, f"{number}{'x' * LONG}")])]}).encode()
        assert by_brief(judge, data) == in_full(judge, data) != []

    one_file(0)
    tracemalloc.start()
    for number in range(1, 31):
        one_file(number)
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept < 5 * LONG


@pytest.mark.parametrize("changes", [{"sourceIPAddress": "10.{0}.{1}.1"}, {"eventName": "n{0}.{1}"}])
def test_what_is_settled_of_calls_that_are_not_remembered_is_not_either(changes, folder):
    judge = worker_of(folder, "hexward.network: 203.0.113.0/24")
    records = [
        CALL
        | {"eventID": "e", "awsRegion": "x" * LONG if number else "eu-west-1"}
        | {name: text.format(*divmod(number, 200)) for name, text in changes.items()}
        for number in range(2_000)
    ]
    tracemalloc.start()
    assert by_brief(judge, json.dumps({"Records": records}).encode()) == []
    kept = tracemalloc.take_snapshot().filter_traces(
        [tracemalloc.Filter(inclusive=True, filename_pattern=settled.__file__)]
    )
    tracemalloc.stop()
    assert sum(one.count for one in kept.statistics("filename")) < 100


def test_no_word_has_the_name_of_a_field_that_is_told():
    words = {*WORDS, *Enrichment(USUAL, ASSETS).words, *SETTLED}
    assert not TOLD.keys() & words


def test_most_records_are_judged_by_their_briefs(folder):
    record = changed(
        dict(CLOUDTRAIL), [("userIdentity", SESSION), ("requestParameters", {"bucketName": "b", "key": "k"})]
    )
    record |= {
        "eventSource": "s3.amazonaws.com",
        "eventName": "GetObject",
        "eventTime": "2026-03-14T09:30:00Z",
        "eventID": "e",
    }
    judge = worker(folder, usual=True, assets=True, networks=True)
    reader = Reader(lambda _log, _early: True, partial(judge.briefs.judge, lambda _heads, _row: None))
    assert list(reader.read("a.json", BytesIO(json.dumps({"Records": [record] * 3}).encode()))) == []
    assert reader.seen.sources.total() == 3


def test_a_file_without_records_has_no_first_event(folder):
    judge = worker_of(folder, "eventName: GetObject")
    assert by_brief(judge, b'{"Records":[]}') == []
    assert judge.briefs.first == LAST_TIME


def test_when_the_first_event_was_does_not_hang_on_how_a_file_is_cut(folder, monkeypatch):
    times = [
        "1970-01-01T00:00:00Z",
        "",
        None,
        "2026-03-01T00:00:00Z",
        "2026-03-14T02:17:00Z",
        "2026-03-15T00:00:00Z",
        "zz",
    ]
    all_ = [{"eventVersion": "1.11", **CLOUDTRAIL, "eventTime": time} for time in times]
    data = json.dumps({"Records": all_}, separators=(",", ":")).encode()
    for since, first in (0, "2026-03-01T00:00:00Z"), (milliseconds("2026-03-13T00:00:00Z"), "2026-03-14T02:17:00Z"):
        for size in (1, len(data)):
            monkeypatch.setattr(document, "BATCH_BYTES", size)
            assert len(document.batches(data)) == (len(times) if size == 1 else 1)
            judge = worker_of(folder, "eventName: GetObject", since=since)
            by_brief(judge, data)
            assert judge.briefs.first == milliseconds(first)
