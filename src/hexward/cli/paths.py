"""`hexward paths`: how an attacker gets from whom to what, and which change stops most of it."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hexward.cli._nearest import OneOf, nearest
from hexward.cli._options import Reached, reaching
from hexward.model import UsageError

if TYPE_CHECKING:
    from hexward.iam.paths.search import Search
    from hexward.inventory.run import Run


OFFERED = 8
"""How many names are offered for one that is like none of them."""


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
    """Search a run. Raises UsageError for a goal or source that is not in the account, and for a name of several goals."""
    from hexward.iam.paths.account import AccountView
    from hexward.iam.paths.search import goal_names, goals_named, search, source_names

    given = run.inventory()
    view = AccountView(given)
    to = None
    if goal is not None:
        meant = goals_named(view, goal)
        if len(meant) > 1:
            raise UsageError(f"{goal!r} may be {' or '.join(sorted(one.arn for one in meant))}: give the ARN")
        if not meant:
            raise UsageError(f"there is no goal {goal!r}{_offer(goal, goal_names(view))}")
        [to] = meant
    found = search(given, to, source)
    if source is not None and not found.sources:
        raise UsageError(f"there is no source {source!r}{_offer(source, source_names(found))}")
    return found


def _offer(name: str, known: Sequence[str]) -> str:
    """Return what the user probably meant, or a few of what there is."""
    more = f" and {len(known) - OFFERED} more" if len(known) > OFFERED else ""
    return nearest(name, known) or (f"; there are {', '.join(known[:OFFERED])}{more}" if known else "")


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
