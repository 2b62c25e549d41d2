"""`hexward hunt` and `hexward baseline`: what they read, tell and answer, and how they end."""

import gzip
import io
import json
import os
import threading

import pytest

from hexward.cli._logs import looks_like_log
from hexward.detections import hunt as hunting
from tests.detections.overlay import CLOUDTRAIL, GUARDDUTY
from tests.events.mmdb import databases_in

STOPPED = {
    **CLOUDTRAIL,
    "eventSource": "cloudtrail.amazonaws.com",
    "eventName": "StopLogging",
    "eventTime": "2026-03-14T02:17:00Z",
    "eventID": "e1",
    "requestParameters": {"name": "org-trail"},
}
QUIET = {**STOPPED, "eventName": "GetTrailStatus", "readOnly": True, "eventID": "e2"}
RULE = """title: Somebody asked how the trail does
logsource: {product: aws, service: cloudtrail}
detection:
    call: {eventName: GetTrailStatus}
    condition: call
level: critical
"""


@pytest.fixture
def logs(tmp_path):
    """Return a folder of logs: one event that a detection finds, one that none does, and a digest."""
    folder = tmp_path / "logs"
    (folder / "2026").mkdir(parents=True)
    (folder / "2026" / "a.json.gz").write_bytes(gzip.compress(json.dumps({"Records": [QUIET, STOPPED]}).encode()))
    (folder / "digest.json").write_text('{"awsAccountId": "111122223333", "digestStartTime": "2026-03-14T02:17:00Z"}')
    (folder / "readme.txt").write_text("not a log")
    return folder


def test_an_alert_is_a_line_of_json(hexward, logs):
    code, out, err = hexward("hunt", logs, "--format", "jsonl")
    [line] = out.splitlines()
    assert json.loads(line) == {
        "detection": "trail.cloudtrail_stopped",
        "level": "critical",
        "tactics": ["defense-impairment"],
        "time": "2026-03-14T02:17:00Z",
        "principal": "arn:aws:iam::111122223333:user/ana",
        "account": "111122223333",
        "region": "eu-west-1",
        "events": ["e1"],
        "targets": ["org-trail"],
        "summary": "CloudTrail stopped, deleted or cut down: arn:aws:iam::111122223333:user/ana called "
        "cloudtrail:StopLogging on org-trail from 198.51.100.7 in eu-west-1",
        "playbook": "restart_trail",
    }
    assert code == 1
    blind = [line for line in err.splitlines() if line.endswith("blind")]
    assert len(blind) < 9
    assert any(
        line.startswith("hexward: no event of guardduty: 5 detections, such as threats.guardd") for line in blind
    )


def test_the_terminal_tells_a_story_and_names_the_blind(hexward, logs):
    code, out, err = hexward("hunt", logs, "-q")
    assert code == 1
    assert err.splitlines() == [
        f"hexward: 1 left out of {logs}, whose names are no logs' or which are links to folders, such as {logs}/readme.txt"
    ]
    assert "2 events read (2 of cloudtrail)" in out
    assert "CRITICAL  arn:aws:iam::111122223333:user/ana  account 111122223333" in out
    assert "2026-03-14 02:17:00  CloudTrail stopped, deleted or cut down: cloudtrail:StopLogging on org-trail" in out
    assert "event e1; may be answered by restart_trail: starts CloudTrail again" in out
    assert all(line.startswith("     ") for line in out.partition("means nothing\n")[2].splitlines())
    assert "no event of guardduty: " in out
    assert "threats.guardduty_finding_severe" in out


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ((), 1),
        (("--fail-on", "critical"), 1),
        (("--since", "2026-03-15"), 0),
        (("--since", "2026-03-14T02:17:00Z"), 1),
        (("--principal", "user/ana"), 1),
        (("--principal", "user/ben"), 0),
    ],
)
def test_the_exit_code_says_whether_something_was_found(hexward, logs, options, code):
    assert hexward("hunt", logs, *options).code == code


