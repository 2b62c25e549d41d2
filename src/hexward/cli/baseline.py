"""`hexward baseline`: learn from logs what is usual, for the detections that judge behaviour."""

import json
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click

from hexward.cli._options import Reached, located, reaching
from hexward.model import Severity, UsageError


@click.group()
def baseline() -> None:
    """Learn what is usual in an account; `hexward hunt --baseline FILE` judges by it."""


@baseline.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--output", "-o", type=click.Path(path_type=Path), required=True, help="File to write.")
@click.option("--until", help="Learn from events before this date or time only. Default: the begin of today, in UTC.")
@click.option("--time-zone", default="UTC", show_default=True, help="Where the people work, such as Europe/Berlin.")
@click.option(
    "--without",
    "alerts",
    multiple=True,
    type=click.Path(path_type=Path, exists=True),
    help="Alerts (`hunt --format jsonl`) that nobody has cleared: of the days and principals of those that are high nothing is learned.",
)
@reaching
@located
@click.option("--quiet", "-q", is_flag=True, help="No progress.")
def build(
    paths: tuple[str, ...],
    output: Path,
    until: str | None,
    time_zone: str,
    alerts: tuple[Path, ...],
    reached: Reached,
    region: str | None,
    quiet: bool,
) -> int:
    """Learn from CloudTrail logs: four weeks or more, and up to the day before the hunt.

    PATH is what it is to `hexward hunt`: a file, a folder, s3://BUCKET/PREFIX, or - for standard input.
    """
    from hexward.cli._progress import progress
    from hexward.cli.hunt import milliseconds_of, note, sources, telling
    from hexward.events.baseline import gathered, save
    from hexward.events.files import events
    from hexward.events.log import Log
    from hexward.events.read import Reader

    try:
        ZoneInfo(time_zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise UsageError(f"there is no time zone {time_zone!r}") from error
    today = datetime.now(UTC).strftime("%Y-%m-%d")
    left_out = _left_out(alerts)
    files = sources(paths, reached, region)
    reader = Reader(lambda log, _early: log is Log.CLOUDTRAIL)
    with progress(quiet=quiet) as tell:
        read = events(files, reader, telling(tell, sum(file.size for file in files)))
        found = gathered(read, milliseconds_of(until or today), left_out)
    found.time_zone = time_zone
    save(found, output)
    for problem in sorted(reader.seen.problems):
        note(str(problem))
    click.echo(f"learned of {len(found.principals)} principals from {reader.seen.sources.total():,} events", err=True)
    return 3 if reader.seen.problems else 0


@baseline.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("--output", "-o", type=click.Path(path_type=Path), required=True, help="File to write.")
def merge(files: tuple[Path, ...], output: Path) -> int:
    """Merge baselines of different logs; merged, they are that of all those logs."""
    from hexward.events.baseline import load, save

    first, *others = map(load, files)
    for other in others:
        if other.time_zone != first.time_zone:
            raise UsageError(f"the baselines are of different time zones: {first.time_zone} and {other.time_zone}")
        first.merge(other)
    save(first, output)
    return 0


def _left_out(paths: tuple[Path, ...]) -> set[tuple[str, int]]:
    """Return the principals and days of the high alerts. Raises UsageError for a file that holds no alerts."""
    from hexward.events import milliseconds
    from hexward.events.baseline import DAY

    found = set()
    for path in paths:
        try:
            for line in path.read_text(encoding="utf-8").splitlines():
                alert = json.loads(line)
                if Severity[alert["level"].upper()] >= Severity.HIGH:
                    found.add((alert["principal"], milliseconds(alert["time"]) // DAY))
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise UsageError(f"{path} holds no alerts as `hexward hunt --format jsonl` writes them") from error
    return found
