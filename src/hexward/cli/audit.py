"""`hexward audit`: collect an account, judge it, report."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from hexward.cli._nearest import OneOf
from hexward.cli._options import Chosen, Reached, choosing, reaching
from hexward.cli._output import FORMATS, outputs_of, write
from hexward.model import RunError, Severity, UsageError

if TYPE_CHECKING:
    from hexward.aws import Connection
    from hexward.controls import Control
    from hexward.controls.exceptions import Exceptions
    from hexward.inventory.run import Run
    from hexward.report import Audit

LAST = Path("last")
"""Stands for the last run of the account that did not come to its end."""
LEVELS = OneOf([str(level) for level in Severity], case_sensitive=False)


@click.command()
@reaching
@click.option(
    "--region", "regions", multiple=True, help="Region to look at; again for more. Default: every enabled region."
)
@click.option(
    "--inventory",
    type=click.Path(path_type=Path),
    help="Judge a run's folder, or an export of GetAccountAuthorizationDetails, without asking AWS.",
)
@choosing
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
    "--resume",
    "resumed",
    type=click.Path(path_type=Path),
    is_flag=False,
    flag_value=LAST,
    help="Go on with the run of this folder that was interrupted; without a folder, with the account's last one.",
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
@click.option("--redact", is_flag=True, help="Leave names, numbers and texts of the account out of the reports.")
@click.option("--quiet", "-q", is_flag=True, help="No progress.")
def audit(
    reached: Reached,
    regions: tuple[str, ...],
    inventory: Path | None,
    choice: Chosen,
    formats: tuple[str, ...],
    folder: Path | None,
    resumed: Path | None,
    settings: Path | None,
    fail_on: str,
    min_severity: str,
    redact: bool,
    quiet: bool,
) -> int:
    """Judge an AWS account by the six practices, reading only.

    Whatever could not be seen is unknown, never passed, and the exit code is 3.
    """
    outputs = outputs_of(formats)
    controls = choice.controls()
    exceptions = accepted(settings)
    from hexward.report import judged
    from hexward.report.redact import redacted

    if inventory is not None:
        _refuse(reached, regions, folder, resumed)
        run = loaded(inventory)
    else:
        run = _collected(reached.connect(), regions, controls, folder, resumed, quiet=quiet)
    document = judged(run.inventory(), controls, exceptions)
    _keep_findings(run, document)
    for name, file in outputs:
        write(redacted(document) if redact else document, name, file, Severity[min_severity.upper()])
    return exit_code(document, run.about.complete, Severity[fail_on.upper()])


def _refuse(*asked: object) -> None:
    """Raise UsageError if options that need an account go with one that needs none."""
    if any(asked):
        raise UsageError(
            "--inventory asks no account: it goes without --profile, --role-arn, --external-id, --region, --endpoint-url, --run, --resume"
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


def _collected(
    connection: "Connection", regions: tuple[str, ...], controls: tuple["Control", ...], folder: Path | None,
    resumed: Path | None, *, quiet: bool,
) -> "Run":  # fmt: skip
    """Collect into a folder, or go on with what one holds; an interruption says where what was collected is."""
    from hexward.cli._account import check_regions, collected
    from hexward.cli._progress import progress
    from hexward.cli._state import last_unfinished, new_run_folder
    from hexward.inventory.run import resume

    check_regions(connection, regions)
    begun = None
    if resumed is not None:
        if regions or folder:
            raise UsageError(
                "--resume goes on with the regions and in the folder of the run: leave --region and --run out"
            )
        begun = resume(last_unfinished(connection.account) if resumed == LAST else resumed, connection.account)
    kept = folder or (begun.folder if begun else None) or new_run_folder(connection.account)
    try:
        with progress(quiet=quiet) as tell:
            run = collected(connection, regions, controls, kept, tell, begun)
    except KeyboardInterrupt:
        where = f"; `hexward audit --resume {kept}` goes on with it" if (kept / "run.json").exists() else ""
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