def test_a_level_below_the_one_asked_for_is_told_and_0(hexward, logs, tmp_path):
    (tmp_path / "rule.yml").write_text(RULE.replace("critical", "informational"))
    done = hexward(
        "hunt",
        logs,
        "--rules",
        tmp_path / "rule.yml",
        "--principal",
        "ana",
        "--fail-on",
        "critical",
        "--format",
        "jsonl",
    )
    assert done.code == 1
    assert [json.loads(line)["detection"] for line in done.out.splitlines()] == [
        "trail.cloudtrail_stopped",
        "rules.rule",
    ]
    (logs / "2026" / "a.json.gz").write_bytes(gzip.compress(json.dumps({"Records": [QUIET]}).encode()))
    done = hexward("hunt", logs, "--rules", tmp_path / "rule.yml", "--fail-on", "critical", "--format", "jsonl")
    assert (done.code, len(done.out.splitlines())) == (0, 1)


def test_what_cannot_be_read_is_told_and_3(hexward, logs):
    (logs / "cut.json").write_text(json.dumps([STOPPED])[:-5])
    code, out, _ = hexward("hunt", logs)
    assert code == 3
    assert "What could not be read" in out
    assert "cut.json, byte 1: the record does not end" in " ".join(out.split())
    code, out, err = hexward("hunt", logs, "--format", "jsonl")
    assert (code, len(out.splitlines())) == (3, 1)
    assert "cut.json, byte 1: the record does not end" in err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("hunt", "nowhere"), "nowhere does not exist"),
        (("hunt", "{empty}"), "there are no logs"),
        (("hunt", "{logs}", "--profile", "p"), "no path is in S3"),
        (("baseline", "build", "{logs}", "-o", "x", "--region", "eu-west-1"), "no path is in S3"),
        (("hunt", "{logs}", "--since", "yesterday"), "'yesterday' is no date or time"),
        (("hunt", "{logs}", "--format", "jsnol"), "did you mean jsonl?"),
        (("hunt", "{logs}", "--rules", "{empty}"), "there are no rules (*.yml)"),
        (("hunt", "{logs}", "--rules", "{bad}"), "bad.yml:1: the rule has no title"),
        (("hunt", "{logs}", "--baseline", "{bad}"), "is no baseline"),
        (("hunt", "{logs}", "--baseline", "{bare}"), "is no baseline"),
        (("baseline", "merge", "{bare}", "{bare}", "-o", "x"), "is no baseline"),
        (("hunt", "{logs}", "--since", "9999-12-31T23:59:59-14:00"), "is not between the years 1970 and 2100"),
        (
            ("baseline", "build", "{logs}", "-o", "x", "--since", "2026-02-01", "--until", "2025-03-01"),
            "lies between --since 2026-02-01 and",
        ),
        (("baseline", "build", "{logs}", "-o", "x", "--since", "2099-01-01"), "nothing lies between"),
        (("hunt", "{logs}", "--run", "nowhere"), "nowhere does not exist"),
        (("baseline", "build", "{logs}", "-o", "x", "--time-zone", "Mars/Base"), "there is no time zone 'Mars/Base'"),
        (("baseline", "build", "{logs}", "-o", "x", "--without", "{bad}"), "bad.yml:1 holds no alert as"),
        (
            ("baseline", "build", "{logs}", "-o", "x", "--weekend", "sat,sonntag"),
            "there is no day 'sonntag' of the week",
        ),
        (("baseline", "build", "{logs}", "-o", "x", "--calendar", "{bad}"), "bad.yml:1: 'logsource: {"),
        (("baseline", "build", "{logs}", "-o", "x", "--asn", "{bad}"), "bad.yml is no database of networks"),
        (("hunt", "{logs}", "--country", "{bad}"), "bad.yml is no database of networks"),
        (("hunt", "{logs}", "--aws-ranges", "{bare}"), "bare.json is no ip-ranges.json"),
    ],
)
def test_a_wrong_argument_is_one_line_and_2(hexward, logs, tmp_path, arguments, says):
    (tmp_path / "empty").mkdir()
    bad = tmp_path / "bad.yml"
    bad.write_text(RULE.partition("\n")[2])
    bare = tmp_path / "bare.json"
    bare.write_text("{}")
    places = {"logs": str(logs), "empty": str(tmp_path / "empty"), "bad": str(bad), "bare": str(bare)}
    code, out, err = hexward(*(argument.format(**places) for argument in arguments))
    assert (code, out) == (2, "")
    assert says in err
    assert len(err.splitlines()) == 1


