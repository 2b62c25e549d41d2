"""`hexward hunt`: read logs, and tell what was done in the account that should not have been."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hexward.cli._nearest import OneOf
from hexward.cli._networks import databases, of_networks
from hexward.cli._options import Reached, located, reaching
from hexward.model import Severity, UsageError

if TYPE_CHECKING:
    from hexward.detections import Blind, Detection, Incident
    from hexward.detections.hunt import Hunt
    from hexward.events.baseline import Baseline
    from hexward.events.enrich import Assets
    from hexward.events.files import Source
    from hexward.events.origin import Databases

INCOMPLETE = 3


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--format", "form", type=OneOf(["terminal", "jsonl", "ocsf"]), default="terminal", show_default=True)
@click.option("--since", help="Leave out events before this date or time, such as 2026-03-14 or 2026-03-14T02:00Z.")
@click.option("--principal", default="", help="Only what a user or role did whose ARN holds this text.")
@click.option("--baseline", type=click.Path(path_type=Path), help="What is usual, as `hexward baseline` wrote it.")
@click.option(
    "--run", type=click.Path(path_type=Path), help="A run of `hexward audit`, which knows the AI buckets and roles."
)
@of_networks
@click.option(
    "--rules",
    "folders",
    multiple=True,
    type=click.Path(path_type=Path, exists=True),
    help="Folder or file of further Sigma rules for AWS; again for more.",
)
@click.option(
    "--fail-on",
    type=OneOf([str(level) for level in Severity], case_sensitive=False),
    default="low",
    show_default=True,
    help="Level from which an alert makes the exit code 1.",
)
@click.option("--processes", type=click.IntRange(1, 64), help="Default: one for each processor.")
@reaching
@located
@click.option("--quiet", "-q", is_flag=True, help="No progress.")
def hunt(
    paths: tuple[str, ...],
    form: str,
    since: str | None,
    principal: str,
    baseline: Path | None,
    run: Path | None,
    folders: tuple[Path, ...],
    fail_on: str,
    processes: int | None,
    reached: Reached,
    region: str | None,
    quiet: bool,
    **networks: Path | None,
) -> int:
    """Hunt in CloudTrail logs and GuardDuty findings for what intruders do.

    PATH is a file, a folder, s3://BUCKET/PREFIX, or - for standard input: .json, .json.gz, .jsonl, as AWS delivers them, as EventBridge
    or LookupEvents hand them over. A bucket needs s3:ListBucket and s3:GetObject, and kms:Decrypt where a key of KMS encrypts it.
    """
    from hexward.cli._logs import can_be_shared
    from hexward.cli._progress import progress
    from hexward.detections import Search
    from hexward.detections.hunt import hunt as hunted

    asked = databases(networks)
    known = _baseline(baseline, asked)
    search = Search(_rules(folders), known, _assets(run), milliseconds_of(since), principal, asked)
    files = sources(paths, reached, region, search.since)
    at_once = (processes or _processors()) if can_be_shared(files) else 1
    try:
        with progress(quiet=quiet) as tell:
            tell_done = telling(tell, sum(file.size for file in files))
            with hunted(files, search, at_once, tell_done) as found:
                worst = _write(found, form)
                return INCOMPLETE if found.problems else int(worst >= Severity[fail_on.upper()])
    except KeyboardInterrupt:
        # Not passed on: main() would leave at once, and what the processes shared with this one would stay behind.
        click.echo("hexward: interrupted", err=True)
        return INCOMPLETE


def sources(paths: tuple[str, ...], reached: Reached, region: str | None, since: int = 0) -> list["Source"]:
    """Return what is to be read. Raises UsageError, or AccountError where S3 is asked for and cannot be reached."""
    from hexward.cli._logs import logs

    if not any(path.startswith("s3://") for path in paths):
        if reached or region:
            raise UsageError(
                "no path is in S3: --profile, --role-arn, --external-id, --endpoint-url and --region are for s3://BUCKET/PREFIX"
            )
        return logs(paths, note)
    from hexward.cli._buckets import Way, bucket_files

    way = Way(reached, region)
    return logs(paths, note, lambda url: bucket_files(url, way, since, note))


def _baseline(path: Path | None, files: "Databases") -> "Baseline | None":
    """Read the baseline. Raises UsageError where it knows networks by other names than these files give, and tells of other makers."""
    from hexward.events.baseline import load
    from hexward.events.origin import Origins

    origins = Origins(files)
    if path is None:
        return None
    found = load(path)
    try:
        found.compares(origins.named_by)
    except UsageError as error:
        raise UsageError(f"{path} does not compare: {error}") from error
    for kind, release in origins.named_by.items():
        if _maker(release) not in map(_maker, found.named_by[kind]):
            note(
                f"{path} has the networks of {', '.join(sorted(found.named_by[kind]))}, which {release} may name otherwise"
            )
    return found


def _maker(release: str) -> str:
    return release.rpartition(" ")[0]


def _assets(run: Path | None) -> "Assets | None":
    if run is None:
        return None
    from hexward.cli.audit import loaded
    from hexward.events.assets import assets

    return assets(loaded(run).inventory())


def _processors() -> int:
    """Count the processors that this process may use; Python 3.12 knows only how many there are."""
    return getattr(os, "process_cpu_count", os.cpu_count)() or 1


def _rules(folders: tuple[Path, ...]) -> tuple["Detection", ...]:
    """Return our detections and the user's. Raises UsageError for one that cannot be read, or two of a name."""
    from hexward.detections import DetectionError, detections, user_detections

    try:
        own = [one for folder in folders for one in user_detections(folder)]
    except DetectionError as error:
        raise UsageError(str(error)) from error
    if len({one.id for one in own}) < len(own):
        raise UsageError("two of the folders of --rules hold a file of the same name")
    return (*detections(), *own)


