"""Files in, alerts out: the same ones whoever reads them in whatever order."""

import gzip
import json
import random
import subprocess
import sys
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

import pytest

from hexward.detections import Search, blind, detections, dumps, spool, user_detections
from hexward.detections import hunt as hunting
from hexward.detections.hunt import hunt
from hexward.detections.incidents import incidents
from hexward.events import DataSource, vpc_flow
from hexward.events.baseline import SCHEMA, Baseline, Habit
from hexward.events.origin import Databases
from hexward.events.workdays import DAY
from hexward.model import Alert
from tests.detections.overlay import CLOUDTRAIL
from tests.events.mmdb import databases_in

FLOW = {*vpc_flow.DEFAULT, "flow-direction", "pkt-dst-aws-service"}
CALLS = [
    ("cloudtrail", "StopLogging"),
    ("iam", "CreateAccessKey"),
    ("sagemaker", "DeleteModel"),
    ("sagemaker", "DeleteEndpoint"),
    ("sagemaker", "StopTrainingJob"),
    ("s3", "ListBuckets"),
    ("ec2", "DescribeInstances"),
]


@dataclass(frozen=True)
class Bytes:
    """A file in memory."""

    name: str
    data: bytes

    @property
    def size(self) -> int:
        return len(self.data)

    def open(self) -> BinaryIO:
        return BytesIO(self.data)


def files(count: int) -> list[Bytes]:
    """Make files of a busy day; each holds two copies of some events, as two trails write them."""
    dice = random.Random(7)  # noqa: S311  (the same day each time)
    made = []
    for number in range(count):
        records = []
        for place in range(50):
            service, name = dice.choice(CALLS)
            when = f"2026-03-14T{dice.randrange(24):02}:{dice.randrange(60):02}:{dice.randrange(60):02}Z"
            own: dict[str, object] = {"eventSource": f"{service}.amazonaws.com", "eventName": name, "eventTime": when}
            own["eventID"] = f"{number}-{place}"
            own["requestParameters"] = {"userName": "ben"}
            records += [{**CLOUDTRAIL, **own}] * dice.choice([1, 1, 2])
        data = json.dumps({"Records": records}).encode()
        made.append(Bytes(f"{number:03}.json.gz", gzip.compress(data)))
    return made


def alerts_in(given: list[Bytes], processes: int = 1) -> list[Alert]:
    with hunt(given, Search(detections()), processes, lambda _: None) as found:
        return list(found.alerts())


@pytest.fixture(scope="module")
def day() -> tuple[list[Bytes], list[Alert]]:
    given = files(20)
    return given, alerts_in(given)


def test_alerts_come_in_the_order_of_time_and_each_event_counts_once(day):
    _, found = day
    assert [one.time for one in found] == sorted(one.time for one in found)
    stopped = [one.events for one in found if one.detection == "trail.cloudtrail_stopped"]
    assert len(stopped) == len(set(stopped)) > 50
    assert any(one.detection == "threats.ai_deletion_burst" for one in found)


@pytest.mark.parametrize("processes", [2, 7])
def test_the_alerts_are_the_same_for_any_number_of_processes_and_any_order_of_files(day, processes, monkeypatch):
    given, expected = day
    monkeypatch.setattr(hunting, "ALONE_BYTES", 0)
    monkeypatch.setattr(hunting, "SHARE_FILES", 3)
    shuffled = given[::-1] if processes > 2 else given[1::2] + given[::2]
    assert alerts_in(shuffled, processes) == expected


@pytest.mark.parametrize("ids", ["ab", "ba"])
def test_a_user_made_and_given_a_key_in_one_second_is_told_whatever_the_ids_and_copies(ids):
    made, given = (
        {**CLOUDTRAIL, "eventSource": "iam.amazonaws.com", "eventName": name, "eventID": event}
        | {"eventTime": "2026-03-14T02:17:00Z", "requestParameters": {"userName": "ben"}}
        for name, event in zip(("CreateUser", "CreateAccessKey"), ids, strict=True)
    )
    copies = json.dumps({"Records": [given, made, given, made]}).encode()
    found = {one.detection: one.events for one in alerts_in([Bytes("1.json", copies), Bytes("2.json", copies)])}
    assert found["identity.user_made_with_key"] == tuple(ids)
    assert found["identity.credentials_for_another_user"] == (ids[1],)


