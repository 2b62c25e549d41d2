"""Hits by the million, sorted in bounded memory: what does not fit is written to sorted runs, which are merged in the end."""

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from hexward.detections.hit import USUAL, Head, Hit, Row, one_head
from hexward.detections.tally import Group, Tally, Times

MOST_HELD = 100_000
"""Hits in memory, some 50 MB."""

DECODER = msgspec.json.Decoder(Hit)
PACK = msgspec.msgpack.Decoder(tuple[Head, list[Row]])
GROUPS = msgspec.msgpack.Decoder(list[tuple[Group, bytes]])


class Packs:
    """Takes hits in any order and puts them aside by what they agree in, in files for another process to read, and counts them."""

    def __init__(self, folder: Path, name: str, tally: Tally) -> None:
        """Start empty; `name` tells this one's files from those of others."""
        self.folder = folder
        self.name = name
        self.tally = tally
        self.files: list[Path] = []
        self._held: defaultdict[Head, list[Row]] = defaultdict(list)
        self._count = 0

    def add(self, hits: Iterable[Hit]) -> None:
        """Take hits."""
        for hit in hits:
            head = one_head(Head(hit.detection, hit.rule, hit.group, hit.principal, hit.account, hit.region))
            self.take((head,), (hit.time, hit.event, hit.says, hit.value, hit.targets))

    def take(self, heads: Sequence[Head], row: Row) -> None:
        """Take a hit of each of these kinds."""
        held, kinds = self._held, len(self._held)
        for head in heads:
            held[head].append(row)
        _, event, says, value, targets = row
        size = len(event) + len(says)
        if type(value) is str:
            size += len(value)
        if targets:
            size += sum(map(len, targets))
        # Long texts count for more hits.
        self._count += len(heads) + size // USUAL
        if len(held) > kinds:
            self._count += sum(head.weight for head in heads)
        if self._count >= MOST_HELD:
            self.close()

    def close(self) -> None:
        """Write what is held."""
        if not self._held:
            return
        for head, rows in self._held.items():
            self.tally.add(head, rows)
        path = self.folder / f"{self.name}-{len(self.files)}.pack"
        encode = msgspec.msgpack.encode
        path.write_bytes(
            encode([((head.detection, head.group), encode((head, rows))) for head, rows in self._held.items()])
        )
        self.files.append(path)
        self._held.clear()
        self._count = 0


def unpacked(files: Iterable[Path], when: Callable[[Group], Times]) -> Iterator[Hit]:
    """Yield the hits of each group at the times that matter of it; the files are gone afterwards."""
    for path in files:
        for group, kind in GROUPS.decode(path.read_bytes()):
            times = when(group)
            if times:
                head, rows = PACK.decode(kind)
                yield from (head.hit(row) for row in rows if times.hold(row[0]))
        path.unlink()


class Spool:
    """Takes hits in any order, and gives them sorted. `folder` is where runs go."""

    def __init__(self, folder: Path) -> None:
        """Start empty."""
        self.folder = folder
        self.held: list[Hit] = []
        self.runs: list[Path] = []
        self._weight = 0

    def add(self, hits: Iterable[Hit]) -> None:
        """Take hits."""
        for hit in hits:
            self.held.append(hit)
            self._weight += hit.weight
            if self._weight >= MOST_HELD:
                self._write()

    def _write(self) -> None:
        path = self.folder / f"{len(self.runs)}.jsonl"
        self.held.sort()
        with path.open("wb") as file:
            file.writelines(msgspec.json.encode(hit) + b"\n" for hit in self.held)
        self.runs.append(path)
        self.held, self._weight = [], 0

    def sorted(self) -> Iterator[Hit]:
        """Yield all hits, sorted."""
        self.held.sort()
        yield from heapq.merge(self.held, *map(_read, self.runs))


def _read(path: Path) -> Iterator[Hit]:
    with path.open("rb") as file:
        for line in file:
            yield DECODER.decode(line)
