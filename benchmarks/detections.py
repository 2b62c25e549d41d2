"""What the detections find in recorded attacks, and how often they cry wolf in an ordinary month, in one run.

    python benchmarks/detections.py [RECORDED] [--events 100000]

RECORDED is a folder with `stratus/*.json` in it, one attack a file, named for its tactic (default: ../shared/data/cloudtrail beside the
project). The month is made up (`ordinary_month.py` says how), so its figure is a promise about those assumptions and no others. It is
hunted twice: with nothing but the log, and with a baseline of the eight weeks before, thrown with other dice, and the buckets and roles that
an audit would know. An alert group is an incident: what one principal did until it was quiet for two hours. Exit code 1: a limit is broken.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import ordinary_month
from ordinary_month import ACCOUNT, FIRST, THEFT, Month, theft

from hexward.cli._logs import logs
from hexward.detections import Incident, Search, detections
from hexward.detections.hunt import hunt
from hexward.detections.incidents import incidents
from hexward.events import milliseconds
from hexward.events.baseline import SCHEMA, Baseline, gathered
from hexward.events.enrich import Assets
from hexward.events.files import Source, events
from hexward.events.log import Log
from hexward.events.read import Reader
from hexward.model import Alert, Severity

RECORDED = Path(__file__).parents[1] / ".." / "shared" / "data" / "cloudtrail"
WANTED = 25
"""Recorded attacks that raise an alert with the right tactic."""
MOST_GROUPS = 1.0
"""Alert groups in 10,000 events of an ordinary month."""
MOST_MINUTES = 4.0
"""From the first event of the theft to an alert, by the time of the events."""
TACTICS = {"defense-evasion": {"defense-impairment", "stealth"}}
"""ATT&CK split one tactic into two after the recorded attacks were labelled."""
BEFORE = timedelta(days=28)

ASSETS = Assets(
    buckets={"acme-training-data": ("training_data",), "acme-model-artifacts": ("model_artifacts",)},
    roles={
        f"arn:aws:iam::{ACCOUNT}:role/training-job": ("train",),
        f"arn:aws:iam::{ACCOUNT}:role/inference-support-chat": ("infer",),
    },
)


@dataclass(frozen=True)
class Quiet:
    """What a hunt through the month found."""

    groups: list[Incident]
    events: int
    minutes: float
    """Until the theft was told of; infinite where it was not."""

    @property
    def rate(self) -> float:
        """Return the alert groups in 10,000 events, the theft left out."""
        return 10_000 * len(self.groups) / self.events


def found(files: Sequence[Source], search: Search) -> tuple[list[Alert], int]:
    """Return the alerts in some files, and how many events these have."""
    with hunt(files, search, 1, lambda _: None) as result:
        return list(result.alerts()), result.events


def recall(folder: Path) -> tuple[int, int]:
    """Print what each recorded attack raises; return how many raise the right tactic, and how many there are."""
    right = 0
    paths = sorted((folder / "stratus").glob("*.json"))
    for path in paths:
        tactic = path.stem.split(".")[1]
        alerts, _ = found(logs([str(path)]), Search(detections()))
        told = [one for one in alerts if TACTICS.get(tactic, {tactic}) & set(one.tactics)]
        right += bool(told)
        print(f"  {'yes' if told else 'NO '}  {path.stem}: {', '.join(sorted({one.detection for one in told})) or '-'}")
    return right, len(paths)


def learned(total: int) -> Baseline:
    """Gather the baseline of the eight weeks before; a single month of working days is too short for habits of hours."""
    whole = Baseline(SCHEMA, until=int(FIRST.timestamp() * 1000))
    for months, seed in ((2, 8), (1, 9)):
        ordinary_month.FIRST = FIRST - months * BEFORE
        with tempfile.TemporaryDirectory() as name:
            files = written(Path(name), Month(total, seed), with_theft=False)
            reader = Reader(lambda log, _early: log is Log.CLOUDTRAIL)
            whole.merge(gathered(events(files, reader, lambda _: None), whole.until))
    ordinary_month.FIRST = FIRST
    whole.time_zone = "Europe/Berlin"
    return whole


def written(folder: Path, month: Month, *, with_theft: bool) -> list[Source]:
    """Write a month into a folder as CloudTrail does."""
    for made in (month.events(), theft() if with_theft else iter(())):
        for path, content in ordinary_month.files(made):
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
    return logs([str(folder)])


def month(files: Sequence[Source], search: Search, title: str) -> Quiet:
    """Hunt through the month and print every alert group."""
    alerts, seen = found(files, search)
    stolen = [one for one in alerts if any(event.startswith("theft-") for event in one.events)]
    first = min((milliseconds(one.time) for one in stolen), default=None)
    minutes = float("inf") if first is None else (first / 1000 - THEFT.timestamp()) / 60
    groups = [one for one in incidents(alerts) if "dana.contractor" not in one.principal]
    quiet = Quiet(groups, seen, minutes)
    print(f"\n{title}: {seen:,} events, {len(groups)} alert groups")
    for group in groups:
        who = group.principal.rpartition("/")[2]
        print(f"  {group.level!s:8} {group.began} {who}: {', '.join(group.steps)}")
    pages = sum(one.level >= Severity.HIGH for one in groups)
    print(
        f"alert groups in 10,000 events: {quiet.rate:.2f} (limit {MOST_GROUPS}), {pages} of them high or critical (limit 0)"
    )
    print(
        f"theft told after {quiet.minutes:.1f} minutes (limit {MOST_MINUTES}): {', '.join(sorted({one.detection for one in stolen}))}"
    )
    return quiet


def main() -> int:
    """Print each figure beside its limit."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("recorded", type=Path, nargs="?", default=RECORDED, help="folder with stratus/*.json")
    parser.add_argument("--events", type=int, default=100_000, help="about how many events the month has")
    given = parser.parse_args()
    broken = False
    print(f"{len(detections())} detections")
    if (given.recorded / "stratus").is_dir():
        right, total = recall(given.recorded)
        print(f"recorded attacks told with their tactic: {right} of {total} (limit {WANTED})")
        broken |= right < WANTED
    else:
        print(f"recorded attacks: skipped, {given.recorded / 'stratus'} is not here")
    with tempfile.TemporaryDirectory() as name:
        files = written(Path(name), Month(given.events), with_theft=True)
        searches = {
            "the log alone": Search(detections()),
            "with baseline and audit": Search(detections(), learned(given.events), ASSETS),
        }
        for title, search in searches.items():
            quiet = month(files, search, title)
            pages = any(one.level >= Severity.HIGH for one in quiet.groups)
            broken |= quiet.rate > MOST_GROUPS or quiet.minutes > MOST_MINUTES or pages
    return int(broken)


if __name__ == "__main__":
    sys.exit(main())
