"""Files → events: each is opened, read and closed, and what is wrong with one does not stop the others."""

from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO, Protocol

from hexward.events.event import Event
from hexward.events.read import MOST_PROBLEMS, Reader
from hexward.events.record import event_of
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


def events(files: Iterable[Source], reader: Reader, tell: Callable[[int], None]) -> Iterator[Event]:
    """Yield the events of files that the reader wants. What could not be read is in `reader.seen.problems`; `tell` takes bytes done."""
    done = 0
    for file in files:
        try:
            with file.open() as stream:
                yield from _events(file.name, stream, reader)
        except OSError as error:
            reader.seen.problems.append(Problem(file.name, 0, f"the file cannot be read: {error.strerror or error}"))
        done += file.size
        tell(done)


def _events(name: str, stream: BinaryIO, reader: Reader) -> Iterator[Event]:
    wrong = 0
    for log, place, record in reader.read(name, stream):
        try:
            event = event_of(log, record)
        except ValueError as error:
            wrong += 1
            if wrong <= MOST_PROBLEMS:
                more = "; what other records of the file are none is not told" if wrong == MOST_PROBLEMS else ""
                reader.seen.problems.append(Problem(name, place(), f"the record is no event: {error}{more}"))
            continue
        yield event
