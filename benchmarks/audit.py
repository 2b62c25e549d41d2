"""How long an audit takes, how much memory, and how many API calls for each one needed; beside a peer on the same server.

    python benchmarks/audit.py [--peer COMMAND]

Two accounts on moto's server: the demo's, and one of 500 roles, 200 buckets, 200 keys and 100 notebooks. `--peer` runs another
auditor on the same server in the same run; `{url}` in its command stands for the server's address. The server answers about a
hundred calls a second, so that wall time is mostly its own: compare ratios, not seconds.
"""

import argparse
import json
import math
import os
import shlex
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hexward.aws.emulated import Emulated
from hexward.cli.demo import REGIONS
from hexward.collect.chore import Chore, chores
from hexward.collect.collect import tables
from hexward.collect.table import Call, Table
from hexward.drill.range import emulated_account
from hexward.drill.startup import build
from hexward.inventory import GLOBAL
from hexward.inventory.attachments import ATTACHES
from hexward.inventory.record import sources
from hexward.inventory.tampering import TAMPERS

LIMIT_RATIO = 1.2
LIMIT_MB = 400


@dataclass(frozen=True)
class Run:
    """What one process took."""

    seconds: float
    peak_mb: float
    code: int


def measured(command: list[str]) -> Run:
    """Run a command to its end; memory is the peak of its largest process."""
    environment = {
        **os.environ,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": REGIONS[0],
    }
    began = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment)  # noqa: S603
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return Run(time.monotonic() - began, usage.ru_maxrss / 1024, process.returncode)


def needed(folder: Path, regions: tuple[str, ...]) -> int:
    """Count the calls that a perfect collector would make for what the run found: full pages, and no detail in vain.

    Lists within other things count once a place, whatever they lie in: so what is asked in vain shows as waste.
    """
    found: Counter[tuple[str, str]] = Counter()
    details = 0
    declared = {table.record.__name__: table for table in tables()}
    for line in map(json.loads, (folder / "inventory.jsonl").open()):
        if "kind" in line:
            table = declared[line["kind"]]
            found[line["kind"], line["region"] if table.everywhere else GLOBAL] += 1
            details += sum(_told(table, call, line) for call in table.details)
    listings = sum(_pages(chore, found) for chore in chores(tables(), regions))
    return 2 + listings + details  # GetCallerIdentity and DescribeRegions


def _told(table: Table, call: Call, line: dict[str, Any]) -> bool:
    """Say whether a detail call was worth making: it is asked of everything, or it told something of this record, or was refused."""
    if call.needed is None:
        return True
    name = table.name(call)
    fields = [s.name for s in sources(table.record).values() if s.at is not None and s.at.call == name]
    return not fields or any(line["fields"].get(field) is not None or field in line["gaps"] for field in fields)


def _pages(chore: Chore, found: Counter[tuple[str, str]]) -> int:
    """Count the pages of one listing, at the size that it asks for, with the batches and reports that its tables need."""
    size = next((value for value in chore.listing.arguments.values() if isinstance(value, int)), 0)
    counts = {table.record: found[table.record.__name__, chore.region] for table in chore.tables}
    pages = max(1, math.ceil(max(counts.values()) / size)) if size > 1 else 1
    batches = sum(math.ceil(counts[t.record] / t.batch.size) for t in chore.tables if t.batch is not None)
    reports = sum(REPORTS.get(t.record.__name__, len(t.report.calls)) for t in chore.tables if t.report is not None)
    return pages + batches + reports


REPORTS = {"AttachmentHistory": len(ATTACHES) - 1, "TrailHistory": len(TAMPERS) - 1, "Organization": 1}
"""Calls that a report takes beside its listing, where it makes one call several times."""


def large(emulated: Emulated) -> None:
    """Fill an account with 500 roles, 200 buckets, 200 keys and 100 notebooks, in one region."""
    region = REGIONS[0]
    trust = json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"Service": "sagemaker.amazonaws.com"}, "Action": "sts:AssumeRole"}]})  # fmt: skip
    role = "arn:aws:iam::123456789012:role/ml-{}"

    def make(number: int) -> None:
        emulated.client("iam", region).create_role(RoleName=f"ml-{number}", AssumeRolePolicyDocument=trust)
        if number < 200:
            emulated.client("s3", region).create_bucket(Bucket=f"hexward-bench-{number}")
            emulated.client("kms", region).create_key(Description=str(number))
        if number < 100:
            emulated.client("sagemaker", region).create_notebook_instance(
                NotebookInstanceName=f"notebook-{number}", InstanceType="ml.t3.medium", RoleArn=role.format(number)
            )

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(make, range(500)))


def main() -> int:
    """Print the figures; returns 1 where a limit is broken."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peer", help="another auditor's command, with {url} where it takes the server's address")
    peer = parser.parse_args().peer
    bad = 0
    for name, fill, regions in (
        ("demo account", build, REGIONS),
        ("500 roles, 200 buckets, 200 keys, 100 notebooks", large, REGIONS[:1]),
    ):
        with emulated_account() as account, tempfile.TemporaryDirectory() as work:
            fill(Emulated(account.endpoint_url))
            folder = Path(work, "run")
            places = [part for region in regions for part in ("--region", region)]
            ours = measured([sys.executable, "-m", "hexward", "audit", "-q", "--endpoint-url", account.endpoint_url,
                             "--format", "json", "--run", str(folder), *places])  # fmt: skip
            about, least = json.loads((folder / "run.json").read_text()), needed(folder, regions)
            made = about["requests"] - about["retries"]
            bad += made > LIMIT_RATIO * least or ours.peak_mb > LIMIT_MB
            print(f"{name}\n  hexward  {ours.seconds:6.1f} s  {ours.peak_mb:5.0f} MB (limit {LIMIT_MB})  exit {ours.code}  "
                  f"{made} calls / {least} needed = {made / least:.2f} (limit {LIMIT_RATIO}), "
                  f"and {about['retries']} retries of what moto answers with an error of its own")  # fmt: skip
            if peer:
                other = measured(shlex.split(peer.format(url=account.endpoint_url)))
                print(f"  peer     {other.seconds:6.1f} s  {other.peak_mb:5.0f} MB  exit {other.code}  "
                      f"(x{other.seconds / ours.seconds:.1f} time, x{other.peak_mb / ours.peak_mb:.1f} memory)")  # fmt: skip
    return min(bad, 1)


if __name__ == "__main__":
    sys.exit(main())
