"""How many CloudTrail events a hunt reads in a second, with every detection and a baseline, beside unpacking alone.

    python benchmarks/hunt.py [EVENTS] [PROCESSES] [--peer COMMAND]

The log is made up: files of 1,200 events as CloudTrail delivers them, in the shares of a busy AI account; one event in a thousand is one
that a detection asks for in full. Ids and signatures are as random as AWS's own, so that 2 million events are some 450 MB. `--peer` is a
command that takes a file of plain lines of JSON as its last argument, timed in the same run; one is beside this script:
`--peer "python benchmarks/hunt_peer.py"`. Figures are wall time, the log being in the page cache.
Unpacking alone and hunting take turns for some rounds, of which each is told, and their medians stand beside the limits. All callers are
sessions of forty roles; nobody is at a console, whose calls take longer to tell. Where ISA-L is installed, all is measured with it and
once more with Python's own zlib, so that hunting and unpacking alone are compared with the same reader. ISA-L unpacks twice as quickly:
the hunt is quicker with it, and its share of the speed of unpacking alone is smaller.
"""

import gzip
import json
import os
import random
import resource
import shlex
import subprocess
import sys
import tempfile
import time
import zlib
from base64 import b64encode
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from uuid import UUID

from hexward.cli._logs import logs
from hexward.detections import Engine, Search, detections
from hexward.detections.hunt import hunt
from hexward.events import event_of
from hexward.events.baseline import Baseline, gathered
from hexward.events.enrich import Assets, Enrichment
from hexward.events.event import LAST_TIME
from hexward.events.files import Source, events
from hexward.events.log import Log
from hexward.events.read import Reader
from hexward.events.unpack import fast, pieces

WANTED = 250_000
"""Events a second on two cores."""
WANTED_SHARE = 0.22
"""Of the speed of unpacking alone, with the same reader and processes."""
WANTED_MB = 1024
WANTED_SINGLE = 20_000
"""Single events a second on one core, with the look into the baseline."""
PER_FILE = 1_200
PER_SESSION = 2_800
"""How many events lie in the hour that sessions last."""
ROUNDS = 5
"""How often all is measured, by turns, since a machine that is shared is slower in one minute than in the next."""
FIRST = datetime(2026, 3, 1, tzinfo=UTC)
ACCOUNT = "111122223333"

SHARES = {
    ("ec2", "DescribeInstances"): 24, ("sts", "AssumeRole"): 14, ("s3", "GetObject"): 12, ("kms", "Decrypt"): 10, ("s3", "PutObject"): 6,
    ("logs", "DescribeLogStreams"): 6, ("monitoring", "DescribeAlarms"): 6, ("sagemaker", "DescribeTrainingJob"): 5,
    ("bedrock", "InvokeModel"): 5, ("ssm", "UpdateInstanceInformation"): 5, ("lambda", "Invoke"): 3, ("iam", "GetRole"): 2,
    ("sagemaker", "CreateTrainingJob"): 1, ("ec2", "CreateNetworkInterface"): 1,
}  # fmt: skip
RARE = [
    ("cloudtrail", "StopLogging"),
    ("iam", "CreateAccessKey"),
    ("bedrock", "PutUseCaseForModelAccess"),
    ("logs", "DeleteLogGroup"),
]


