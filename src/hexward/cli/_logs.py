"""Which files a hunt reads: those named, and in folders all that look like logs."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from hexward.model import UsageError

ENDINGS = frozenset({".json", ".jsonl", ".ndjson", ".log"})
"""One of these must be among the endings of a name in a folder, as in `a.json.gz`."""


@dataclass(frozen=True, slots=True)
class LocalFile:
    """A file of this machine."""

    name: str
    size: int

    def open(self) -> BinaryIO:
        """Open it. Raises OSError."""
        return Path(self.name).open("rb")


def logs(paths: Iterable[str], tell: Callable[[str], None] = lambda _: None) -> list[LocalFile]:
    """Return the files, sorted by name, each once. Raises UsageError for a path that does not exist or a folder without logs.

    `tell` takes a line for each folder of which something is left out.
    """
    found: dict[Path, LocalFile] = {}
    for text in paths:
        if text.startswith("s3://"):
            raise UsageError(f"{text} is not read from here: copy it first, `aws s3 sync {text} FOLDER`")
        path = Path(text)
        if not path.exists():
            raise UsageError(f"{text} does not exist")
        files, left = _within(path) if path.is_dir() else ([path], [])
        if left and files:
            tell(
                f"{len(left)} left out of {text}, whose names are no logs' or which are links to folders, such as {left[0]}"
            )
        if not files:
            raise UsageError(f"there are no logs ({', '.join(f'*{ending}' for ending in sorted(ENDINGS))}) in {text}")
        found |= {one.resolve(): LocalFile(str(one), one.stat().st_size) for one in files}
    return sorted(found.values(), key=lambda one: one.name)


def _within(folder: Path) -> tuple[list[Path], list[Path]]:
    """Return the files of a folder that look like logs, and in order what is left out: other files, and links to folders."""
    files, left = [], []
    for one in folder.rglob("*"):
        if one.is_file() and ENDINGS & {ending.lower() for ending in one.suffixes}:
            files.append(one)
        elif one.is_symlink() or not one.is_dir():
            left.append(one)
    return files, sorted(left)
