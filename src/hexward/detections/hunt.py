"""Files → alerts: shares the files among processes, and brings what they found into one order, whoever was first."""

import atexit
import multiprocessing
import os
import pickle
import signal
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from hexward.detections.alerts import alerts
from hexward.detections.spool import Spool, unpacked
from hexward.detections.tally import Tally
from hexward.detections.work import Search, Share, Worker
from hexward.events import DataSource
from hexward.events.event import LAST_TIME
from hexward.events.files import Source
from hexward.events.unpack import Problem
from hexward.model import Alert, HexwardError

SHARE_BYTES = 8 << 20
SHARE_FILES = 64
"""How much one process is given at a time: enough that handing it over costs little, and little enough to share evenly."""
ALONE_BYTES = 24 << 20
"""Below this, starting processes takes longer than they save."""

type Tell = Callable[[int], None]
"""Takes how many bytes are done."""


@dataclass(slots=True)
class Hunt:
    """What was found and what was seen, once its alerts were all taken."""

    folder: Path
    search: Search
    tally: Tally
    packs: list[Path] = field(default_factory=list)
    sources: Counter[DataSource] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    samples: int = 0
    flow_fields: set[str] = field(default_factory=set)
    first: int = LAST_TIME

    def alerts(self) -> Iterator[Alert]:
        """Yield the alerts in the order of time; the same ones in whatever order and by however many processes files were read."""
        spool = Spool(self.folder)
        spool.add(unpacked(self.packs, cache(self.tally.when)))
        yield from alerts(spool.sorted(), self.search.detections)

    @property
    def events(self) -> int:
        """Count the records that were seen."""
        return self.sources.total()


@contextmanager
def hunt(files: Sequence[Source], search: Search, processes: int, tell: Tell) -> Iterator[Hunt]:
    """Read the files and yield what was found; hits that do not fit into memory are on disk until then."""
    with tempfile.TemporaryDirectory(prefix="hexward-") as folder:
        found = Hunt(Path(folder), search, Tally(search.detections))
        done = 0
        with closing(_shares(files, search, processes, Path(folder))) as shares:
            for share in shares:
                found.tally.merge(share.tally)
                found.packs += share.packs
                found.sources.update(share.sources)
                found.problems += share.problems
                found.samples += share.samples
                found.flow_fields |= share.flow_fields
                found.first = min(found.first, share.first)
                done += share.size
                tell(done)
        found.problems.sort()
        yield found


def _shares(files: Sequence[Source], search: Search, processes: int, folder: Path) -> Generator[Share]:
    if processes == 1 or sum(file.size for file in files) < ALONE_BYTES:
        worker = Worker(search, folder, "0")
        yield from map(worker.work, _batches(files))
        return
    # A process that is started anew has no threads or locks of ours; the child of a fork would.
    context = multiprocessing.get_context("spawn")
    wanted = folder / "search"
    # An argument would be written to each process's pipe, and the next one starts only when it was read.
    wanted.write_bytes(pickle.dumps(search))
    with ProcessPoolExecutor(processes, context, _start, (wanted, folder)) as pool:
        waiting: set[Future[Share]] = set()
        try:
            for batch in _batches(files):
                if len(waiting) >= 2 * processes:
                    done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                    yield from (one.result() for one in done)
                with _undisturbed():
                    waiting.add(pool.submit(_work, batch))
            yield from (one.result() for one in waiting)
        except BrokenProcessPool as error:
            raise HexwardError("a process ended before its work did; it may have had too little memory") from error
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Keep Ctrl-C from the processes that start meanwhile: it goes to all of a terminal, and the first one ends the others in order."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _batches(files: Iterable[Source]) -> Iterator[list[Source]]:
    batch: list[Source] = []
    size = 0
    for file in files:
        batch.append(file)
        size += file.size
        if size >= SHARE_BYTES or len(batch) >= SHARE_FILES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


_worker: list[Worker] = []
"""The worker of this process, once it was started."""


def _start(wanted: Path, folder: Path) -> None:
    threading.Thread(target=_end_with_the_first, daemon=True).start()
    try:
        # The folder is the first process's own, and nobody else can write into it.
        search = pickle.loads(wanted.read_bytes())  # noqa: S301
    except FileNotFoundError:
        # All was done, or the first process was interrupted, before this one had begun.
        os._exit(1)
    _worker.append(Worker(search, folder, str(os.getpid())))
    # To take apart all that it remembers would keep whoever waits for its end.
    atexit.register(os._exit, 0)


def _end_with_the_first() -> None:
    """End this process when the one that started it is gone, even where that one could not say goodbye."""
    first = multiprocessing.parent_process()
    if first is not None:
        first.join()
        os._exit(1)


def _work(batch: list[Source]) -> Share:
    return _worker[0].work(batch)
