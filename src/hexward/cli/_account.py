"""What a run needs of the account: the connection, the regions, and the collection with its progress."""

import time
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

import msgspec

from hexward.aws import Connection, Live, Reader, known_regions
from hexward.cli._nearest import nearest
from hexward.collect.chore import chores
from hexward.collect.collect import Collector, tables_for
from hexward.controls import Control
from hexward.inventory import GLOBAL, Record
from hexward.inventory.run import About, Run, now
from hexward.model import Gap, Reason, UsageError


def check_regions(connection: Connection, asked: Iterable[str]) -> None:
    """Raise UsageError, with the nearest name, for a region that AWS does not have."""
    known = known_regions(connection)
    for region in asked:
        if region not in known:
            raise UsageError(f"there is no region {region!r}{nearest(region, known)}")


def enabled_regions(reader: Reader, connection: Connection) -> tuple[tuple[str, ...], Gap | None]:
    """Return the regions that the account has enabled; where that was refused, the user's own region, and the gap."""
    answer = reader.read("ec2", "DescribeRegions", connection.home)
    rows = answer.data.get("Regions")
    listed = rows if isinstance(rows, list) else []
    names = {row.get("RegionName") for row in listed if isinstance(row, dict)}
    known = {name for name in names if isinstance(name, str)}
    gap = answer.gap
    if gap is None and (not known or len(known) != len(listed)):
        gap = Gap(Reason.MALFORMED, "the list of regions cannot be read", "ec2:DescribeRegions")
    if gap is None:
        return tuple(sorted(known)), None
    # Which regions it is that could not be seen is just what is not known: the gap names none.
    return tuple(sorted({connection.region, connection.home, *known})), msgspec.structs.replace(
        gap, region="", account=connection.account
    )


def collected(
    connection: Connection,
    regions: Iterable[str],
    controls: Iterable[Control],
    folder: Path | None,
    tell: Callable[[str], None],
    begun: Run | None = None,
) -> Run:
    """Collect what these controls need, into memory and a run folder; or what a run that was begun lacks of it.

    On an interruption the run is closed with what it has, and KeyboardInterrupt goes on.
    """
    kinds = (kind for control in controls for kind in (control.judges, *control.uses))
    return collected_kinds(connection, regions, kinds, folder, tell, begun)


def collected_kinds(
    connection: Connection,
    regions: Iterable[str],
    kinds: Iterable[type[Record]],
    folder: Path | None,
    tell: Callable[[str], None],
    begun: Run | None = None,
) -> Run:
    """Collect these kinds, as `collected` does."""
    live = Live(connection)
    reader = Reader(live, connection.account)
    run = begun or _begun(reader, connection, tuple(dict.fromkeys(regions)), folder)
    if run.about.regions_gap is not None and begun is not None:
        ask_again(run, reader, connection)
    places = run.about.regions
    wanted = tables_for(kinds)
    todo = chores(wanted, places, run.whole)
    total = len(todo)
    began = time.monotonic()
    complete = False
    try:
        collector = Collector(reader, connection, places, run.about.collected_at)
        with closing(collector.collect(todo, run)) as ended:
            for done, chore in enumerate(ended, start=1):
                left = (time.monotonic() - began) / done * (total - done)
                where = "" if chore.region == GLOBAL else f" in {chore.region}"
                tell(f"collected {done} of {total}: {chore.service}{where}; about {left:.0f} s left")
        complete = run.about.regions_gap is None
    finally:
        sent = live.requests.total()
        retries = run.about.retries + sent - live.calls.total()
        run.finish(complete=complete, requests=run.about.requests + sent, retries=retries)
    return run


def ask_again(run: Run, reader: Reader, connection: Connection) -> None:
    """Ask for the regions of a run that goes on and was not told all of them; what it holds of a region stays."""
    places, gap = enabled_regions(reader, connection)
    together = tuple(sorted({*run.about.regions, *places}))
    run.about = msgspec.structs.replace(run.about, regions=together, regions_gap=gap)


def _begun(reader: Reader, connection: Connection, asked: tuple[str, ...], folder: Path | None) -> Run:
    """Begin a run in the regions that were asked for, or in all that are enabled."""
    places, gap = (asked, None) if asked else enabled_regions(reader, connection)
    about = About(
        account=connection.account, partition=connection.partition, regions=places, regions_gap=gap, collected_at=now()
    )
    return Run(about, folder)
