"""What is learned of a month, that halves of it merge into the whole, and what of the next day is unusual."""

from datetime import UTC, datetime, timedelta

import pytest

from hexward.events import BASELINE_FIELDS, Event, Log, event_of
from hexward.events.baseline import DAY, Baseline, gathered, load, save
from hexward.events.enrich import Assets, Enrichment
from hexward.model import UsageError

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


def known(event: Event, baseline: Baseline = BASELINE) -> dict[str, object]:
    joined = Enrichment(baseline).join(event).known.all()
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


def test_two_halves_merged_are_the_whole(tmp_path):
    halves = [gathered(MONTH[place::2], milliseconds(UNTIL)) for place in (0, 1)]
    halves[0].merge(halves[1])
    whole = gathered(MONTH, milliseconds(UNTIL))
    for name, one in (("halves", halves[0]), ("whole", whole)):
        save(one, tmp_path / name)
    assert (tmp_path / "halves").read_bytes() == (tmp_path / "whole").read_bytes()
    assert load(tmp_path / "whole") == whole


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