def milliseconds_of(since: str | None) -> int:
    """Return a moment that the user named, in milliseconds since 1970, 0 for none. Raises UsageError for what is no time."""
    from hexward.events import milliseconds
    from hexward.events.event import LAST_TIME

    try:
        moment = milliseconds(since) if since else 0
    except ValueError:
        raise UsageError(f"{since!r} is no date or time such as 2026-03-14 or 2026-03-14T02:00Z") from None
    if not 0 <= moment < LAST_TIME:
        raise UsageError(f"{since!r} is not between the years 1970 and 2100")
    return moment


def note(line: str) -> None:
    """Tell something beside the result."""
    from hexward.report.text import printable

    click.echo(f"hexward: {printable(line)}", err=True)


def telling(tell: Callable[[str], None], total: int) -> Callable[[int], None]:
    """Return what tells how much is done, and how long the rest will take."""
    began = time.monotonic()

    def tell_done(done: int) -> None:
        left = (time.monotonic() - began) * (total - done) / max(done, 1)
        tell(f"read {done / 1e6:,.0f} of {total / 1e6:,.0f} MB; about {left:.0f} s left")

    return tell_done


def _write(found: "Hunt", form: str) -> int:
    """Write what was found to standard output; returns the worst level, 0 if there is none."""
    from hexward.detections import blind
    from hexward.events import told

    search = found.search
    if found.samples:
        several = "1 sample finding" if found.samples == 1 else f"{found.samples:,} sample findings"
        note(f"{several} of GuardDuty left out: they tell of nothing that was done")
    if search.baseline is not None and found.first < search.baseline.until:
        # Its maker may have learned the intruder's calls as habits.
        learned, first = told(search.baseline.until), told(found.first)
        note(
            f"the baseline reaches past the events: learned until {learned}, they begin at {first}; it may take for habit what is hunted"
        )
    lacking = blind(
        search.detections,
        found.sources,
        baseline=search.baseline,
        has_assets=search.assets is not None,
        has_countries=search.databases.country is not None,
        flow_fields=found.flow_fields,
    )
    if form != "terminal":
        return _lines(found, form, lacking)
    from hexward.detections.incidents import incidents

    grouped = incidents(found.alerts())
    _story(found, grouped, lacking)
    return max((one.level for one in grouped), default=0)


def _lines(found: "Hunt", form: str, lacking: tuple["Blind", ...]) -> int:
    """Write a line for each alert; what could not be seen goes to standard error."""
    from hexward.detections.blind import by_lack
    from hexward.report import detection_finding, jsonl
    from hexward.report.text import printable

    line = detection_finding.line if form == "ocsf" else jsonl.line
    worst = 0
    for alert in found.alerts():
        _echo(f"{line(alert)}\n")
        worst = max(worst, alert.level)
    for problem in found.problems:
        click.echo(f"hexward: {printable(problem)}", err=True)
    for lack in by_lack(lacking):
        click.echo(f"hexward: {lack}", err=True)
    return worst


def _story(found: "Hunt", told: tuple["Incident", ...], lacking: tuple["Blind", ...]) -> None:
    import sys

    from rich.console import Console

    from hexward.report.incidents import show

    console = Console(highlight=False, width=None if sys.stdout.isatty() else 120)
    seen = ", ".join(f"{count:,} of {source.value}" for source, count in sorted(found.sources.items()))
    with console.capture() as text:
        show(told, found.problems, lacking, console, seen=f"{found.events:,} events read ({seen or 'none'})")
    _echo(text.get())


def _echo(text: str) -> None:
    """Write to standard output. Who reads it may have enough (`| head`); the exit code tells of all alerts even so."""
    from hexward.cli import no_reader

    try:
        click.echo(text, nl=False)
    except BrokenPipeError:
        no_reader()