def test_processes_ask_the_files_of_networks_too(tmp_path, monkeypatch):
    rule = tmp_path / "rule.yml"
    rule.write_text(
        "title: A call of a network\nlogsource: {product: aws, service: cloudtrail}\nlevel: low\n"
        "detection: {call: {hexward.network: AS64500 DE, hexward.country: DE}, condition: call}\n"
    )
    search = Search(user_detections(rule), databases=Databases(**databases_in(tmp_path)))
    found = []
    for processes in (1, 2):
        monkeypatch.setattr(hunting, "ALONE_BYTES", 0)
        with hunt(files(3), search, processes, lambda _: None) as one:
            found.append(list(one.alerts()))
    assert found[0] == found[1]
    assert len(found[0]) == 150


def test_the_alerts_are_the_same_where_memory_holds_but_few_hits(day, monkeypatch):
    given, expected = day
    monkeypatch.setattr(spool, "MOST_HELD", 10)
    assert alerts_in(given) == expected


def test_what_is_broken_is_told_and_the_rest_is_read(day):
    given, expected = day
    broken = [Bytes("cut.json.gz", given[0].data[:-100]), Bytes("no.json", b"{no"), Bytes("empty.json", b""), *given]
    with hunt(broken, Search(detections()), 1, lambda _: None) as found:
        assert list(found.alerts()) == expected
        assert {one.file for one in found.problems} == {"cut.json.gz", "no.json", "empty.json"}


def test_a_record_without_a_time_is_told():
    record = {**CLOUDTRAIL, "eventSource": "cloudtrail.amazonaws.com", "eventName": "StopLogging", "eventTime": 5}
    with hunt([Bytes("a.json", json.dumps([record]).encode())], Search(detections()), 1, lambda _: None) as found:
        assert not list(found.alerts())
        assert [str(one) for one in found.problems] == ["a.json, byte 1: the record is no event: '5' is no time"]


def test_a_search_may_leave_out_what_came_before_and_whom_one_does_not_mean(day):
    given, expected = day
    noon = 1773489600000
    with hunt(given, Search(detections(), since=noon), 1, lambda _: None) as found:
        later = list(found.alerts())
    assert later
    assert min(one.time for one in later) >= "2026-03-14T12:00:00Z"
    with hunt(given, Search(detections(), principal="user/BEN"), 1, lambda _: None) as found:
        assert not list(found.alerts())
    with hunt(given, Search(detections(), principal="user/ANA"), 1, lambda _: None) as found:
        assert list(found.alerts()) == expected


def test_what_one_principal_does_within_hours_is_one_incident(day):
    _, expected = day
    [incident] = incidents(expected)
    assert incident.alerts == len(expected)
    assert set(incident.tactics) == {tactic for one in expected for tactic in one.tactics}
    assert len(incidents([expected[0], expected[-1]])) == 2


def test_a_detection_whose_log_was_not_there_is_blind():
    told = {
        one.detection: one.lacks
        for one in blind(detections(), {DataSource.CLOUDTRAIL}, baseline=None, has_assets=False)
    }
    assert told["threats.guardduty_finding_severe"] == "no event of guardduty"
    assert told["threats.training_data_read_at_night"] == "no event of cloudtrail.s3"
    assert "trail.cloudtrail_stopped" not in told
    seen = set(DataSource)
    usual = Baseline(SCHEMA, 100 * DAY, principals={"ana": Habit({60 * 24: (100, 0)})})
    assert {one.lacks for one in blind(detections(), seen, baseline=None, has_assets=True, flow_fields=FLOW)} == {
        "no baseline"
    }
    assert {one.lacks for one in blind(detections(), seen, baseline=usual, has_assets=False, flow_fields=FLOW)} == {
        "no audit"
    }
    assert blind(detections(), seen, baseline=usual, has_assets=True, flow_fields=FLOW) == ()


def test_a_flow_log_without_a_field_leaves_those_blind_that_cannot_do_without_it(tmp_path):
    rule = """title: x
logsource: {product: aws, service: vpcflow}
detection:
    sent:
        action: ACCEPT
    named:
        %s: ['-', i-1]
    condition: %s
level: low
"""
    (tmp_path / "must.yml").write_text(rule % ("instance-id", "sent and named"))
    (tmp_path / "may.yml").write_text(rule % ("instance-id", "sent or named"))
    (tmp_path / "word.yml").write_text(rule.replace("i-1", "eni-0a") % ("hexward.principal", "sent and named"))
    rules = (*detections(), *user_detections(tmp_path))
    line = b"2 111122223333 eni-0a 10.0.0.1 198.51.100.7 50000 443 6 5 1000 1770000000 1770000060 ACCEPT OK\n"
    with hunt([Bytes("flow.log", line)], Search(rules), 1, lambda _: None) as found:
        told = blind(rules, found.sources, baseline=None, has_assets=False, flow_fields=found.flow_fields)
        assert {one.detection for one in found.alerts()} == {"rules.may", "rules.word"}
    assert {one.detection: one.lacks for one in told if "flow log" in one.lacks} == {
        "network.data_sent_out_in_bulk": "no flow log with flow-direction and pkt-dst-aws-service",
        "rules.must": "no flow log with instance-id",
    }


