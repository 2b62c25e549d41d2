"""`hexward paths`: how an attacker gets from whom to what, and which change stops most of it."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from hexward.cli._nearest import OneOf, nearest
from hexward.cli._options import Reached, reaching
from hexward.model import UsageError

if TYPE_CHECKING:
    from hexward.iam.paths.search import Search
    from hexward.inventory.run import Run


@click.command()
@reaching
@click.option(
    "--to", "goal", help="ARN or name of a bucket, endpoint, role or user, or `administration`. Default: all jewels."
)
@click.option(
    "--from", "source", help="ARN or name of a user or role, or the number of another account. Default: everyone."
)
@click.option(
    "--inventory",
    type=click.Path(path_type=Path),
    help="Search a run's folder, or an export of GetAccountAuthorizationDetails, without asking AWS.",
)
@click.option(
    "--region", "regions", multiple=True, help="Region to look at; again for more. Default: every enabled region."
)
@click.option("--format", "form", type=OneOf(["terminal", "json"]), default="terminal", show_default=True)
@click.option("--quiet", "-q", is_flag=True, help="No progress.")
def paths(
    reached: Reached,
    goal: str | None,
    source: str | None,
    inventory: Path | None,
    regions: tuple[str, ...],
    form: str,
    quiet: bool,
) -> int:
    """Find the paths by which users, roles and outsiders reach administration, training data, models and endpoints.

    A path holds only where identity policies, boundary, the organisation's and the resource's own policy allow every step. What could
    not be seen and may open a path is unknown, and makes the exit code 3.
    """
    from hexward.report.paths import render_json, render_text

    if inventory is not None and (reached or regions):
        raise UsageError(
            "--inventory asks no account: it goes without --profile, --role-arn, --external-id, --region, --endpoint-url"
        )
    run = _run(reached, inventory, regions, quiet=quiet)
    found = searched(run, goal, source)
    click.echo(render_json(found) if form == "json" else render_text(found), nl=False)
    if found.doubtful or found.unseen or not run.about.complete:
        return 3
    return int(bool(found.routes))


def searched(run: "Run", goal: str | None, source: str | None) -> "Search":
    """Search a run. Raises UsageError, with the nearest name, for a goal or source that is not in the account."""
    from hexward.iam.paths.account import AccountView
    from hexward.iam.paths.search import goal_named, goal_names, search, source_names

    given = run.inventory()
    view = AccountView(given)
    to = None if goal is None else goal_named(view, goal)
    if goal is not None and to is None:
        raise UsageError(f"there is no goal {goal!r}{nearest(goal, goal_names(view))}")
    found = search(given, to, source)
    if source is not None and not found.sources:
        raise UsageError(f"there is no source {source!r}{nearest(source, source_names(found))}")
    return found


def _run(reached: Reached, inventory: Path | None, regions: tuple[str, ...], *, quiet: bool) -> "Run":
    """Load a run, or collect what paths are worked out from."""
    from hexward.cli.audit import loaded

    if inventory is not None:
        return loaded(inventory)
    from hexward.cli._account import check_regions, collected_kinds
    from hexward.cli._progress import progress
    from hexward.iam.paths.search import kinds

    connection = reached.connect()
    check_regions(connection, regions)
    with progress(quiet=quiet) as tell:
        return collected_kinds(connection, regions, kinds(), None, tell)
