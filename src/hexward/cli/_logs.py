"""Which files a hunt reads: those named, and in folders all that look like logs."""

from collections.abc import Iterable
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


def logs(paths: Iterable[str]) -> list[LocalFile]:
    """Return the files, sorted by name, each once. Raises UsageError for a path that does not exist or a folder without logs."""
    found: dict[Path, LocalFile] = {}
    for text in paths:
        if text.startswith("s3://"):
            raise UsageError(f"{text} is not read from here: copy it first, `aws s3 sync {text} FOLDER`")
        path = Path(text)
        if not path.exists():
            raise UsageError(f"{text} does not exist")
        files = [one for one in path.rglob("*") if ENDINGS & {*one.suffixes}] if path.is_dir() else [path]
        files = [one for one in files if one.is_file()]
        if not files:
            raise UsageError(f"there are no logs ({', '.join(f'*{ending}' for ending in sorted(ENDINGS))}) in {text}")
        found |= {one.resolve(): LocalFile(str(one), one.stat().st_size) for one in files}
    return sorted(found.values(), key=lambda one: one.name)
