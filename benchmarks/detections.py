"""What the detections find of recorded attacks, and how often they cry in an ordinary month, in one run.

    python benchmarks/detections.py [DATA]

DATA is the folder of recorded attacks (default: ../shared/data/cloudtrail); without it only the month is judged. Benign CloudTrail at scale
is public nowhere, so the month is made up, and no rule was tuned on it. Its assumptions: 9 engineers who work 08 to 18 on weekdays from
one office and sometimes from home; an on-call engineer who is woken twice; deploys three times a day by a pipeline; training jobs at any
hour that read the same shards; autoscaling around the clock; a scanner that is refused the same calls every night; a new hire in the third
week; a public holiday; a role whose NAT gets another address; a model set up by hand; a tidied experiment. Five weeks before are the baseline.
Into it a theft is put: at 02:17 stolen credentials of an engineer, from a network never seen, list buckets and read weights and shards.
"""

import json
import random
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hexward.cli._logs import LocalFile, logs
from hexward.detections import Search, blind, detections
from hexward.detections.hunt import hunt
from hexward.detections.incidents import incidents
from hexward.events import DataSource, milliseconds
from hexward.events.baseline import gathered
from hexward.events.enrich import Assets
from hexward.events.files import events
from hexward.events.log import Log
from hexward.events.read import Reader
from hexward.model import Alert

WANTED_PER_10_000 = 1.0
"""Groups of alerts (one principal, until it is quiet for two hours) per 10,000 ordinary events."""
WANTED_MINUTES = 4
"""From the theft's first call to its first alert, in the time of the events."""
FIRST = datetime(2026, 3, 2, tzinfo=UTC)
"""The month's first Monday; the baseline is the 35 days before."""
DAYS, LEARNED = 28, 35
HOLIDAY, HIRED, THEFT = 10, 14, FIRST + timedelta(days=17, hours=2, minutes=17)
ACCOUNT = "111122223333"
TACTICS = {"defense-evasion": {"defense-impairment", "stealth"}}
ASSETS = Assets({"training-data": ("training_data",), "models": ("model_artifacts",)}, {})
OFFICE, HOME, NAT, OTHER_NAT, THIEF = "198.51.100.", "203.0.113.", "192.0.2.10", "192.0.2.77", "45.155.205.9"
LOOKS = [("s3", "ListBuckets"), ("s3", "GetBucketTagging"), ("sagemaker", "ListTrainingJobs"), ("sagemaker", "DescribeTrainingJob"),
         ("logs", "FilterLogEvents"), ("ec2", "DescribeInstances"), ("cloudwatch", "GetMetricData"), ("iam", "ListRoles")]  # fmt: skip
WORKS = [("sagemaker", "CreateTrainingJob"), ("sagemaker", "CreateModel"), ("bedrock", "InvokeModel"), ("lambda", "UpdateFunctionCode20150331v2"),
         ("sagemaker", "StopTrainingJob"), ("sagemaker", "DeleteEndpoint")]  # fmt: skip


