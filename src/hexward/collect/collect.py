"""Walks an account by the tables: lists each kind in each region, describes each thing, and tells a sink what it saw or could not."""

import importlib
import logging
import pkgutil
import threading
from collections.abc import Generator, Iterable, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from typing import Any, Protocol

import hexward.collect as services
from hexward.aws import Answer, Connection, Reader, supports
from hexward.collect.build import Unread, build
from hexward.collect.chore import Chore
from hexward.collect.place import Place
from hexward.collect.table import Batch, Call, Table
from hexward.inventory import GLOBAL, Record
from hexward.inventory.inventory import collected_for
from hexward.model import Gap

log = logging.getLogger(__name__)

LISTERS = 8
DESCRIBERS = 16


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


@cache
def parents() -> frozenset[str]:
    """Return the calls that list what other kinds lie within."""
    return frozenset(table.name(table.within.call) for table in tables() if table.within is not None)


def tables_for(kinds: Iterable[type[Record]]) -> tuple[Table, ...]:
    """Return the tables that collect these kinds, and those that derived kinds are put together from."""
    wanted = collected_for(kinds)
    return tuple(table for table in tables() if table.record in wanted)


@dataclass(frozen=True, slots=True)
class Listed:
    """A listing that was made: for which table and where, within what, and the answer."""

    table: Table
    place: Place
    above: Mapping[str, Any]
    answer: Answer


