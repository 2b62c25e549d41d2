"""`hexward diff A B`: what changed between two runs."""

from pathlib import Path

import click

from hexward.cli._nearest import OneOf
from hexward.model import Severity, UsageError


@click.command()
@click.argument("before", type=click.Path(path_type=Path))
@click.argument("after", type=click.Path(path_type=Path))
@click.option("--format", "form", type=OneOf(["terminal", "json"]), default="terminal", show_default=True)
@click.option(
    "--fail-on",
    type=OneOf([str(level) for level in Severity], case_sensitive=False),
    default="low",
    show_default=True,
    help="Severity from which a new or regressed finding makes the exit code 1.",
)
def diff(before: Path, after: Path, form: str, fail_on: str) -> int:
    """Judge two runs by the same controls, and say what is new, regressed, fixed, unseen or the same.

    BEFORE and AFTER are folders that `hexward audit` kept, or exports of GetAccountAuthorizationDetails.
    A fault that can no longer be seen, or lies in a region that AFTER left out, is not fixed: it is unseen, and makes the exit code 3.
    """
    from hexward.cli.audit import loaded
    from hexward.controls import audit, controls
    from hexward.report.diff import Change, compare, render_json, render_text, rows, worst

    earlier, later = (loaded(path).inventory() for path in (before, after))
    if earlier.account != later.account:
        raise UsageError(
            f"{before} is of account {earlier.account}, {after} of account {later.account}; nothing of one changed in the other"
        )
    old, new = (rows(audit(one, controls())) for one in (earlier, later))
    changes = compare(old, new, later.regions)
    click.echo(render_json(changes) if form == "json" else render_text(changes), nl=False)
    if any(changed.change is Change.UNSEEN for changed in changes):
        return 3
    return int(worst(changes, Severity[fail_on.upper()]))
