"""Hits by the million, sorted in bounded memory: what does not fit is written to sorted runs, which are merged in the end."""

import heapq
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from hexward.detections.hit import Hit

MOST_HELD = 100_000
"""Hits in memory, some 50 MB."""

DECODER = msgspec.json.Decoder(Hit)
PACK = msgspec.msgpack.Decoder(list[Hit])


class Packs:
    """Takes hits in any order and puts them aside, in files that one process writes and another may read."""

    def __init__(self, folder: Path, name: str) -> None:
        """Start empty; `name` tells this one's files from those of others."""
        self.folder = folder
        self.name = name
        self.files: list[Path] = []
        self._held: list[Hit] = []

    def add(self, hits: Iterable[Hit]) -> None:
        """Take hits."""
        self._held += hits
        if len(self._held) >= MOST_HELD:
            self.close()

    def close(self) -> None:
        """Write what is held."""
        if self._held:
            path = self.folder / f"{self.name}-{len(self.files)}.pack"
            path.write_bytes(msgspec.msgpack.encode(self._held))
            self.files.append(path)
            self._held = []


def unpacked(files: Iterable[Path]) -> Iterator[Hit]:
    """Yield the hits of files, which are gone afterwards."""
    for path in files:
        yield from PACK.decode(path.read_bytes())
        path.unlink()


class Spool:
    """Takes hits in any order, and gives them sorted. `folder` is where runs go."""

    def __init__(self, folder: Path) -> None:
        """Start empty."""
        self.folder = folder
        self.held: list[Hit] = []
        self.runs: list[Path] = []

    def add(self, hits: Iterable[Hit]) -> None:
        """Take hits."""
        for hit in hits:
            self.held.append(hit)
            if len(self.held) >= MOST_HELD:
                self._write()

    def _write(self) -> None:
        path = self.folder / f"{len(self.runs)}.jsonl"
        self.held.sort()
        with path.open("wb") as file:
            file.writelines(msgspec.json.encode(hit) + b"\n" for hit in self.held)
        self.runs.append(path)
        self.held = []

    def sorted(self) -> Iterator[Hit]:
        """Yield all hits, sorted."""
        self.held.sort()
        yield from heapq.merge(self.held, *map(_read, self.runs))


def _read(path: Path) -> Iterator[Hit]:
    with path.open("rb") as file:
        for line in file:
            yield DECODER.decode(line)