def made(folder: Path, count: int) -> list[Source]:
    """Write the log into a folder."""
    dice = random.Random(11)  # noqa: S311  (the same log each time)
    for number in range(-(-count // PER_FILE)):
        records = [record(dice, number * PER_FILE + place) for place in range(min(PER_FILE, count - number * PER_FILE))]
        data = json.dumps({"Records": records}, separators=(",", ":")).encode()
        (folder / f"{number:06}.json.gz").write_bytes(gzip.compress(data, 6))
    return logs([str(folder)])


def record(dice: random.Random, number: int) -> dict[str, object]:
    """Return one record of some 1,400 bytes, 225 of them once packed."""
    service, name = dice.choice(RARE) if dice.random() < 0.001 else dice.choices([*SHARES], [*SHARES.values()])[0]
    # A role has some sessions at a time, and each lasts an hour.
    role, session = f"workload-{dice.randrange(40):02}", f"{number // PER_SESSION:08x}-{dice.randrange(4)}"
    when, began = (
        (FIRST + timedelta(seconds=at * 1.3)).strftime("%Y-%m-%dT%H:%M:%SZ")
        for at in (number, number - number % PER_SESSION)
    )
    more = (
        {"errorCode": "AccessDenied", "errorMessage": f"User is not authorized to perform: {service}:{name}"}
        if dice.random() < 0.01
        else {}
    )
    return {
        "eventVersion": "1.11",
        "userIdentity": {
            "type": "AssumedRole",
            "principalId": f"AROAEXAMPLE{role[-2:]}:{session}",
            "arn": f"arn:aws:sts::{ACCOUNT}:assumed-role/{role}/{session}",
            "accountId": ACCOUNT,
            "accessKeyId": f"ASIA{role[-2:]}{session.upper()}",
            "sessionContext": {
                "sessionIssuer": {"type": "Role", "arn": f"arn:aws:iam::{ACCOUNT}:role/{role}", "accountId": ACCOUNT, "userName": role},
                "attributes": {"creationDate": began, "mfaAuthenticated": "false"},
            },
        },
        "eventTime": when, "eventSource": f"{service}.amazonaws.com", "eventName": name, "awsRegion": dice.choice(["eu-west-1", "us-east-1"]),
        "sourceIPAddress": f"198.51.100.{dice.randrange(256)}", "userAgent": f"Boto3/1.{dice.randrange(34, 43)}.{dice.randrange(60)} md/Botocore#1.42.1 ua/2.1 os/linux lang/python#3.{dice.randrange(9, 14)}",
        **more,
        "requestParameters": {"bucketName": f"data-{dice.randrange(20)}", "key": f"shards/{dice.getrandbits(64):016x}/part.parquet"},
        "responseElements": {"requestId": f"{dice.getrandbits(128):032x}"},
        "additionalEventData": {"bytesTransferredOut": dice.randrange(1 << 24), "x-amz-id-2": b64encode(dice.randbytes(56)).decode()},
        "requestID": str(UUID(bytes=dice.randbytes(16))), "eventID": str(UUID(bytes=dice.randbytes(16), version=4)), "readOnly": not name.startswith("C"),
        "resources": [{"type": "AWS::S3::Object", "ARN": f"arn:aws:s3:::data/{dice.getrandbits(64):016x}"}], "eventType": "AwsApiCall",
        "managementEvent": True, "recipientAccountId": ACCOUNT, "eventCategory": "Management",
        "tlsDetails": {"tlsVersion": "TLSv1.3", "cipherSuite": "TLS_AES_128_GCM_SHA256", "clientProvidedHostHeader": f"{service}.amazonaws.com"},
    }  # fmt: skip


def unpacked(name: str) -> int:
    """Unpack one file and forget it; returns its bytes."""
    with Path(name).open("rb") as stream:
        return sum(map(len, pieces(stream, lambda *_: None)))


def unpacking_seconds(files: list[Source], processes: int) -> float:
    """Time the unpacking alone, as many processes at once."""
    names = [file.name for file in files]
    with ProcessPoolExecutor(processes) as pool:
        list(pool.map(unpacked, names[:processes]))
        began = time.perf_counter()
        size = sum(pool.map(unpacked, names, chunksize=16))
    seconds = time.perf_counter() - began
    print(f"unpacking alone: {size / 1e6 / seconds:,.0f} MB/s; ", end="")
    return seconds


def learned(files: list[Source]) -> Baseline:
    """Gather a baseline of some files."""
    reader = Reader(lambda log, _early: log is Log.CLOUDTRAIL)
    return gathered(events(files, reader, lambda _: None), LAST_TIME - 1)


def singly(files: list[Source], baseline: Baseline) -> float:
    """Judge single events one by one, as the responder does; returns events a second."""
    engine, enrichment = Engine(detections()), Enrichment(baseline, Assets())
    reader = Reader(lambda _log, _early: True)
    records = [one for file in files for one in reader.read(file.name, file.open())]
    began = time.process_time()
    for log, _, one in records:
        for _hit in engine.hits(enrichment.join(event_of(log, one))):
            pass
    return len(records) / (time.process_time() - began)


def hunting_seconds(files: list[Source], search: Search, processes: int) -> tuple[float, int, int]:
    """Time a hunt up to its last alert; returns the alerts and the events too."""
    began = time.perf_counter()
    with hunt(files, search, processes, lambda _: None) as found:
        alerts = sum(1 for _ in found.alerts())
    return time.perf_counter() - began, alerts, found.events


def measured(files: list[Source], processes: int) -> float:
    """Print each figure beside its limit; returns the hunt's events a second."""
    baseline = learned(files[:20])
    search = Search(detections(), baseline, Assets())
    print(f"unpacked by {fast.__name__}")
    rounds: list[tuple[float, float]] = []
    for _ in range(ROUNDS):
        alone = unpacking_seconds(files, processes)
        seconds, alerts, count = hunting_seconds(files, search, processes)
        rounds.append((count / seconds, alone / seconds))
        print(f"hunt: {count / seconds:,.0f} events/s, {alone / seconds:.3f} of unpacking alone")
    speed, share = median(one for one, _ in rounds), median(one for _, one in rounds)
    own, child = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    mb = (own + child * processes) / 1024
    single = singly(files[:10], baseline)
    print(f"{len(search.detections)} detections, {alerts:,} alerts of {count:,} events")
    print(f"hunt: {speed:,.0f} events/s (median; limit {WANTED:,}, ratio {speed / WANTED:.2f})")
    print(f"of unpacking alone: {share:.3f} (median; limit {WANTED_SHARE})")
    print(f"memory of all processes: {mb:,.0f} MB at most (limit {WANTED_MB:,})")
    print(f"single events: {single:,.0f}/s on one core (limit {WANTED_SINGLE:,}, ratio {single / WANTED_SINGLE:.2f})")
    return speed


def main() -> None:
    """Measure with each reader that is there, and beside a peer if one is named."""
    words = sys.argv[1:]
    if "--log" in words:
        measured(logs([words[1]]), int(words[2]))
        return
    peer = words[words.index("--peer") + 1] if "--peer" in words else ""
    numbers = [int(word) for word in words if word.isdigit()]
    count, processes = [*numbers, *(200_000, 2)[len(numbers) :]]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "logs")
        folder.mkdir()
        files = made(folder, count)
        size = sum(file.size for file in files) / 1e6
        print(f"{count:,} events, {size:,.0f} MB in {len(files):,} files, {processes} processes")
        own = measured(files, processes)
        if fast is not zlib:
            without_isal(Path(name), folder, processes)
        if peer:
            compared(peer, Path(name), files, own)


def without_isal(hidden: Path, log: Path, processes: int) -> None:
    """Measure once more as Python alone unpacks, which is what is installed without the extra `hunt`."""
    (hidden / "isal.py").write_text("raise ImportError\n")
    path = os.pathsep.join((str(hidden), *filter(None, [os.environ.get("PYTHONPATH")])))
    sys.stdout.flush()
    subprocess.run(  # noqa: S603
        [sys.executable, __file__, "--log", str(log), str(processes)],
        check=True,
        env={**os.environ, "PYTHONPATH": path},
    )


def compared(peer: str, folder: Path, files: list[Source], own: float) -> None:
    """Time another program on the same events as lines of JSON, made for it beforehand."""
    lines = folder / "lines"
    lines.mkdir()
    total = 0
    with (lines / "events.jsonl").open("w") as out:
        for file in files:
            for one in json.loads(gzip.decompress(Path(file.name).read_bytes()))["Records"]:
                out.write(json.dumps(one) + "\n")
                total += 1
    began = time.perf_counter()
    subprocess.run([*shlex.split(peer), str(lines / "events.jsonl")], check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    rate = total / (time.perf_counter() - began)
    print(f"peer: {rate:,.0f} events/s, ratio {own / rate:.1f}")


if __name__ == "__main__":
    main()