@dataclass(slots=True)
class Collector:
    """Collects an account through a reader."""

    reader: Reader
    connection: Connection
    regions: tuple[str, ...]
    now: datetime
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _stopped: threading.Event = field(default_factory=threading.Event)
    _begun: dict[str, Future[Answer]] = field(default_factory=dict)

    def collect(self, wanted: Iterable[Chore], sink: Sink) -> Generator[Chore]:
        """Run every chore, and yield each one as it ends.

        Closing the iterator stops what has not begun; what was added to the sink stays whole.
        """
        todo = []
        for chore in wanted:
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
        place = Place(self.reader, self.connection, chore.region, self.now)
        listings, incomplete = self._listings(chore, place, describers)
        for table in chore.tables:
            gap = incomplete
            for above, answer in listings:
                if table.items:
                    gap = self._list(Listed(table, place, above, answer), sink, describers) or gap
                else:
                    self._one(Listed(table, place, above, answer), sink)
            if not self._stopped.is_set():
                with self._lock:
                    sink.listed(table.record, chore.region, gap)

    def _listings(
        self, chore: Chore, place: Place, describers: ThreadPoolExecutor
    ) -> tuple[list[tuple[Mapping[str, Any], Answer]], Gap | None]:
        """Make the listing, or one for each thing that it lies within; with what keeps those from being all."""
        table = chore.tables[0]
        if table.within is None:
            return [({}, self._once(place, table, chore.listing))], None
        name = table.name(table.within.call)
        answer = self._once(place, table, table.within.call)
        above, gap = place.listed(name, answer, table.within.items, table.within.text)
        asked = [(one, describers.submit(place.ask, chore.service, chore.listing, one)) for one in above]
        return [(one, job.result()) for one, job in asked], gap

    def _once(self, place: Place, table: Table, call: Call) -> Answer:
        """Make a call that several tables may begin with; only the first of them asks AWS."""
        name = f"{place.region} {table.name(call)} {call.arguments} {call.absent}"
        if table.name(call) not in parents():
            return place.ask(table.service, call)
        with self._lock:
            first = name not in self._begun
            begun = self._begun.setdefault(name, Future())
        if first:
            try:
                begun.set_result(place.ask(table.service, call))
            except BaseException as error:
                begun.set_exception(error)
                raise
        return begun.result()

    def _one(self, what: Listed, sink: Sink) -> None:
        """Describe what the listing's answer itself tells of: the one thing of its kind in the place."""
        table, gap = what.table, what.answer.gap
        if gap is not None:
            self._describe(what, what.answer.data, {}, sink, dict.fromkeys(table.calls, gap))
            return
        reported, failed = self._report(what)
        self._describe(what, what.answer.data, reported, sink, failed)

    def _list(self, what: Listed, sink: Sink, describers: ThreadPoolExecutor) -> Gap | None:
        table, place = what.table, what.place
        items, gap = place.listed(table.calls[0], what.answer, table.items, table.text)
        if table.batch is not None and items:
            items, unread = self._described(what, table.batch, items, describers)
            gap = unread or gap
        if not items:
            return gap
        reported, failed = self._report(what)
        jobs = [describers.submit(self._describe, what, item, reported, sink, failed) for item in items]
        for job in jobs:
            gap = job.result() or gap
        return gap

    def _described(
        self, what: Listed, batch: Batch, items: list[Mapping[str, Any]], describers: ThreadPoolExecutor
    ) -> tuple[list[Mapping[str, Any]], Gap | None]:
        """Return what the batch's call tells of the listed texts, and the gap if it does not tell of all."""
        table, place, name = what.table, what.place, what.table.told_by
        texts = [item.get(table.text) for item in items]
        chunks = [{"batch": texts[at : at + batch.size]} for at in range(0, len(texts), batch.size)]
        jobs = [describers.submit(place.ask, table.service, batch.call, chunk, what.above) for chunk in chunks]
        found: list[Mapping[str, Any]] = []
        gap = None
        for job in jobs:
            told, unread = place.listed(name, job.result(), batch.items, "")
            found += told
            gap = unread or gap
        if gap is None and len(found) < len(items):
            gap = place.malformed(name, f"{len(found)} of {len(items)} listed things are described")
        return found, gap

    def _report(self, what: Listed) -> tuple[Mapping[str, object], dict[str, Gap]]:
        report = what.table.report
        if report is None:
            return {}, {}

        def ask(call: Call) -> Answer:
            listed = call == what.table.listing
            return what.answer if listed else what.place.ask(what.table.service, call, what.answer.data)

        fetched = report.fetch(ask)
        return ({}, {report.call: fetched}) if isinstance(fetched, Gap) else (fetched, {})

    def _describe(
        self, what: Listed, item: Mapping[str, Any], reported: Mapping[str, object], sink: Sink,
        failed: Mapping[str, Gap],
    ) -> Gap | None:  # fmt: skip
        """Describe one listed thing and add its record; returns a gap where it cannot even be named or placed."""
        table, place = what.table, what.place
        answers: dict[str, Any] = {table.told_by: item}
        gaps = dict(failed)
        try:
            if table.keep is not None and not table.keep(item):
                return None
            found = place if table.told_by in failed else self._details(what, item, answers, gaps)
            if found is None:
                return None
            arn = found.name_of(table, item, what.above)
        except KeyError as error:
            return place.malformed(table.told_by, f"a listed thing has no {error} that is a text")
        except (Unread, AttributeError, TypeError, ValueError) as error:
            return place.malformed(table.told_by, f"a listed thing cannot be read: {error}")
        if table.report is not None and table.report.call not in gaps:
            told = reported.get(str(item.get(table.report.key)) if table.report.key else "")
            if told is None:
                gaps[table.report.call] = place.malformed(table.told_by, f"not in the answer to {table.report.call}")
            answers[table.report.call] = told
        one = build(table, arn, found.about, answers, gaps)
        with self._lock:
            if not self._stopped.is_set():
                sink.add(one)
        return None

    def _details(
        self, what: Listed, item: Mapping[str, Any], answers: dict[str, Any], gaps: dict[str, Gap]
    ) -> Place | None:
        """Make the detail calls, into answers and gaps; returns where the thing is, None if it is of no interest."""
        table, place = what.table, what.place
        for call in table.details:
            if table.place is not None and (told := table.place(answers)) is not None:
                place = replace(place, region=_region(told))
            if self._stopped.is_set() or place.region not in (GLOBAL, *self.regions):
                return None
            name = table.name(call)
            if call.needed is not None and not call.needed(answers):
                answers[name] = {}
                continue
            itself = {"itself": place.name_of(table, item, what.above)}
            answer = place.ask(table.service, call, item, what.above, itself)
            if answer.gap is None:
                answers[name] = answer.data
            else:
                gaps[name] = answer.gap
        return place


def _region(told: object) -> str:
    if not isinstance(told, str):
        raise Unread(f"its region is {told!r}")
    return told
