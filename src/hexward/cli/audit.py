"""`hexward audit`: collect an account, judge it, report."""

import importlib
import os
from collections.abc import Iterable
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from hexward.cli import no_reader
from hexward.cli._nearest import OneOf, nearest
from hexward.model import Practice, RunError, Severity, UsageError

if TYPE_CHECKING:
    from hexward.aws import Connection
    from hexward.controls import Control
    from hexward.controls.exceptions import Exceptions
    from hexward.inventory.run import Run
    from hexward.report import Audit

FORMATS = ("terminal", "json", "csv", "markdown", "html", "sarif", "ocsf", "asff")
"""Each but the first is a file of `hexward.report` with a function `render`."""
LEVELS = OneOf([str(level) for level in Severity], case_sensitive=False)


@click.command()
@click.option("--profile", help="Profile of the AWS configuration, SSO profiles too.")
@click.option("--role-arn", help="Role to assume first, for instance the one of `doctor --template`.")
@click.option("--external-id", help="External id that the role's trust policy asks for.")
@click.option(
    "--region", "regions", multiple=True, help="Region to look at; again for more. Default: every enabled region."
)
@click.option("--endpoint-url", help="Where to find AWS, for an emulator.")
@click.option(
    "--inventory",
    type=click.Path(path_type=Path),
    help="Judge a run's folder, or an export of GetAccountAuthorizationDetails, without asking AWS.",
)
@click.option(
    "--practice", "practices", multiple=True, type=OneOf([p.value for p in Practice]), help="Only this practice."
)
@click.option("--service", "services", multiple=True, help="Only controls that judge something of this service.")
@click.option("--control", "ids", multiple=True, help="Only this control, such as encryption.key_rotation_yearly.")
@click.option(
    "--format",
    "formats",
    multiple=True,
    metavar="FORMAT[:FILE]",
    help=f"One of {', '.join(FORMATS)}; again for more. Default: terminal.",
)
@click.option(
    "--run",
    "folder",
    type=click.Path(path_type=Path),
    help="Folder to keep the run in. Default: one of your state folder.",
)
@click.option(
    "--exceptions",
    "settings",
    type=click.Path(path_type=Path),
    help="TOML file of the faults that you accept. Default: hexward.toml, if there is one here.",
)
@click.option(
    "--fail-on",
    type=LEVELS,
    default="low",
    show_default=True,
    help="Severity from which a finding makes the exit code 1.",
)
@click.option(
    "--min-severity",
    type=LEVELS,
    default="low",
    show_default=True,
    help="Severity from which the terminal shows findings.",
)
@click.option("--quiet", "-q", is_flag=True, help="No progress.")
def audit(
    profile: str | None,
    role_arn: str | None,
    external_id: str | None,
    regions: tuple[str, ...],
    endpoint_url: str | None,
    inventory: Path | None,
    practices: tuple[str, ...],
    services: tuple[str, ...],
    ids: tuple[str, ...],
    formats: tuple[str, ...],
    folder: Path | None,
    settings: Path | None,
    fail_on: str,
    min_severity: str,
    quiet: bool,
) -> int:
    """Judge an AWS account by the six practices, reading only.

    Whatever could not be seen is unknown, never passed, and the exit code is 3.
    """
    outputs = outputs_of(formats)
    from hexward.cli._selection import chosen
    from hexward.report import judged

    controls = chosen(practices, services, ids)
    exceptions = accepted(settings)
    if inventory is not None:
        _refuse(profile, role_arn, external_id, regions, endpoint_url, folder)
        run = loaded(inventory)
    else:
        from hexward.aws import connect

        connection = connect(profile=profile, role_arn=role_arn, external_id=external_id, endpoint_url=endpoint_url)
        run = _collected(connection, regions, controls, folder, quiet=quiet)
    document = judged(run.inventory(), controls, exceptions)
    _keep_findings(run, document)
    for name, file in outputs:
        write(document, name, file, Severity[min_severity.upper()])
    return exit_code(document, run.about.complete, Severity[fail_on.upper()])


def _refuse(*asked: object) -> None:
    """Raise UsageError if options that need an account go with one that needs none."""
    if any(asked):
        raise UsageError(
            "--inventory asks no account: it goes without --profile, --role-arn, --external-id, --region, --endpoint-url, --run"
        )


def accepted(settings: Path | None) -> "Exceptions":
    """Read the exceptions of a file, or of `hexward.toml` where there is one. Raises UsageError."""
    from hexward.controls.exceptions import Exceptions, read_exceptions

    here = Path("hexward.toml")
    file = settings or (here if here.exists() else None)
    return Exceptions() if file is None else read_exceptions(file)


