"""`hexward audit`: collect an account, judge it, report."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from hexward.model import Practice, RunError, Severity, UsageError

if TYPE_CHECKING:
    from hexward.inventory.run import Run
    from hexward.report import Audit

FORMATS = ("terminal", "json")
LEVELS = click.Choice([str(level) for level in Severity], case_sensitive=False)


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
    "--practice", "practices", multiple=True, type=click.Choice([p.value for p in Practice]), help="Only this practice."
)
@click.option("--service", "services", multiple=True, help="Only controls that judge something of this service.")
@click.option("--control", "ids", multiple=True, help="Only this control, such as encryption.key_rotation_yearly.")
@click.option(
    "--format",
    "formats",
    multiple=True,
    metavar="FORMAT[:FILE]",
    help="terminal or json; again for more. Default: terminal.",
)
@click.option(
    "--run",
    "folder",
    type=click.Path(path_type=Path),
    help="Folder to keep the run in. Default: one of your state folder.",
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
    fail_on: str,
    min_severity: str,
    quiet: bool,
) -> int:
    """Judge an AWS account by the six practices, reading only.

    Whatever could not be seen is unknown, never passed, and the exit code is 3.
    """
    outputs = [parsed(text) for text in formats or ("terminal",)]
    from hexward.cli._selection import chosen
    from hexward.report import judged

    controls = chosen(practices, services, ids)
    if inventory is not None:
        run = _loaded(inventory)
    else:
        from hexward.aws import connect
        from hexward.cli._account import check_regions, collected
        from hexward.cli._progress import progress
        from hexward.cli._state import new_run_folder

        connection = connect(profile=profile, role_arn=role_arn, external_id=external_id, endpoint_url=endpoint_url)
        check_regions(connection, regions)
        kept = folder or new_run_folder(connection.account)
        try:
            with progress(quiet=quiet) as tell:
                run = collected(connection, regions, controls, kept, tell)
        except KeyboardInterrupt:
            click.echo(f"hexward: interrupted; what was collected is in {kept}", err=True)
            return 3
        if not quiet:
            click.echo(f"run kept in {kept}", err=True)
    document = judged(run.inventory(), controls)
    if run.folder is not None:
        _keep_findings(run, document)
    for name, file in outputs:
        write(document, name, file, Severity[min_severity.upper()])
    return exit_code(document, run.about.complete, Severity[fail_on.upper()])


def exit_code(document: "Audit", complete: bool, fail_on: Severity) -> int:
    """Return 3 where something could not be seen, else 1 where something failed at that severity, else 0."""
    if not document.complete or not complete:
        return 3
    return 1 if document.failed(fail_on) else 0


def parsed(text: str) -> tuple[str, Path | None]:
    """Read FORMAT or FORMAT:FILE. Raises UsageError for a format that does not exist."""
    name, _, file = text.partition(":")
    if name not in FORMATS:
        raise UsageError(f"there is no format {name!r}; there are {', '.join(FORMATS)}")
    return name, Path(file) if file else None


def write(document: "Audit", name: str, file: Path | None, at_least: Severity, most: int | None = None) -> None:
    """Write one format to a file, or to standard output. Raises UsageError if the file cannot be written."""
    from rich.console import Console

    from hexward.report import json, terminal

    try:
        with click.open_file(str(file) if file else "-", "w", encoding="utf-8") as out:
            if name == "json":
                out.write(json.render(document))
            else:
                # A file or a pipe has no width of its own.
                console = Console(file=out, highlight=False, width=None if out.isatty() else 120)
                terminal.show(document, console, at_least=at_least, most=most)
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        raise UsageError(f"{file} cannot be written: {error.strerror}") from error


def _loaded(path: Path) -> "Run":
    """Load a run's folder, or AWS's export of the account's authorization details."""
    from hexward.collect.export import load_export
    from hexward.inventory.run import load

    if not path.exists():
        raise RunError(f"{path} does not exist")
    return load(path) if path.is_dir() else load_export(path)


def _keep_findings(run: "Run", document: "Audit") -> None:
    import msgspec

    from hexward.inventory.run import private
    from hexward.report.json import finding

    if run.folder is not None:
        with private(run.folder / "findings.jsonl") as file:
            file.writelines(msgspec.json.encode(finding(one)) + b"\n" for one in document.findings)
