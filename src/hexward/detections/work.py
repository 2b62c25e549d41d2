"""One process's share of a hunt: it reads files and hands over their hits, sorted or not."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Protocol

import msgspec

from hexward.detections.detection import Detection
from hexward.detections.engine import Engine
from hexward.detections.hit import Hit
from hexward.detections.spool import Spool
from hexward.events import DataSource, Log, event_of
from hexward.events.read import Reader
from hexward.events.unpack import Problem


class Source(Protocol):
    """Something to read, which another process can open too."""

    @property
    def name(self) -> str:
        """What problems call it."""

    @property
    def size(self) -> int:
        """Bytes as it is stored."""

    def open(self) -> BinaryIO:
        """Open it. Raises OSError."""


class Search(msgspec.Struct, frozen=True):
    """What is searched for. `since` is milliseconds since 1970; `principal` a part of the name, in whatever case."""

    detections: tuple[Detection, ...]
    since: int = 0
    principal: str = ""


@dataclass(slots=True)
class Share:
    """What came of some files."""

    hits: list[Hit] = field(default_factory=list)
    runs: list[Path] = field(default_factory=list)
    sources: Counter[DataSource] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    size: int = 0
    """Bytes of the files, as they are stored."""


class Worker:
    """Reads files with one engine."""

    def __init__(self, search: Search, folder: Path, name: str) -> None:
        """Compile the rules; runs of hits that do not fit into memory go to the folder, named for this worker."""
        self.search = search
        self.engine = Engine(search.detections)
        self.folder = folder
        self.name = name
        self.shares = 0

    def work(self, sources: Iterable[Source]) -> Share:
        """Read some files."""
        self.shares += 1
        spool = Spool(self.folder, f"{self.name}-{self.shares}")
        reader = Reader(self._wanted)
        share = Share(sources=reader.seen.sources, problems=reader.seen.problems)
        for source in sources:
            try:
                with source.open() as stream:
                    self._file(source.name, stream, reader, spool)
            except OSError as error:
                share.problems.append(Problem(source.name, 0, f"the file cannot be read: {error.strerror or error}"))
            share.size += source.size
        share.hits, share.runs = spool.held, spool.runs
        return share

    def _wanted(self, log: Log, early: tuple[str | None, ...]) -> bool:
        return bool(self.engine.candidates(log, *early))

    def _file(self, name: str, stream: BinaryIO, reader: Reader, spool: Spool) -> None:
        wanted = self.search.principal.lower()
        for log, offset, record in reader.read(name, stream):
            try:
                event = event_of(log, record)
            except ValueError as error:
                reader.seen.problems.append(Problem(name, offset, f"the record is no event: {error}"))
                continue
            if event.time >= self.search.since and wanted in event.principal.lower():
                spool.add(self.engine.hits(event))