def test_text_of_an_attacker_is_shown_and_not_obeyed(hexward, tmp_path):
    evil = {**STOPPED, "sourceIPAddress": "\x1b[2J\u202e", "userIdentity": {"type": "IAMUser", "arn": "a\nb\x1b[0m"}}
    (tmp_path / "a.json").write_text(json.dumps([evil]))
    for form in ("terminal", "jsonl"):
        _, out, err = hexward("hunt", tmp_path / "a.json", "--format", form)
        assert not {"\x1b", "\u202e"} & {*out, *err}
    assert len(out.splitlines()) == 1


def test_a_baseline_is_built_and_judged_by(hexward, logs, tmp_path):
    file = tmp_path / "baseline.json"
    assert hexward("baseline", "build", logs, "-o", file, "--until", "2026-04-01", "-q").code == 0
    assert list(json.loads(file.read_text())["principals"]) == ["arn:aws:iam::111122223333:user/ana"]
    assert "no baseline" not in hexward("hunt", logs, "--baseline", file).out


def test_a_rule_that_compares_with_a_word_is_blind_without_it(hexward, logs, tmp_path):
    rule = tmp_path / "rule.yml"
    rule.write_text(RULE.replace("{eventName: GetTrailStatus}", "{awsRegion|fieldref: hexward.country}"))
    _, _, err = hexward("hunt", logs, "--format", "jsonl", "--rules", rule)
    assert "hexward: no database of countries: rules.rule was blind" in err


def test_a_baseline_of_nobody_is_3_and_leaves_detections_blind(hexward, logs, tmp_path):
    file = tmp_path / "baseline.json"
    code, _, err = hexward("baseline", "build", logs, "-o", file, "--until", "2026-03-01", "-q")
    assert (code, err.splitlines()[-1]) == (3, "learned of 0 principals from 2 events")
    assert "a baseline that learned of nobody: 12 detections" in hexward("hunt", logs, "--baseline", file).out


@pytest.mark.parametrize("processes", ["1", "2"])
def test_a_baseline_that_reaches_past_the_events_is_told(hexward, logs, tmp_path, processes, monkeypatch):
    monkeypatch.setattr(hunting, "ALONE_BYTES", 0)
    file = tmp_path / "baseline.json"
    hunt = ("hunt", logs, "-q", "--format", "jsonl", "--processes", processes, "--baseline", file)
    hexward("baseline", "build", logs, "-o", file, "--until", "2026-04-01", "-q")
    told = (
        "the baseline reaches past the events: learned until 2026-04-01T00:00:00Z, they begin at 2026-03-14T02:17:00Z"
    )
    assert told in hexward(*hunt).err
    hexward("baseline", "build", logs, "-o", file, "--until", "2026-03-14", "-q")
    assert "reaches past" not in hexward(*hunt).err
    assert "reaches past" not in hexward(*hunt, "--since", "2026-04-01").err


def test_nothing_is_learned_of_days_with_an_alert_that_nobody_cleared(hexward, logs, tmp_path):
    alerts = tmp_path / "alerts.jsonl"
    alerts.write_text(hexward("hunt", logs, "--format", "jsonl").out)
    file = tmp_path / "baseline.json"
    hexward("baseline", "build", logs, "-o", file, "--until", "2026-04-01", "--without", alerts)
    assert json.loads(file.read_text())["principals"] == {}


def test_of_a_day_with_a_high_alert_nothing_is_learned_of_its_principal_alone(hexward, tmp_path):
    def at(when: str, name: str, number: int) -> dict[str, object]:
        who = {"type": "IAMUser", "arn": f"arn:aws:iam::111122223333:user/{name}", "accessKeyId": "AKIA1"}
        return {**QUIET, "eventTime": when, "eventID": f"{name}{number}", "userIdentity": who}

    days = ("2026-03-12T12:00:00Z", "2026-03-13T12:00:00Z", "2026-03-14T12:00:00Z", "2026-03-15T12:00:00Z")
    records = [at(day, name, number) for number, day in enumerate(days) for name in ("ana", "ben")]
    (tmp_path / "log.json").write_text(json.dumps(records))
    alert = {"level": "critical", "principal": "arn:aws:iam::111122223333:user/ana", "time": "2026-03-14T00:10:00Z"}
    low = {"level": "medium", "principal": "arn:aws:iam::111122223333:user/ben", "time": days[2], "events": ["1"]}

    def learned(events: list[str]) -> dict[str, int]:
        """Return how many days of each user were learned, where the alert names these events."""
        (tmp_path / "alerts.jsonl").write_text(f"{json.dumps(alert | {'events': events})}\n\n{json.dumps(low)}\n")
        without = ("--without", tmp_path / "alerts.jsonl")
        assert hexward("baseline", "build", tmp_path / "log.json", "-o", tmp_path / "b", "-q", *without).code == 0
        principals = json.loads((tmp_path / "b").read_text())["principals"]
        return {name.rpartition("/")[2]: len(one["hours"]) for name, one in principals.items()}

    assert learned(["a"]) == {"ana": 3, "ben": 4}
    # One of several events may have begun on the day before.
    assert learned(["a", "b"]) == {"ana": 2, "ben": 4}


