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

from hexward.aws.emulated import Emulated
from hexward.cli.demo import REGIONS
from hexward.collect.collect import tables
from hexward.drill.range import emulated_account
from hexward.drill.startup import build

LIMIT_RATIO = 1.2
PAGES = {"Account": 0, "User": 1000, "Group": 0, "Role": 0, "ManagedPolicy": 0, "Bucket": 1000, "Key": 1000, "Function": 50,
         "RouteTable": 100, "Subnet": 1000, "SecurityGroup": 1000, "Repository": 1000}  # fmt: skip
"""Things per page of a listing, at AWS's largest; 0 where another kind's listing brings them; 100 elsewhere."""


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


def needed(folder: Path, regions: int) -> int:
    """Count the calls that a perfect collector would make for what the run found: full pages, and only details that apply."""
    found: Counter[str] = Counter()
    aws_keys = 0
    with (folder / "inventory.jsonl").open() as lines:
        for line in map(json.loads, lines):
            if "kind" in line:
                found[line["kind"]] += 1
                aws_keys += line["kind"] == "Key" and line["fields"].get("manager") == "AWS"
    total = 4  # GetCallerIdentity, DescribeRegions or its like, and the two calls of the credential report
    for table in tables():
        name = table.record.__name__
        count, size = found[name], PAGES.get(name, 100)
        places = regions if table.everywhere else 1
        if table.items == "":
            total += places + count * len(table.details)
            continue
        total += 0 if size == 0 else max(places, math.ceil(count / size)) + count * len(table.details)
    return total - 3 * aws_keys + (0 if "Account" not in found else 1)


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
            made, least = json.loads((folder / "run.json").read_text())["requests"], needed(folder, len(regions))
            bad += made > LIMIT_RATIO * least
            print(f"{name}\n  hexward  {ours.seconds:6.1f} s  {ours.peak_mb:5.0f} MB  exit {ours.code}  "
                  f"{made} calls / {least} needed = {made / least:.2f} (limit {LIMIT_RATIO})")  # fmt: skip
            if peer:
                other = measured(shlex.split(peer.format(url=account.endpoint_url)))
                print(f"  peer     {other.seconds:6.1f} s  {other.peak_mb:5.0f} MB  exit {other.code}  "
                      f"(x{other.seconds / ours.seconds:.1f} time, x{other.peak_mb / ours.peak_mb:.1f} memory)")  # fmt: skip
    return min(bad, 1)


if __name__ == "__main__":
    sys.exit(main())