@dataclass
class Month:
    """Makes the events of some days, one after the other."""

    dice: random.Random
    records: list[dict[str, object]] = field(default_factory=list)

    def call(
        self, when: datetime, who: str, address: str, service: str, name: str, size: int = 0, **more: object
    ) -> None:
        """Write one call down; `who` is the name of an engineer, or role/session."""
        role, _, session = who.partition("/")
        arn = f"arn:aws:iam::{ACCOUNT}:role/{role}"
        identity: dict[str, object] = {
            "type": "AssumedRole",
            "arn": f"arn:aws:sts::{ACCOUNT}:assumed-role/{role}/{session}",
            "accountId": ACCOUNT,
        }
        identity["sessionContext"] = {"sessionIssuer": {"arn": arn}}
        record: dict[str, object] = {
            "eventTime": when.strftime("%Y-%m-%dT%H:%M:%SZ"), "eventID": f"e{self.dice.getrandbits(64):016x}", "eventSource": f"{service}.amazonaws.com",
            "eventName": name, "awsRegion": "eu-west-1", "sourceIPAddress": address, "userIdentity": identity, "recipientAccountId": ACCOUNT,
            "readOnly": name.startswith(("List", "Get", "Describe", "Filter")), "additionalEventData": {"bytesTransferredOut": size},
        }  # fmt: skip
        self.records.append(record | more)

    def day(self, number: int) -> None:
        """Make one day, counted from the first of the month."""
        begin = FIRST + timedelta(days=number)
        working = begin.weekday() < 5 and number != HOLIDAY
        engineers = [f"e{one}@example.com" for one in range(9 if number >= HIRED else 8)]
        for engineer in engineers if working else []:
            self.works(begin, engineer)
        for hour in range(24):
            self.machines(begin + timedelta(hours=hour), NAT if number < 20 else OTHER_NAT)
        if working:
            for hour in (9, 13, 16):
                self.deploy(begin + timedelta(hours=hour, minutes=self.dice.randrange(50)))
        if number in {6, 19}:
            self.woken(begin + timedelta(hours=3))
        if number == 8:
            self.call(
                begin + timedelta(hours=10),
                "engineer-e1/e1@example.com",
                f"{OFFICE}7",
                "bedrock",
                "PutUseCaseForModelAccess",
            )
        if number == 23:
            for place, name in enumerate(
                ("DeleteEndpoint", "DeleteEndpointConfig", "DeleteModel", "StopNotebookInstance")
            ):
                self.call(
                    begin + timedelta(hours=15, minutes=place),
                    "engineer-e2/e2@example.com",
                    f"{OFFICE}7",
                    "sagemaker",
                    name,
                )

    def works(self, begin: datetime, engineer: str) -> None:
        """Let an engineer work for a day, sometimes from home."""
        who = f"engineer-{engineer.partition('@')[0]}/{engineer}"
        address = f"{OFFICE if self.dice.random() < 0.8 else HOME}{self.dice.randrange(1, 255)}"
        for _ in range(self.dice.randrange(60, 120)):
            when = begin + timedelta(hours=8 + self.dice.random() * 10)
            kind = self.dice.random()
            if kind < 0.7:
                self.call(when, who, address, *self.dice.choice(LOOKS))
            elif kind < 0.85:
                self.call(
                    when,
                    who,
                    address,
                    "s3",
                    "GetObject",
                    self.dice.randrange(1 << 22),
                    requestParameters=shard(self.dice),
                )
            elif kind < 0.88:
                self.call(when, who, address, *self.dice.choice(LOOKS), errorCode="AccessDenied")
            else:
                self.call(when, who, address, *self.dice.choice(WORKS))

    def machines(self, when: datetime, nat: str) -> None:
        """Let programs work for an hour: training, serving, autoscaling, and at two in the night a scanner."""
        for _ in range(40):
            moment = when + timedelta(seconds=self.dice.randrange(3600))
            self.call(moment, "train/SageMaker", nat, "s3", "GetObject", 1 << 24, requestParameters=shard(self.dice))
            self.call(moment, "chat/chat-api", nat, "bedrock", "InvokeModel")
        for _ in range(12):
            self.call(when + timedelta(seconds=self.dice.randrange(3600)), "autoscaling/scaler", "autoscaling.amazonaws.com", "ec2", "RunInstances",
                      requestParameters={"instanceType": "m6i.large"})  # fmt: skip
        if when.hour == 2:
            for place, (service, name) in enumerate(LOOKS * 4):
                self.call(
                    when + timedelta(seconds=place), "scanner/nightly", nat, service, name, errorCode="AccessDenied"
                )

    def deploy(self, when: datetime) -> None:
        """Let the pipeline put a model and a function out."""
        for place, (service, name) in enumerate([("s3", "PutObject"), ("sagemaker", "CreateModel"), ("sagemaker", "CreateEndpointConfig"),
                                                 ("sagemaker", "UpdateEndpoint"), ("sagemaker", "DeleteEndpointConfig"), ("sagemaker", "DeleteModel"),
                                                 ("lambda", "UpdateFunctionCode20150331v2"), ("iam", "PassRole")]):  # fmt: skip
            self.call(when + timedelta(seconds=20 * place), "pipeline/deploy", NAT, service, name)

    def woken(self, when: datetime) -> None:
        """Wake the engineer on call, who looks around and rolls a model back."""
        for place in range(20):
            moment = when + timedelta(minutes=place)
            self.call(moment, "engineer-e3/e3@example.com", f"{HOME}9", *self.dice.choice(LOOKS))
        self.call(when + timedelta(minutes=21), "engineer-e3/e3@example.com", f"{HOME}9", "s3", "GetObject", 1 << 26,
                  requestParameters={"bucketName": "models", "key": "chat/6/model.tar.gz"})  # fmt: skip

    def theft(self) -> None:
        """Let somebody with an engineer's credentials take weights and training data away."""
        who = "engineer-e4/e4@example.com"
        self.call(THEFT, who, THIEF, "s3", "ListBuckets")
        for place in range(60):
            key = {"bucketName": "models", "key": f"chat/7/part-{place}.safetensors"} if place % 2 else shard(self.dice)
            self.call(
                THEFT + timedelta(seconds=40 + 10 * place),
                who,
                THIEF,
                "s3",
                "GetObject",
                1 << 28,
                requestParameters=key,
            )