def test_baselines_of_the_same_hours_are_not_merged_and_those_of_others_are(hexward, logs, tmp_path):
    whole, first, second, merged = (tmp_path / name for name in ("whole.json", "1.json", "2.json", "merged.json"))
    (logs / "b.json").write_text(json.dumps([{**QUIET, "eventTime": "2026-03-15T09:00:00Z", "eventID": "e3"}]))
    build = ("baseline", "build", logs, "-q", "--until", "2026-04-01", "-o")
    hexward(*build, whole)
    hexward(*build, second, "--since", "2026-03-15")
    hexward("baseline", "build", logs, "-q", "--until", "2026-03-15", "-o", first)
    assert hexward("baseline", "merge", second, first, "-o", merged).code == 0
    assert merged.read_bytes() == whole.read_bytes()
    code, _, err = hexward("baseline", "merge", first, whole, "-o", merged)
    assert code == 2
    assert err == (
        f"hexward: {whole} cannot be merged with {first}: both were learned from 111122223333 eu-west-1, "
        "in 1 of the hours between 2026-03-14T02:00:00Z and 2026-03-14T03:00:00Z\n"
    )


def test_a_calendar_is_kept_in_the_baseline(hexward, logs, tmp_path):
    days, file = tmp_path / "days.txt", tmp_path / "baseline.json"
    days.write_text("2026-12-25 # Christmas\n2026-01-01\n")
    hexward("baseline", "build", logs, "-o", file, "-q", "--calendar", days, "--weekend", "fri,sat")
    kept = json.loads(file.read_text())
    assert (kept["weekend"], kept["holidays"]) == ([4, 5], ["2026-01-01", "2026-12-25"])


def test_a_hunt_asks_the_files_of_networks_that_its_baseline_did(hexward, logs, tmp_path):
    files = databases_in(tmp_path)
    options = [text for kind, path in files.items() for text in (f"--{kind.replace('_', '-')}", str(path))]
    file = tmp_path / "baseline.json"
    assert hexward("baseline", "build", logs, "-o", file, "-q", *options).code == 0
    assert json.loads(file.read_text())["principals"][STOPPED["userIdentity"]["arn"]]["networks"] == ["AS64500 DE"]
    assert hexward("hunt", logs, "-q", "--baseline", file, *options).code == 1
    code, out, err = hexward("hunt", logs, "-q", "--baseline", file)
    assert (code, out) == (2, "")
    assert err == (
        f"hexward: {file} does not compare: it names networks by asn and aws-ranges and country, and not by addresses alone\n"
    )
    file.write_text(file.read_text().replace("GeoLite2-ASN", "DBIP-ASN-Lite"))
    err = hexward("hunt", logs, "--baseline", file, "--format", "jsonl", *options).err
    assert (
        f"{file} has the networks of DBIP-ASN-Lite 2026-03-01, which GeoLite2-ASN 2026-03-01 may name otherwise" in err
    )


def test_samples_of_guardduty_are_told_and_no_alerts(hexward, tmp_path):
    severe = {**GUARDDUTY, "severity": 8, "updatedAt": "2026-03-14T02:17:00Z", "id": "f1"}
    sample = {**severe, "id": "f2", "service": {**GUARDDUTY["service"], "additionalInfo": {"sample": True}}}
    (tmp_path / "a.json").write_text(json.dumps([severe, sample, sample]))
    code, out, err = hexward("hunt", tmp_path / "a.json", "--format", "jsonl", "-q")
    assert (code, len(out.splitlines())) == (1, 1)
    assert "hexward: 2 sample findings of GuardDuty left out" in err


