"""`hexward baseline`: learn from logs what is usual, for the detections that judge behaviour."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click

from hexward.cli._networks import databases, of_networks
from hexward.cli._options import Reached, located, reaching
from hexward.model import Severity, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from hexward.events import Event
    from hexward.events.files import Source
    from hexward.events.read import Reader


@click.group()
def baseline() -> None:
    """Learn what is usual in an account; `hexward hunt --baseline FILE` judges by it."""


@baseline.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--output", "-o", type=click.Path(path_type=Path), required=True, help="File to write.")
@click.option("--since", help="Learn from events from this date or time on. Default: from the first.")
@click.option("--until", help="Learn from events before this date or time only. Default: the begin of today, in UTC.")
@click.option("--time-zone", default="UTC", show_default=True, help="Where the people work, such as Europe/Berlin.")
@click.option("--weekend", default="sat,sun", show_default=True, help="The days of the week on which they do not work.")
@click.option(
    "--calendar",
    type=click.Path(path_type=Path),
    help="File of their holidays, one date (2026-12-25) in a line; what follows a # is a comment.",
)
@of_networks
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
    since: str | None,
    until: str | None,
    time_zone: str,
    weekend: str,
    calendar: Path | None,
    alerts: tuple[Path, ...],
    reached: Reached,
    region: str | None,
    quiet: bool,
    **networks: Path | None,
) -> int:
    """Learn from CloudTrail logs: four weeks or more, and up to the day before the hunt.

    PATH is what it is to `hexward hunt`: a file, a folder, s3://BUCKET/PREFIX, or - for standard input.
    """
    from hexward.cli.hunt import note, sources
    from hexward.events.baseline import gathered, save
    from hexward.events.log import Log
    from hexward.events.origin import Origins
    from hexward.events.read import Reader
    from hexward.events.workdays import holidays
    from hexward.events.workdays import weekend as days_of

    _check_zone(time_zone)
    free, off = days_of(weekend), holidays(calendar) if calendar else frozenset()
    window = _window(since, until or datetime.now(UTC).strftime("%Y-%m-%d"))
    left_out, origins = _left_out(alerts), Origins(databases(networks))
    files = sources(paths, reached, region, window[0])
    reader = Reader(lambda log, _early: log is Log.CLOUDTRAIL)
    found = _read(files, reader, lambda read: gathered(read, window[1], left_out, origins, window[0]), quiet=quiet)
    found.time_zone, found.weekend, found.holidays = time_zone, free, set(off)
    save(found, output)
    for problem in sorted(reader.seen.problems):
        note(str(problem))
    click.echo(f"learned of {len(found.principals)} principals from {reader.seen.sources.total():,} events", err=True)
    return 3 if reader.seen.problems or not found.principals else 0


def _window(since: str | None, until: str) -> tuple[int, int]:
    """Return between which moments is learned, in milliseconds since 1970. Raises UsageError where nothing lies between them."""
    from hexward.cli.hunt import milliseconds_of

    first, last = milliseconds_of(since), milliseconds_of(until)
    if first >= last:
        raise UsageError(f"nothing lies between --since {since} and --until {until}")
    return first, last


def _check_zone(name: str) -> None:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise UsageError(f"there is no time zone {name!r}") from error


def _read[T](files: "Sequence[Source]", reader: "Reader", take: "Callable[[Iterator[Event]], T]", *, quiet: bool) -> T:
    """Hand the events of all files to what takes them, and tell how far that is."""
    from hexward.cli._progress import progress
    from hexward.cli.hunt import telling
    from hexward.events.files import events

    with progress(quiet=quiet) as tell:
        return take(events(files, reader, telling(tell, sum(file.size for file in files))))


@baseline.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("--output", "-o", type=click.Path(path_type=Path), required=True, help="File to write.")
def merge(files: tuple[Path, ...], output: Path) -> int:
    """Merge baselines of different logs; merged, they are that of all those logs.

    Two that were learned from the same hours of an account and region are refused: what was learned twice would count twice. So are two of
    different time zones, weekends or holidays; of a year that one of them has no holidays of, those of the other count.
    """
    from hexward.events.baseline import load, save

    first, *others = map(load, files)
    for file, other in zip(files[1:], others, strict=True):
        try:
            first.merge(other)
        except UsageError as error:
            raise UsageError(f"{file} cannot be merged with {files[0]}: {error}") from error
    save(first, output)
    return 0


def _left_out(paths: tuple[Path, ...]) -> set[tuple[str, int]]:
    """Return the principals and days (in UTC) of the high alerts. Raises UsageError for a line that is no alert."""
    found = set()
    for path in paths:
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except (OSError, ValueError) as error:
            raise UsageError(f"{path} cannot be read: {error}") from error
        for number, line in enumerate(lines, 1):
            try:
                found |= _days_of(json.loads(line)) if line.strip() else set()
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
                place = f"{path}:{number}"
                raise UsageError(f"{place} holds no alert as `hexward hunt --format jsonl` writes them") from error
    return found


def _days_of(alert: dict[str, Any]) -> set[tuple[str, int]]:
    """Return the principal and the days of an alert, none of one that is not high.

    An alert is told at its last event. One of several may have begun on the day before, as correlations last a day at most.
    """
    from hexward.events import milliseconds
    from hexward.events.workdays import DAY

    if Severity[alert["level"].upper()] < Severity.HIGH:
        return set()
    last = milliseconds(alert["time"]) // DAY
    first = last - 1 if len(alert["events"]) > 1 else last
    return {(alert["principal"], day) for day in range(first, last + 1)}
