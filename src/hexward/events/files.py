"""Files → events: each is opened, read and closed, and what is wrong with one does not stop the others."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import BinaryIO, Protocol, runtime_checkable

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


@runtime_checkable
class Distant(Source, Protocol):
    """Something that takes a while to open, and that threads may open while something else is read."""

    @property
    def ahead(self) -> int:
        """How many of its kind are worth opening at a time."""


type Opening = Callable[[], BinaryIO]


def events(files: Sequence[Source], reader: Reader, tell: Callable[[int], None]) -> Iterator[Event]:
    """Yield the events of files that the reader wants. What could not be read is in `reader.seen.problems`; `tell` takes bytes done."""
    done = 0
    for file, opening in _ahead(files):
        try:
            with opening() as stream:
                yield from _events(file.name, stream, reader)
        except OSError as error:
            reader.seen.problems.append(Problem(file.name, 0, f"the file cannot be read: {error.strerror or error}"))
        done += file.size
        tell(done)


def _ahead(files: Sequence[Source]) -> Iterator[tuple[Source, Opening]]:
    """Yield each file with what opens it, which for distant ones has begun in a thread before."""
    most = max((file.ahead for file in files if isinstance(file, Distant)), default=1)
    if most == 1:
        yield from ((file, file.open) for file in files)
        return
    waiting: deque[tuple[Source, Future[BinaryIO]]] = deque()
    with ThreadPoolExecutor(most) as pool:
        try:
            for file in files:
                waiting.append((file, pool.submit(file.open)))
                if len(waiting) == most:
                    first, begun = waiting.popleft()
                    yield first, begun.result
            while waiting:
                first, begun = waiting.popleft()
                yield first, begun.result
        finally:
            pool.shutdown(cancel_futures=True)


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