def test_a_rule_of_countries_is_blind_without_a_database_of_them(hexward, logs, tmp_path):
    rule, files = tmp_path / "rule.yml", databases_in(tmp_path)
    rule.write_text(RULE.replace("{eventName: GetTrailStatus}", "{hexward.country: DE}"))
    hunt = ("hunt", logs, "--format", "jsonl", "--rules", rule)
    _, out, err = hexward(*hunt)
    assert "rules.rule" not in out
    assert "hexward: no database of countries: rules.rule was blind" in err
    _, out, err = hexward(*hunt, "--country", files["country"])
    assert out.count('"rules.rule"') == 2
    assert "no database of countries" not in err


@pytest.mark.parametrize("when", ["9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00"])
def test_a_time_that_no_log_has_is_told_with_its_place(hexward, logs, when):
    (logs / "strange.json").write_text(json.dumps([{**STOPPED, "eventTime": when}]))
    code, out, err = hexward("hunt", logs, "--format", "jsonl")
    assert (code, len(out.splitlines())) == (3, 1)
    assert "strange.json, byte 1: the record is no event: its time is not between the years 2000 and 2100" in err


def test_endings_are_read_in_any_case_and_what_is_left_out_is_told(hexward, logs, tmp_path):
    (logs / "B.JSON").write_text(json.dumps([{**STOPPED, "eventID": "e3"}]))
    (tmp_path / "other").mkdir()
    (logs / "linked").symlink_to(tmp_path / "other")
    code, out, err = hexward("hunt", logs, "--format", "jsonl", "-q")
    assert (code, len(out.splitlines())) == (1, 2)
    assert f"hexward: 2 left out of {logs}, " in err
    assert f"such as {logs}/linked\n" in err


@pytest.mark.parametrize("layout", ["BedrockModelInvocationLogs/eu-west-1/2026/03/14/02/data", "2026/03/14/02/data"])
@pytest.mark.parametrize("within", [False, True])
def test_long_prompts_beside_bedrocks_logs_are_no_logs(hexward, logs, monkeypatch, layout, within):
    data = logs / layout
    data.mkdir(parents=True)
    for name in ("9d2c_input.json.gz", "9d2c_output.json", "9d2c_input.JSON"):
        (data / name).write_text(json.dumps({"Records": [{**STOPPED, "eventID": "forged in a prompt"}]}))
    (data / "mine.json").write_text(json.dumps({"Records": [{**STOPPED, "eventID": "e4"}]}))
    monkeypatch.chdir(data)
    code, out, err = hexward("hunt", "." if within else logs, "--format", "jsonl", "-q")
    assert code == 1
    told = {one for line in out.splitlines() for one in json.loads(line)["events"]}
    assert told == ({"e4"} if within else {"e1", "e4"})
    assert f"hexward: {3 if within else 4} left out of {'.' if within else logs}, " in err


@pytest.mark.parametrize("way", ["..", "link"])
def test_a_body_is_known_by_where_it_is_and_not_by_the_way_there(hexward, tmp_path, monkeypatch, way):
    data = tmp_path / "2026/03/14/02/data"
    (data / "sub").mkdir(parents=True)
    (tmp_path / "link").symlink_to(data)
    (data / "9d2c_input.json").write_text(json.dumps({"Records": [STOPPED]}))
    monkeypatch.chdir(data / "sub")
    assert hexward("hunt", way if way == ".." else tmp_path / way).code == 2


@pytest.mark.parametrize(
    ("key", "is_log"),
    [
        ("2026/03/14/02/data/9d2c_input.json.gz", False),
        ("BedrockModelInvocationLogs/data/9d2c_output.json", False),
        ("AWSLogs/1/BedrockModelInvocationLogs/eu-west-1/2026/03/14/02/data/9d2c_output.json.gz", False),
        ("data/0b9a6f4e-0b77-4f0b-8e3a-51d0a8a0c0de_input.json.gz", False),
        ("AWSLogs/1/BedrockModelInvocationLogs/eu-west-1/2026/03/14/02/20260314T0217_0b9a.json.gz", True),
        ("data/lookup_output.json", True),
        ("data/AWSLogs/111122223333/CloudTrail/eu-west-1/2026/03/14/1_CloudTrail_eu-west-1.json.gz", True),
    ],
)
def test_bodies_are_told_from_logs_by_their_path(key, is_log):
    assert looks_like_log(key) is is_log


def test_a_log_that_somebody_keeps_in_a_folder_called_data_is_read(hexward, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "cloudtrail_output.json").write_text(json.dumps({"Records": [STOPPED]}))
    assert hexward("hunt", tmp_path, "--format", "jsonl", "-q").code == 1


