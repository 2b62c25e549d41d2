"""Progress on standard error: one live line at a terminal, a plain line every ten seconds elsewhere."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.text import Text

from hexward.report.text import printable

EVERY_SECONDS = 10.0


class Tell(Protocol):
    """Says what is being done."""

    def __call__(self, text: str) -> None:
        """Replace the line with this text."""


@contextmanager
def progress(*, quiet: bool) -> Iterator[Tell]:
    """Yield what tells the progress; it prints nothing where the user wants quiet."""
    console = Console(stderr=True, highlight=False)
    if quiet:
        yield lambda text: None  # noqa: ARG005
    elif console.is_terminal:
        with console.status("") as status:
            yield lambda text: status.update(Text(printable(text)))
    else:
        yield _slow(console)


def _slow(console: Console) -> Tell:
    last = time.monotonic()

    def tell(text: str) -> None:
        nonlocal last
        if time.monotonic() - last >= EVERY_SECONDS:
            last = time.monotonic()
            console.print(Text(printable(text)))

    return tell
