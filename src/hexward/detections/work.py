"""One process's share of a hunt: it reads files and hands over their hits, sorted or not."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import msgspec

from hexward.detections.briefs import Briefs
from hexward.detections.detection import Detection
from hexward.detections.engine import Engine
from hexward.detections.spool import Packs
from hexward.detections.tally import Tally
from hexward.events import DataSource, Event, Log
from hexward.events.baseline import Baseline
from hexward.events.enrich import Assets, Enrichment
from hexward.events.event import LAST_TIME
from hexward.events.files import Source, events
from hexward.events.origin import Databases, Origins
from hexward.events.read import Reader, Seen
from hexward.events.unpack import Problem


class Search(msgspec.Struct, frozen=True):
    """What is searched for. `since` is milliseconds since 1970; `principal` a part of the name, in whatever case."""

    detections: tuple[Detection, ...]
    baseline: Baseline | None = None
    assets: Assets | None = None
    since: int = 0
    principal: str = ""
    databases: Databases = Databases()


@dataclass(slots=True)
class Share:
    """What came of some files."""

    tally: Tally
    packs: list[Path] = field(default_factory=list)
    sources: Counter[DataSource] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    size: int = 0
    """Bytes of the files, as they are stored."""
    samples: int = 0
    """Findings that GuardDuty made up, which are left out."""
    flow_fields: set[str] = field(default_factory=set)
    """The fields that VPC flow logs had."""
    first: int = LAST_TIME
    """When the first event of CloudTrail was that rules were asked of, in milliseconds since 1970."""


class Worker:
    """Reads files with one engine."""

    def __init__(self, search: Search, folder: Path, name: str) -> None:
        """Compile the rules; runs of hits that do not fit into memory go to the folder, named for this worker."""
        self.search = search
        self._principal = search.principal.lower()
        self.engine = Engine(search.detections)
        self.enrichment = Enrichment(search.baseline, search.assets, Origins(search.databases))
        self.briefs = Briefs(self.engine, self.enrichment, search.since, self._principal)
        self.reader = Reader(self._wanted)
        self.folder = folder
        self.name = name
        self.shares = 0

    def work(self, files: Sequence[Source]) -> Share:
        """Read some files."""
        self.shares += 1
        tally = Tally(self.search.detections)
        packs = Packs(self.folder, f"{self.name}-{self.shares}", tally)
        reader = self.reader
        reader.seen, reader.judge = Seen(), partial(self.briefs.judge, packs.take)
        share = Share(
            tally,
            packs.files,
            sources=reader.seen.sources,
            problems=reader.seen.problems,
            flow_fields=reader.seen.flow_fields,
        )
        for event in events(files, reader, lambda _: None):
            if self._meant(event):
                if event.log is Log.CLOUDTRAIL:
                    self.briefs.first = min(self.briefs.first, event.time)
                packs.add(self.engine.hits(self.enrichment.join(event)))
        packs.close()
        share.first, share.samples = self.briefs.first, reader.seen.samples
        share.size = sum(file.size for file in files)
        return share

    def _meant(self, event: Event) -> bool:
        return event.time >= self.search.since and self._principal in event.principal.lower()

    def _wanted(self, log: Log, early: tuple[str | None, ...]) -> bool:
        return bool(self.engine.candidates(log, *early))