def shard(dice: random.Random) -> dict[str, str]:
    """Name one file of the training data."""
    return {"bucketName": "training-data", "key": f"shard-{dice.randrange(64)}.parquet"}


def written(folder: Path, first: int, last: int, *, theft: bool = False) -> tuple[list[LocalFile], int]:
    """Write the days from the first to before the last; returns the files and how many events they hold."""
    folder.mkdir()
    month = Month(random.Random(first))  # noqa: S311  (the same month each time)
    for number in range(first, last):
        month.day(number)
    if theft:
        month.theft()
    (folder / "month.json").write_text(json.dumps({"Records": month.records}))
    return logs([str(folder)]), len(month.records)


def alerts_in(files: list[LocalFile], search: Search) -> list[Alert]:
    """Hunt in files, in this process."""
    with hunt(files, search, 1, lambda _: None) as found:
        assert not found.problems
        return list(found.alerts())


def recall(data: Path) -> Iterator[tuple[str, bool]]:
    """Yield each recorded attack, and whether an alert named its tactic."""
    for path in sorted((data / "stratus").glob("*.json")):
        tactic = path.stem.split(".")[1]
        told = {one for alert in alerts_in(logs([str(path)]), Search(detections())) for one in alert.tactics}
        yield path.stem, bool(told & TACTICS.get(tactic, {tactic}))


def main() -> None:
    """Print each figure beside its limit."""
    data = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data/cloudtrail")
    found = list(recall(data)) if data.is_dir() else []
    for name, hit in found:
        print(f"{'told  ' if hit else 'MISSED'} {name}")
    print(f"recorded attacks told with their tactic: {sum(hit for _, hit in found)} of {len(found)}")
    with tempfile.TemporaryDirectory() as name:
        before, _ = written(Path(name) / "before", -LEARNED, 0)
        baseline = gathered(
            events(before, Reader(lambda log, _early: log is Log.CLOUDTRAIL), lambda _: None),
            milliseconds(FIRST.isoformat()),
        )
        search = Search(detections(), baseline, ASSETS)
        ordinary, count = written(Path(name) / "ordinary", 0, DAYS)
        groups = incidents(alerts_in(ordinary, search))
        stolen, _ = written(Path(name) / "stolen", 0, DAYS, theft=True)
        thief = [
            one
            for one in alerts_in(stolen, search)
            if one.principal.endswith("engineer-e4") and one.time >= THEFT.strftime("%Y-%m-%dT%H:%M:%SZ")
        ]
    for group in groups:
        print(f"  {group.began} {group.level} {group.principal}: {', '.join(group.steps)}")
    rate = len(groups) / count * 10_000
    print(
        f"ordinary month: {len(groups)} groups of alerts in {count:,} events, {rate:.2f} per 10,000 (limit {WANTED_PER_10_000})"
    )
    minutes = (milliseconds(thief[0].time) - milliseconds(THEFT.isoformat())) / 60_000 if thief else float("inf")
    print(
        f"theft at 02:17: {minutes:.1f} minutes to the first alert (limit {WANTED_MINUTES}): {', '.join(sorted({one.detection for one in thief}))}"
    )
    idle = blind(detections(), {DataSource.CLOUDTRAIL}, has_baseline=True, has_assets=True)
    print(f"{len(detections())} detections; {len(idle)} need more than CloudTrail's management events")


if __name__ == "__main__":
    main()