def exit_code(document: "Audit", complete: bool, fail_on: Severity) -> int:
    """Return 3 where something could not be seen, else 1 where something failed at that severity, else 0."""
    if not document.complete or not complete:
        return 3
    return 1 if document.failed(fail_on) else 0


def outputs_of(formats: Iterable[str]) -> list[tuple[str, Path | None]]:
    """Read each FORMAT or FORMAT:FILE; one of the terminal if there is none.

    Raises UsageError for a format that does not exist or a file that cannot be, before an audit has taken its minutes.
    """
    outputs = [parsed(text) for text in formats] or [("terminal", None)]
    together = [name for name, file in outputs if file is None]
    if len(together) > 1:
        raise UsageError(f"{' and '.join(together)} cannot both go to standard output; give all but one a file")
    return outputs


def parsed(text: str) -> tuple[str, Path | None]:
    """Read FORMAT or FORMAT:FILE. Raises UsageError for a format that does not exist or a file that cannot be written."""
    name, colon, file = text.partition(":")
    if name not in FORMATS:
        raise UsageError(f"there is no format {name!r}{nearest(name, FORMATS) or f'; there are {", ".join(FORMATS)}'}")
    if not colon:
        return name, None
    if not file or Path(file).is_dir():
        raise UsageError(f"{text!r} names no file")
    if not Path(file).parent.is_dir():
        raise UsageError(f"{file} cannot be written: there is no folder {Path(file).parent}")
    if not os.access(file if Path(file).exists() else Path(file).parent, os.W_OK):
        raise UsageError(f"{file} cannot be written: Permission denied")
    return name, Path(file)


def write(document: "Audit", name: str, file: Path | None, at_least: Severity, most: int | None = None) -> None:
    """Write one format to a file, or to standard output. Raises UsageError if that cannot be written.

    That nobody reads standard output any more is no error: other formats and the exit code still mean something.
    """
    try:
        with click.open_file(str(file) if file else "-", "w", encoding="utf-8") as out:
            out.write(_rendered(document, name, out, at_least, most))
            out.flush()
    except BrokenPipeError:
        no_reader()
    except OSError as error:
        raise UsageError(f"{file or 'standard output'} cannot be written: {error.strerror}") from error


def _rendered(document: "Audit", name: str, out: IO[str], at_least: Severity, most: int | None) -> str:
    if name != "terminal":
        return str(importlib.import_module(f"hexward.report.{name}").render(document))
    from rich.console import Console

    from hexward.report import terminal

    # A file or a pipe has no width of its own. Rich ends the program when a pipe closes, so it does not write there itself.
    console = Console(file=out, highlight=False, width=None if out.isatty() else 120)
    with console.capture() as told:
        terminal.show(document, console, at_least=at_least, most=most)
    return told.get()


def _collected(
    connection: "Connection", regions: tuple[str, ...], controls: tuple["Control", ...], folder: Path | None, *,
    quiet: bool,
) -> "Run":  # fmt: skip
    """Collect into a folder; an interruption says where what was collected is."""
    from hexward.cli._account import check_regions, collected
    from hexward.cli._progress import progress
    from hexward.cli._state import new_run_folder

    check_regions(connection, regions)
    kept = folder or new_run_folder(connection.account)
    try:
        with progress(quiet=quiet) as tell:
            run = collected(connection, regions, controls, kept, tell)
    except KeyboardInterrupt:
        where = f"; what was collected is in {kept}" if (kept / "run.json").exists() else ""
        raise KeyboardInterrupt(f"interrupted{where}") from None
    if not quiet:
        click.echo(f"run kept in {kept}", err=True)
    return run


def loaded(path: Path) -> "Run":
    """Load a run's folder, or AWS's export of the account's authorization details. Raises RunError."""
    from hexward.collect.export import load_export
    from hexward.inventory.run import load

    if not path.exists():
        raise RunError(f"{path} does not exist")
    return load(path) if path.is_dir() else load_export(path)


def _keep_findings(run: "Run", document: "Audit") -> None:
    """Write the findings into the run's folder, where it has one. Raises RunError."""
    from hexward.inventory.run import encoded, private
    from hexward.report.json import finding

    if run.folder is None:
        return
    try:
        with private(run.folder / "findings.jsonl") as file:
            file.writelines(encoded(finding(one)) + b"\n" for one in document.findings)
    except OSError as error:
        raise RunError(f"{run.folder} cannot be written: {error.strerror}") from error
