"""Walks an account by the tables: lists each kind in each region, describes each thing, and tells a sink what it saw or could not."""

import importlib
import logging
import pkgutil
import threading
from collections.abc import Generator, Iterable, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Protocol

import msgspec

import hexward.collect as services
from hexward.aws import Answer, Connection, Reader, supports
from hexward.collect.build import MISSING, Unread, at_path, build
from hexward.collect.table import Call, Table
from hexward.inventory import GLOBAL, Record
from hexward.inventory.inventory import Derived
from hexward.model import Gap, Reason

log = logging.getLogger(__name__)

LISTERS = 8
DESCRIBERS = 16
WINDOW = timedelta(days=90)
"""How far back jobs are collected: AWS keeps training jobs for good, and an old one cannot be mended."""


class Sink(Protocol):
    """Where a collection goes as it is made. Methods are called from many threads, one at a time."""

    def add(self, one: Record) -> None:
        """Take a record."""

    def listed(self, kind: type[Record], region: str, gap: Gap | None) -> None:
        """Take the end of a listing: everything of a kind in a region has been added, but for the gap."""


@cache
def tables() -> tuple[Table, ...]:
    """Return every table of every service file in this folder."""
    names = sorted(module.name for module in pkgutil.iter_modules(services.__path__))
    modules = (importlib.import_module(f"{services.__name__}.{name}") for name in names)
    return tuple(table for module in modules for table in getattr(module, "TABLES", ()))


def tables_for(kinds: Iterable[type[Record]]) -> tuple[Table, ...]:
    """Return the tables that collect these kinds, and those that derived kinds are put together from."""
    wanted: set[type[Record]] = set()
    todo = list(kinds)
    while todo:
        kind = todo.pop()
        if kind not in wanted:
            wanted.add(kind)
            todo.extend(kind.sources_of() if issubclass(kind, Derived) else ())
    return tuple(table for table in tables() if table.record in wanted)


@dataclass(frozen=True, slots=True)
class Chore:
    """One listing call in one region, and the tables that its answer feeds."""

    tables: tuple[Table, ...]
    region: str

    @property
    def service(self) -> str:
        """The client that lists."""
        return self.tables[0].service

    @property
    def listing(self) -> Call:
        """The call that lists."""
        return self.tables[0].listing

    def __str__(self) -> str:
        """Name it for the progress line."""
        return f"{self.service} {self.listing.operation} {self.region}"


def chores(wanted: Iterable[Table], regions: Iterable[str]) -> list[Chore]:
    """Group tables whose listing is the same call with the same arguments, and spread them over the regions.

    Global services come once.
    """
    groups: list[list[Table]] = []
    for table in wanted:
        same = next((group for group in groups if _lists_as(group[0], table)), None)
        if same is None:
            groups.append([table])
        else:
            same.append(table)
    places = tuple(regions)
    return [
        Chore(tuple(group), region) for group in groups for region in (places if group[0].everywhere else (GLOBAL,))
    ]


def _lists_as(one: Table, other: Table) -> bool:
    return (one.service, one.listing, one.everywhere) == (other.service, other.listing, other.everywhere)


