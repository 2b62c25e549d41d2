"""What is learned of a month, and what of the next day is unusual."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from hexward.events import BASELINE_FIELDS, Event, Log, baseline, event_of
from hexward.events.baseline import ALL, FIRST_SCHEMA, Baseline, gathered, load, save
from hexward.events.enrich import Assets, Enrichment
from hexward.events.origin import Databases, Origins
from hexward.events.workdays import DAY
from hexward.model import UsageError
from tests.events.mmdb import databases_in

FIRST = datetime(2026, 2, 2, tzinfo=UTC)
"""A Monday."""
UNTIL = FIRST + timedelta(days=35)
ANA = "arn:aws:iam::111122223333:user/ana"


def call(when: datetime, **more: object) -> Event:
    record = {
        "eventTime": when.isoformat(),
        "eventSource": "s3.amazonaws.com",
        "eventName": "GetObject",
        "sourceIPAddress": "198.51.100.7",
        "awsRegion": "eu-west-1",
        "recipientAccountId": "111122223333",
        "userIdentity": {"type": "IAMUser", "arn": ANA, "accessKeyId": "AKIA1"},
        "requestParameters": {"bucketName": "data"},
        "additionalEventData": {"bytesTransferredOut": 1000},
        "readOnly": True,
    }
    return event_of(Log.CLOUDTRAIL, record | more)


MONTH = [
    call(FIRST + timedelta(days=day, hours=hour))
    for day in range(35)
    if (FIRST + timedelta(days=day)).weekday() < 5
    for hour in range(8, 17)
]


def milliseconds(when: datetime) -> int:
    return int(when.timestamp() * 1000)


def learned() -> Baseline:
    found = gathered(MONTH, milliseconds(UNTIL))
    found.time_zone = "Europe/Berlin"
    return found


BASELINE = learned()


def known(event: Event, baseline: Baseline = BASELINE, origins: Origins | None = None) -> dict[str, object]:
    joined = Enrichment(baseline, origins=origins).join(event).known.all()
    return {f"hexward.{key}": value for key, value in joined.items() if f"hexward.{key}" in BASELINE_FIELDS}


NEXT = UNTIL + timedelta(hours=10)


@pytest.mark.parametrize(
    ("event", "field", "expected"),
    [
        (call(NEXT), "mature", True),
        (call(NEXT), "network_new", False),
        (call(NEXT, sourceIPAddress="198.51.100.200"), "network_new", False),
        (call(NEXT, sourceIPAddress="203.0.113.9"), "network_new", True),
        (call(NEXT, sourceIPAddress="2001:db8::1"), "network_new", True),
        (call(NEXT, sourceIPAddress="athena.amazonaws.com"), "network_new", False),
        (call(NEXT, sourceIPAddress="203.0.113.9"), "key_network_new", True),
        (call(NEXT), "key_network_new", False),
        (call(NEXT, userIdentity={"type": "IAMUser", "arn": ANA, "accessKeyId": "AKIA2"}), "key_network_new", None),
        (call(NEXT), "action_new", False),
        (call(NEXT, eventName="DeleteObject"), "action_new", True),
        (call(NEXT), "region_new", False),
        (call(NEXT, awsRegion="ap-southeast-1"), "region_new", True),
        (call(NEXT), "hour_unusual", False),
        (call(UNTIL + timedelta(hours=2, minutes=17)), "hour_unusual", True),
        (call(UNTIL + timedelta(hours=7)), "hour_unusual", False),
        (call(UNTIL + timedelta(hours=5)), "hour_unusual", True),
        (call(UNTIL + timedelta(days=5, hours=10)), "hour_unusual", True),
        (call(NEXT), "times_usual", 1.0),
        (call(NEXT, additionalEventData={"bytesTransferredOut": 50_000}), "times_usual", 50.0),
        (call(NEXT, additionalEventData=None), "times_usual", 1.0),
        (call(NEXT, userIdentity={"type": "IAMUser", "arn": "arn:aws:iam::111122223333:user/new"}), "mature", False),
        (
            call(NEXT, userIdentity={"type": "IAMUser", "arn": "arn:aws:iam::111122223333:user/new"}),
            "network_new",
            None,
        ),
    ],
)
def test_tells_what_is_unusual(event, field, expected):
    assert known(event).get(f"hexward.{field}") == expected


def test_of_whom_little_is_known_nothing_is_unusual():
    young = gathered(MONTH[:60], milliseconds(FIRST + timedelta(days=9)))
    found = known(call(FIRST + timedelta(days=9, hours=2), sourceIPAddress="203.0.113.9"), young)
    assert found["hexward.mature"] is False
    assert found.get("hexward.network_new") is None
    assert found["hexward.hour_unusual"] is None


def test_nothing_is_learned_of_the_day_itself_nor_of_days_that_are_left_out():
    late = call(UNTIL + timedelta(hours=3), sourceIPAddress="203.0.113.9")
    suspect = call(UNTIL - timedelta(hours=3), sourceIPAddress="203.0.113.9")
    left_out = {(ANA, suspect.time // DAY)}
    found = gathered([*MONTH, late, suspect], milliseconds(UNTIL), left_out)
    assert found.principals[ANA].networks == {"198.51.100.0/24"}


def test_nothing_is_learned_of_services_and_from_what_was_refused():
    service = call(FIRST, userIdentity={"type": "AWSService", "invokedBy": "athena.amazonaws.com"})
    refused = call(FIRST, errorCode="AccessDenied")
    found = gathered([service, refused], milliseconds(UNTIL))
    assert found.principals.keys() == {ANA}
    assert found.principals[ANA].actions == set()
    assert found.principals[ANA].networks == set()


def test_without_a_baseline_an_event_stays_as_it_is():
    event = call(FIRST)
    assert Enrichment().join(event) is event


def test_an_audit_tells_what_a_bucket_holds_and_what_a_role_does():
    known = Assets({"data": ("training_data",)}, {ANA: ("train",)})
    joined = Enrichment(assets=known).join(call(FIRST)).known.all()
    assert (joined["asset"], joined["stage"]) == (["training_data"], ["train"])
    other = Enrichment(assets=known).join(call(FIRST, requestParameters={"bucketName": "logs"})).known.all()
    assert other["asset"] == []


@pytest.mark.parametrize(
    "text",
    [
        *("", "{}", "{}x", "[]", '{"schema": "hexward.baseline/v1"}', '{"until": 0}'),
        *(
            f'{{"schema": "hexward.baseline/v2", "until": 0, {member}}}'
            for member in (
                '"weekend": [7]',
                '"weekend": ["sat"]',
                '"holidays": ["soon"]',
                '"named_by": ["asn"]',
                '"learned": {"a": [-1]}',
            )
        ),
        '{"schema": "other", "until": 0}',
        '{"schema": "hexward.baseline/v1", "until": 0, "time_zone": "Mars/Base"}',
        *(f'{{"schema": "hexward.baseline/v1", "until": {until}}}' for until in ('"x"', "-1", "1e400", 10**17)),
        *(
            f'{{"schema": "hexward.baseline/v1", "until": 0, "principals": {{"p": {{"hours": {{"{hour}": [1, {size}]}}}}}}}}'
            for hour, size in ((-1, 0), (10**12, 0), (1, -1), ("x", 0))
        ),
    ],
)
def test_a_file_that_is_no_baseline_is_one_line(tmp_path, text):
    path = tmp_path / "baseline.json"
    path.write_text(text)
    with pytest.raises(UsageError, match="is no baseline"):
        load(path)


@pytest.fixture(scope="module")
def origins(tmp_path_factory):
    return Origins(Databases(**databases_in(tmp_path_factory.mktemp("networks"))))


ROLE = {"type": "AssumedRole", "arn": "arn:aws:sts::111122223333:assumed-role/chat/f", "accessKeyId": "ASIA1",
        "sessionContext": {"sessionIssuer": {"arn": "arn:aws:iam::111122223333:role/chat"}}}  # fmt: skip


@pytest.mark.parametrize(
    ("learned_at", "seen_at", "role", "field", "expected"),
    [
        ("198.51.100.7", "198.18.200.1", False, "network_new", False),
        ("198.51.100.7", "198.18.200.1", False, "key_network_new", False),
        ("198.51.100.7", "198.19.0.1", False, "network_new", True),
        ("198.51.100.7", "203.0.113.9", False, "key_network_new", True),
        ("52.17.4.20", "52.16.200.7", True, "network_new", False),
        ("52.17.4.20", "54.72.9.31", True, "network_new", True),
        ("198.51.100.7", "52.17.4.20", True, "network_new", True),
        ("52.17.4.20", "52.17.4.99", False, "key_network_new", False),
        ("52.17.4.20", "52.16.200.7", False, "key_network_new", True),
        ("52.17.4.20", "52.16.200.7", False, "network_new", True),
    ],
)
def test_with_files_of_networks_an_address_of_the_same_owner_is_nothing_new(
    origins, learned_at, seen_at, role, field, expected
):
    more = {"userIdentity": ROLE} if role else {}
    days = [call(FIRST + timedelta(hours=10 * n), sourceIPAddress=learned_at, **more) for n in range(60)]
    month = gathered(days, milliseconds(UNTIL), origins=origins)
    assert known(call(NEXT, sourceIPAddress=seen_at, **more), month, origins)[f"hexward.{field}"] is expected


def test_the_network_and_the_country_of_a_call_are_words_of_its_own(origins):
    there = call(FIRST, sourceIPAddress="198.18.3.4")
    assert there.known.get("network") == "198.18.3.0/24"
    joined = Enrichment(origins=origins).join(there).known.all()
    assert (joined["network"], joined["country"]) == ("AS64500 DE", "DE")
    service = Enrichment(origins=origins).join(call(FIRST, sourceIPAddress="athena.amazonaws.com")).known.all()
    assert (service["network"], service["country"]) == ("", None)


def test_a_baseline_is_refused_where_networks_have_other_names(origins):
    month = gathered(MONTH[:1], milliseconds(UNTIL), origins=origins)
    assert month.named_by["asn"] == {"GeoLite2-ASN 2026-03-01"}
    with pytest.raises(
        UsageError, match="it names networks by asn and aws-ranges and country, and not by addresses alone"
    ):
        Enrichment(month)
    with pytest.raises(UsageError, match="by addresses alone, and not by asn"):
        Enrichment(BASELINE, origins=origins)


def test_of_whoever_has_too_many_networks_none_is_new(monkeypatch):
    monkeypatch.setattr(baseline, "MOST_NAMES", 50)
    travels = [call(FIRST + timedelta(hours=n), sourceIPAddress=f"198.{n}.100.7") for n in range(60)]
    month = gathered(travels, milliseconds(UNTIL))
    assert month.principals[ANA].networks == {ALL}
    assert known(call(NEXT, sourceIPAddress="203.0.113.9"), month)["hexward.network_new"] is None


HOLIDAY = UNTIL + timedelta(days=2, hours=10)
"""A Wednesday."""


@pytest.mark.parametrize(
    ("when", "weekend", "holidays", "expected"),
    [
        (HOLIDAY, {5, 6}, set(), False),
        (HOLIDAY, {5, 6}, {HOLIDAY.date()}, True),
        (HOLIDAY + timedelta(days=1), {5, 6}, {HOLIDAY.date()}, False),
        (HOLIDAY + timedelta(days=3), {5, 6}, set(), True),
        (HOLIDAY + timedelta(days=3), {4, 6}, set(), False),
    ],
)
def test_a_holiday_is_as_free_as_the_weekend(when, weekend, holidays, expected):
    month = learned()
    month.weekend, month.holidays = frozenset(weekend), holidays
    assert known(call(when), month)["hexward.hour_unusual"] is expected


def test_whoever_worked_on_holidays_does_so():
    holidays = {date(2026, 2, day) for day in (4, 11, 18, 25)}
    month = learned()
    month.holidays = holidays | {HOLIDAY.date()}
    assert known(call(HOLIDAY), month)["hexward.hour_unusual"] is False


def test_a_file_of_the_first_schema_is_read(tmp_path):
    save(BASELINE, tmp_path / "baseline.json")
    plain = json.loads((tmp_path / "baseline.json").read_text())
    for member in ("weekend", "holidays", "named_by", "learned"):
        del plain[member]
    (tmp_path / "baseline.json").write_text(json.dumps(plain | {"schema": FIRST_SCHEMA}))
    old = load(tmp_path / "baseline.json")
    assert known(call(NEXT, sourceIPAddress="203.0.113.9"), old)["hexward.network_new"] is True
    assert known(call(UNTIL + timedelta(days=5, hours=10)), old)["hexward.hour_unusual"] is True


def test_nothing_is_learned_from_before_the_window():
    month = gathered(MONTH, milliseconds(UNTIL), since=milliseconds(UNTIL - timedelta(days=7)))
    assert sum(count for count, _ in month.principals[ANA].hours.values()) == 45
    assert {len(hours) for hours in month.learned.values()} == {45}
