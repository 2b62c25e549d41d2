"""`hexward doctor`: can this machine and these credentials audit the account, and what is missing if not."""

import json
from typing import TYPE_CHECKING

import click

from hexward.cli._options import Reached, reaching

if TYPE_CHECKING:
    from hexward.aws import Connection


@click.command()
@click.option(
    "--policy", "wants_policy", is_flag=True, help="Print the exact read-only IAM policy that an audit needs."
)
@click.option(
    "--template", "wants_template", is_flag=True, help="Print CloudFormation for a read-only role with that policy."
)
@reaching
def doctor(
    wants_policy: bool,
    wants_template: bool,
    reached: Reached,
) -> int:
    """Check the credentials and try each kind of read once, or print what an administrator must grant."""
    if wants_policy or wants_template:
        from hexward.collect.permissions import policy, template

        click.echo(json.dumps(template() if wants_template else policy(), indent=2))
        return 0
    return checked(reached.connect())


def checked(connection: "Connection") -> int:
    """Try each listing once, in the caller's own region, and print what came of it; returns the exit code."""
    from hexward.aws import Live, Reader
    from hexward.cli._account import enabled_regions
    from hexward.cli._progress import progress
    from hexward.collect.chore import chores
    from hexward.collect.collect import Collector, tables
    from hexward.inventory.run import About, Run, now
    from hexward.report.text import printable

    reader = Reader(Live(connection), connection.account)
    regions, gap = enabled_regions(reader, connection)
    region = connection.region
    click.echo(f"account   {printable(connection.account)}")
    click.echo(f"caller    {printable(connection.caller)}")
    click.echo(f"regions   {printable(', '.join(regions))}" + (f"  ({printable(gap)})" if gap else ""))
    click.echo(f"\nreads, tried in {region}:")
    run = Run(About(account=connection.account, partition=connection.partition, regions=(region,), collected_at=now()))
    with progress(quiet=False) as tell:
        for chore in Collector(reader, connection, (region,), run.about.collected_at).collect(
            chores(tables(), (region,)), run
        ):
            tell(f"tried {chore}")
    inventory = run.inventory()
    bad = {*inventory.unlisted.values(), *(gap for one in inventory for gap in one.gaps.values())}
    lines = sorted({f"{g.call}: {g.reason.value}" + (f", needs {g.action}" if g.action else "") for g in bad})
    tried = len(reader.calls)
    click.echo(f"  {tried} kinds of call answered" + ("" if lines else "; nothing is missing"))
    for line in lines:
        click.echo(f"  missing  {printable(line)}")
    if lines:
        click.echo("\nhexward doctor --policy prints the policy to grant; --template a role that has it")
    return 3 if lines or gap else 0