@dataclass(slots=True)
class Collector:
    """Collects an account through a reader."""

    reader: Reader
    connection: Connection
    regions: tuple[str, ...]
    now: datetime
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _stopped: threading.Event = field(default_factory=threading.Event)

    def collect(self, wanted: Iterable[Table], sink: Sink) -> Generator[Chore]:
        """Run every chore, and yield each one as it ends.

        Closing the iterator stops what has not begun; what was added to the sink stays whole.
        """
        todo = []
        for chore in chores(wanted, self.regions):
            if self._offered(chore):
                todo.append(chore)
                continue
            for table in chore.tables:
                # Where AWS does not offer a service, nothing of it can exist: that is seen, not missing.
                sink.listed(table.record, chore.region, None)
        listers, describers = ThreadPoolExecutor(LISTERS, "list"), ThreadPoolExecutor(DESCRIBERS, "describe")
        running: dict[Future[None], Chore] = {
            listers.submit(self._run, chore, sink, describers): chore for chore in todo
        }
        try:
            while running:
                done, _ = wait(running, timeout=1, return_when=FIRST_COMPLETED)
                for future in done:
                    future.result()
                    yield running.pop(future)
        finally:
            # Nobody waits for what is still asked of AWS: it can take as long as the deadline of a call.
            self._stopped.set()
            listers.shutdown(wait=False, cancel_futures=True)
            describers.shutdown(wait=False, cancel_futures=True)

    def _offered(self, chore: Chore) -> bool:
        offered = chore.region == GLOBAL or supports(self.connection, chore.service, chore.region)
        if not offered:
            log.info("%s is not offered in %s", chore.service, chore.region)
        return offered

    def _run(self, chore: Chore, sink: Sink, describers: ThreadPoolExecutor) -> None:
        if self._stopped.is_set():
            return
        answer = self._ask(chore, chore.listing, None, chore.region)
        for table in chore.tables:
            gap = answer.gap
            if table.items:
                gap = self._list(chore, table, answer, sink, describers)
            else:
                self._describe(
                    chore, table, answer.data, {}, sink, {} if gap is None else dict.fromkeys(table.calls, gap)
                )
                gap = None
            if not self._stopped.is_set():
                with self._lock:
                    sink.listed(table.record, chore.region, gap)

    def _list(
        self, chore: Chore, table: Table, answer: Answer, sink: Sink, describers: ThreadPoolExecutor
    ) -> Gap | None:
        items = answer.data.get(table.items.removesuffix("[]"), MISSING)
        gap = answer.gap
        if not isinstance(items, list):
            return gap or self._malformed(chore, table, f"{table.items} is not a list in the answer")
        reported, failed = self._report(chore, table)
        whole = [item for item in items if isinstance(item, Mapping)]
        if len(whole) != len(items):
            gap = gap or self._malformed(chore, table, f"{table.items} holds something that is not a structure")
        jobs = [describers.submit(self._describe, chore, table, item, reported, sink, failed) for item in whole]
        for job in jobs:
            gap = job.result() or gap
        return gap

    def _report(self, chore: Chore, table: Table) -> tuple[Mapping[str, object], dict[str, Gap]]:
        if table.report is None:
            return {}, {}
        fetched = table.report.fetch(lambda call: self._ask(chore, call, None, chore.region))
        return ({}, {table.report.call: fetched}) if isinstance(fetched, Gap) else (fetched, {})

    def _describe(
        self, chore: Chore, table: Table, item: Mapping[str, Any], reported: Mapping[str, object], sink: Sink,
        failed: Mapping[str, Gap],
    ) -> Gap | None:  # fmt: skip
        """Describe one listed thing and add its record; returns a gap where it cannot even be named or placed."""
        answers: dict[str, Any] = {table.calls[0]: item}
        gaps = dict(failed)
        region: str | None = chore.region
        try:
            if table.keep is not None and not table.keep(item):
                return None
            if table.calls[0] not in failed:
                region = self._details(chore, table, item, answers, gaps)
            if region is None:
                return None
            arn = table.arn.format_map({**_texts(item), **self._about(region)})
        except KeyError as error:
            return self._malformed(chore, table, f"a listed thing has no {error} that is a text")
        except (Unread, AttributeError, TypeError, ValueError) as error:
            return self._malformed(chore, table, f"a listed thing cannot be read: {error}")
        if table.report is not None and table.report.call not in gaps:
            told = reported.get(str(item.get(table.report.key)))
            if told is None:
                gaps[table.report.call] = self._malformed(chore, table, f"not in the answer to {table.report.call}")
            answers[table.report.call] = told
        one = build(table, arn, self._about(region), answers, gaps)
        with self._lock:
            if not self._stopped.is_set():
                sink.add(one)
        return None

    def _about(self, region: str) -> dict[str, str]:
        return {"partition": self.connection.partition, "account": self.connection.account, "region": region}

    def _details(
        self, chore: Chore, table: Table, item: Mapping[str, Any], answers: dict[str, Any], gaps: dict[str, Gap]
    ) -> str | None:
        """Make the detail calls, into answers and gaps; returns the thing's region, None if it is of no interest."""
        region = chore.region
        for call in table.details:
            if table.place is not None and (placed := table.place(answers)) is not None:
                region = _region(placed)
            if self._stopped.is_set() or region not in (GLOBAL, *self.regions):
                return None
            name = f"{table.service}:{call.operation}"
            if call.needed is not None and not call.needed(answers):
                answers[name] = {}
                continue
            answer = self._ask(chore, call, item, region)
            if answer.gap is None:
                answers[name] = answer.data
            else:
                gaps[name] = answer.gap
        return region

    def _ask(self, chore: Chore, call: Call, item: Mapping[str, Any] | None, region: str) -> Answer:
        try:
            arguments = {name: self._fill(value, item) for name, value in call.arguments.items()}
        except (KeyError, Unread) as error:
            table = chore.tables[0]
            return Answer({}, self._malformed(chore, table, f"{call.operation} cannot be asked: {error}"))
        place = self.connection.home if region == GLOBAL else region
        answer = self.reader.read(chore.service, call.operation, place, absent=call.absent, **arguments)
        if answer.gap is None or region != GLOBAL:
            return answer
        # The region that happened to be asked must not make a gap of the whole account look like one of that region.
        return replace(answer, gap=msgspec.structs.replace(answer.gap, region=GLOBAL))

    def _fill(self, value: object, item: Mapping[str, Any] | None) -> object:
        if isinstance(value, list):
            return [self._fill(one, item) for one in value]
        if not isinstance(value, str) or not value.startswith("$"):
            return value
        if value == "$account":
            return self.connection.account
        if value == "$since":
            return self.now - WINDOW
        found = at_path(item, value.removeprefix("$"))
        if found is MISSING:
            raise KeyError(value.removeprefix("$"))
        return found

    def _malformed(self, chore: Chore, table: Table, detail: str) -> Gap:
        return Gap(Reason.MALFORMED, detail, table.calls[0], "", self.connection.account, chore.region)


def _texts(item: Mapping[str, Any]) -> dict[str, str]:
    """Return the members that can be part of a name."""
    return {name: value for name, value in item.items() if isinstance(value, str) and value}


def _region(placed: object) -> str:
    if not isinstance(placed, str):
        raise Unread(f"its region is {placed!r}")
    return placed
