"""Which files a hunt reads: those named, and in folders and buckets all that look like logs."""

import os
import re
import stat
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from hexward.events.files import Source
from hexward.model import UsageError

ENDINGS = frozenset({".json", ".jsonl", ".ndjson", ".log"})
"""One of these must be among the endings of a name in a folder, as in `a.json.gz`."""
ACCESS_LOG = re.compile(r"\d{4}(-\d{2}){5}-[0-9A-F]{16}")
"""How S3 names its access logs, behind whatever prefix."""
BODY = re.compile(
    r"(?:^|/)(?:BedrockModelInvocationLogs/(?:.*/)?data/[^/]+|\d{4}/\d\d/\d\d/\d\d/data/[^/]+|data/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
    r"_(?:input|output)\.json(?:\.gz)?$",
    re.IGNORECASE,
)
"""Where Bedrock puts long prompts and answers, beside its logs: what strangers wrote would else be read as events.

https://docs.aws.amazon.com/bedrock/latest/userguide/model-invocation-logging.html
"""
LOOKS = f"there are no logs ({', '.join(f'*{ending}' for ending in sorted(ENDINGS))})"

type Reach = Callable[[str], Sequence[Source]]
"""Returns the logs below a place in S3."""


@dataclass(frozen=True, slots=True)
class LocalFile:
    """A file of this machine."""

    name: str
    size: int

    def open(self) -> BinaryIO:
        """Open it. Raises OSError."""
        return Path(self.name).open("rb")


@dataclass(frozen=True, slots=True)
class Pipe:
    """What can be read once and by this process alone: standard input, or a pipe of this name."""

    name: str
    size: int = 0

    def open(self) -> BinaryIO:
        """Open it. Raises OSError."""
        if self.name != STANDARD_INPUT:
            return Path(self.name).open("rb")
        if sys.stdin is None:
            raise OSError("it is closed")
        return sys.stdin.buffer


@dataclass(frozen=True, slots=True)
class Unseen:
    """What may hold logs, and cannot be looked into."""

    name: str
    why: str
    size: int = 0

    def open(self) -> BinaryIO:
        """Say why not. Raises OSError."""
        raise OSError(self.why)


STANDARD_INPUT = "standard input"


def logs(
    paths: Iterable[str], tell: Callable[[str], None] = lambda _: None, reach: Reach | None = None
) -> list[Source]:
    """Return the files, sorted by name, each once. Raises UsageError for a path that does not exist or a folder without logs.

    `tell` takes a line for each folder of which something is left out; `reach` finds what is in S3.
    """
    found: dict[object, Source] = {}
    for text in paths:
        if text.startswith("s3://"):
            if reach is None:
                raise UsageError(f"{text} is not read from here")
            found |= {one.name: one for one in reach(text)}
        elif text == "-":
            found[text] = Pipe(STANDARD_INPUT)
        else:
            found |= _local(Path(text), tell)
    return sorted(found.values(), key=lambda one: one.name)


def can_be_shared(files: Iterable[Source]) -> bool:
    """Say whether other processes can open all of them too."""
    return not any(isinstance(file, Pipe) for file in files)


def _local(path: Path, tell: Callable[[str], None]) -> dict[object, Source]:
    try:
        kind = path.stat().st_mode
    except OSError as error:
        missing = isinstance(error, FileNotFoundError)
        raise UsageError(f"{path} does not exist" if missing else f"{path} cannot be read: {error.strerror}") from error
    if not stat.S_ISDIR(kind):
        return {path.resolve(): LocalFile(str(path), path.stat().st_size) if stat.S_ISREG(kind) else Pipe(str(path))}
    files, left, unseen = _within(path)
    if left and files:
        tell(
            f"{len(left)} left out of {path}, whose names are no logs' or which are links to folders, such as {left[0]}"
        )
    if not files and not unseen:
        raise UsageError(f"{LOOKS} in {path}")
    return {one.resolve(): _sized(one) for one in files} | {one.name: one for one in unseen}


def _sized(path: Path) -> Source:
    try:
        return LocalFile(str(path), path.stat().st_size)
    except OSError as error:
        return Unseen(str(path), error.strerror or str(error))


def _within(folder: Path) -> tuple[list[Path], list[Path], list[Unseen]]:
    """Return the files of a folder that look like logs, in order what is left out (other files, links to folders), and what is not seen."""
    files: list[Path] = []
    left: list[Path] = []
    unseen: list[Unseen] = []

    def refused(error: OSError) -> None:
        unseen.append(Unseen(str(error.filename), f"the folder cannot be listed: {error.strerror}"))

    for place, folders, names in os.walk(folder, onerror=refused):
        here = Path(place)
        known_as = {here.absolute(), here.resolve()}
        left += [here / name for name in folders if (here / name).is_symlink()]
        for name in names:
            path = here / name
            is_log = all(looks_like_log(f"{one}/{name}") for one in known_as)
            (files if is_log and path.is_file() else left).append(path)
    return files, sorted(left), unseen


def looks_like_log(path: str) -> bool:
    """Say whether a path is one that logs have."""
    if BODY.search(path):
        return False
    endings = {ending.lower() for ending in PurePosixPath(path).suffixes}
    return bool(ENDINGS & endings) or ACCESS_LOG.fullmatch(path.rpartition("/")[2][-36:]) is not None