FLOW_RULE = """title: x
name: flow
logsource: {product: aws, service: vpcflow}
detection:
    a:
        instance-id: i-1
    b:
        vpc-id: vpc-1
    c:
        action: ACCEPT
    condition: CONDITION
level: low
---
"""
CALL_RULE = """title: y
name: call
logsource: {product: aws, service: cloudtrail}
detection:
    a:
        eventName: StopLogging
    condition: a
level: low
---
"""
STEP = """title: z
name: many
correlation:
    type: value_count
    rules: [flow]
    group-by: [hexward.principal]
    timespan: 5m
    condition: {field: instance-id, gte: 2}
level: low
---
"""


def flow(condition: str) -> str:
    return FLOW_RULE.replace("CONDITION", condition)


def together(kind: str, rules: str, source: str, condition: str = "") -> str:
    return f"""title: both
correlation:
    type: {kind}
    rules: [{rules}]
    group-by: [hexward.principal]
    timespan: 1h
    {condition}
level: low
custom: {{data_source: {source}}}
"""


@pytest.mark.parametrize(
    ("text", "lacks"),
    [
        (flow("a and b and c"), "instance-id and vpc-id"),
        (flow("a or b"), "instance-id or vpc-id"),
        (flow("a and (b or c)"), "instance-id"),
        (flow("a or c"), ""),
        (flow("c and not a"), ""),
        (flow("a") + CALL_RULE + together("temporal_ordered", "flow, call", "cloudtrail"), "instance-id"),
        (flow("c") + CALL_RULE + together("temporal_ordered", "flow, call", "vpcflow"), ""),
        (flow("a") + CALL_RULE + together("event_count", "flow, call", "vpcflow", "condition: {gte: 2}"), ""),
        (flow("c") + together("value_sum", "flow", "vpcflow", "condition: {field: vpc-id, gte: 2}"), "vpc-id"),
        (flow("c") + STEP + CALL_RULE + together("temporal_ordered", "many, call", "vpcflow"), "instance-id"),
    ],
)
def test_what_a_detection_lacks_of_flow_logs_is_what_it_cannot_alert_without(text, lacks, tmp_path):
    documents = text.removesuffix("---\n")
    (tmp_path / "rule.yml").write_text(documents)
    [rule] = user_detections(tmp_path / "rule.yml")
    told = blind([rule], set(DataSource), baseline=None, has_assets=False, flow_fields=vpc_flow.DEFAULT)
    assert [one.lacks for one in told] == ([f"no flow log with {lacks}"] if lacks else [])


def test_a_baseline_that_learned_too_little_leaves_detections_blind():
    def lacks(**principals: Habit) -> dict[str, str]:
        baseline = Baseline(SCHEMA, 100 * DAY, principals=principals)
        found = blind(detections(), set(DataSource), baseline=baseline, has_assets=True, flow_fields=FLOW)
        return {one.detection: one.lacks for one in found}

    every = {
        one.detection for one in blind(detections(), set(DataSource), baseline=None, has_assets=True, flow_fields=FLOW)
    }
    assert lacks().keys() == every
    assert set(lacks().values()) == {"a baseline that learned of nobody"}
    young = lacks(ana=Habit({99 * 24: (1000, 0)}), ben=Habit({10 * 24: (49, 0)}))
    assert set(young.values()) == {"a baseline in which nobody was seen long and often enough"}
    assert young.keys() < every
    assert "threats.compute_in_new_region" not in young


def test_the_engine_needs_neither_yaml_nor_rich_nor_boto3(tmp_path):
    compiled = tmp_path / "compiled.json"
    compiled.write_bytes(dumps(detections()))
    program = (
        "import sys, pathlib\n"
        "from hexward.detections import Engine, loads\n"
        f"Engine(loads(pathlib.Path({str(compiled)!r}).read_bytes()))\n"
        "print(sorted({'yaml', 'rich', 'boto3', 'click', 'multiprocessing', 'hexward.inventory'} & sys.modules.keys()))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_a_process_that_starts_when_all_is_over_ends_in_silence(tmp_path):
    late = "import sys; from pathlib import Path; from hexward.detections.hunt import _start; _start(*map(Path, sys.argv[1:]))"
    gone = tmp_path / "gone"
    ended = subprocess.run([sys.executable, "-c", late, gone / "search", gone], capture_output=True, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (1, b"", b"")