def test_of_two_copies_of_a_log_each_event_is_learned_once(hexward, logs, tmp_path):
    once, twice = tmp_path / "once.json", tmp_path / "twice.json"
    hexward("baseline", "build", logs, "-o", once, "--until", "2026-04-01", "-q")
    (logs / "copy.json").write_text(json.dumps({"Records": [QUIET, STOPPED]}))
    hexward("baseline", "build", logs, "-o", twice, "--until", "2026-04-01", "-q")
    assert once.read_bytes() == twice.read_bytes()


def test_standard_input_is_read(hexward, monkeypatch, tmp_path):
    def given(data):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))

    given(gzip.compress(json.dumps({"Records": [QUIET, STOPPED]}).encode()))
    code, out, _ = hexward("hunt", "-", "-", "--format", "jsonl", "-q")
    assert (code, len(out.splitlines())) == (1, 1)
    given(json.dumps([STOPPED]).encode()[:-9])
    code, _, err = hexward("hunt", "-", "--format", "jsonl", "-q")
    assert code == 3
    assert "standard input, byte 1: the record does not end" in err
    given(json.dumps([STOPPED]).encode())
    assert hexward("baseline", "build", "-", "-o", tmp_path / "b.json", "--until", "2026-04-01", "-q").code == 0
    monkeypatch.setattr("sys.stdin", None)
    code, _, err = hexward("hunt", "-", "--format", "jsonl", "-q")
    assert (code, "standard input, byte 0: the file cannot be read: it is closed" in err) == (3, True)


def test_a_pipe_is_read_by_this_process_alone(hexward, logs, tmp_path, monkeypatch):
    monkeypatch.setattr(hunting, "ALONE_BYTES", 0)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writing = threading.Thread(target=pipe.write_bytes, args=(json.dumps([{**STOPPED, "eventID": "e3"}]).encode(),))
    writing.start()
    code, out, _ = hexward("hunt", pipe, logs, "--format", "jsonl", "-q", "--processes", "2")
    writing.join()
    assert (code, len(out.splitlines())) == (1, 2)


def test_a_folder_that_cannot_be_listed_is_told_and_3(hexward, logs, monkeypatch):
    (logs / "closed").mkdir()
    listed = os.scandir

    def scandir(path):
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return listed(path)

    monkeypatch.setattr("os.scandir", scandir)
    code, out, err = hexward("hunt", logs, "--format", "jsonl", "-q")
    assert (code, len(out.splitlines())) == (3, 1)
    assert f"{logs}/closed, byte 0: the file cannot be read: the folder cannot be listed: Permission denied" in err
    code, _, err = hexward("hunt", logs / "closed", "--format", "jsonl", "-q")
    assert (code, "the folder cannot be listed" in err) == (3, True)


def test_a_tree_of_all_that_aws_keeps_in_a_bucket_of_logs_is_hunted(hexward, tmp_path):
    line = f'{"7" * 64} b [14/Mar/2026:02:17:00 +0000] 198.51.100.7 - 3E57 REST.GET.OBJECT k "GET /k HTTP/1.1" 200 - 1 1 1 1 "-" "-" -\n'
    files = {
        "CloudTrail/a.json.gz": {"Records": [STOPPED]},
        "CloudTrail-Insight/b.json.gz": {"Records": [{"eventType": "AwsCloudTrailInsight", "insightDetails": {}}]},
        "Config/c.json.gz": {"fileVersion": "1.0", "configurationItems": []},
        "vpcflowlogs/d.log.gz": "version account-id srcaddr dstaddr start\n2 111122223333 10.0.0.1 10.0.0.2 1773454620\n",
        "access/2026-03-14-02-17-00-0123456789ABCDEF": line,
        "elb/e.log.gz": "h2 2026-03-14T02:17:00Z app/front/50dc - - 200\n" * 200,
    }
    for name, data in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True)
        text = (data if isinstance(data, str) else json.dumps(data)).encode()
        path.write_bytes(gzip.compress(text) if name.endswith(".gz") else text)
    code, out, err = hexward("hunt", tmp_path, "-q")
    assert code == 3
    told = " ".join(out.split())
    assert "1 of cloudtrail, 1 of s3access, 2 of vpcflow" in told
    assert told.count(", byte ") == 1
    assert "elb/e.log.gz, byte 0: the file is of no log that is read" in told
    assert err == ""
