"""Where reports go: each format to standard output or to a file."""

import importlib
import os
from collections.abc import Iterable
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from hexward.cli import no_reader
from hexward.cli._nearest import nearest
from hexward.model import Severity, UsageError

if TYPE_CHECKING:
    from hexward.report import Audit

FORMATS = ("terminal", "json", "csv", "markdown", "html", "sarif", "ocsf", "asff")
"""Each but the first is a file of `hexward.report` with a function `render`."""


def outputs_of(formats: Iterable[str]) -> list[tuple[str, Path | None]]:
    """Read each FORMAT or FORMAT:FILE; one of the terminal if there is none.

    Raises UsageError for a format that does not exist or a file that cannot be, before an audit has taken its minutes.
    """
    outputs = [parsed(text) for text in formats] or [("terminal", None)]
    together = [name for name, file in outputs if file is None]
    if len(together) > 1:
        raise UsageError(f"{' and '.join(together)} cannot both go to standard output; give all but one a file")
    files = [file.resolve() for _, file in outputs if file is not None]
    twice = [str(file) for _, file in outputs if file is not None and files.count(file.resolve()) > 1]
    if twice:
        raise UsageError(f"two formats cannot both go to {twice[0]}")
    return outputs


def parsed(text: str) -> tuple[str, Path | None]:
    """Read FORMAT or FORMAT:FILE. Raises UsageError for a format that does not exist or a file that cannot be written."""
    name, colon, file = text.partition(":")
    if name not in FORMATS:
        raise UsageError(f"there is no format {name!r}{nearest(name, FORMATS) or f'; there are {", ".join(FORMATS)}'}")
    if not colon:
        return name, None
    if not file or Path(file).is_dir():
        raise UsageError(f"{text!r} names no file")
    if not Path(file).parent.is_dir():
        raise UsageError(f"{file} cannot be written: there is no folder {Path(file).parent}")
    if not os.access(file if Path(file).exists() else Path(file).parent, os.W_OK):
        raise UsageError(f"{file} cannot be written: Permission denied")
    return name, Path(file)


def write(document: "Audit", name: str, file: Path | None, at_least: Severity, most: int | None = None) -> None:
    """Write one format to a file, or to standard output. Raises UsageError if that cannot be written.

    That nobody reads standard output any more is no error: other formats and the exit code still mean something.
    """
    try:
        with click.open_file(str(file) if file else "-", "w", encoding="utf-8") as out:
            out.write(_rendered(document, name, out, at_least, most))
            out.flush()
    except BrokenPipeError:
        no_reader()
    except OSError as error:
        raise UsageError(f"{file or 'standard output'} cannot be written: {error.strerror}") from error


def _rendered(document: "Audit", name: str, out: IO[str], at_least: Severity, most: int | None) -> str:
    if name != "terminal":
        return str(importlib.import_module(f"hexward.report.{name}").render(document))
    from rich.console import Console

    from hexward.report import terminal

    # A file or a pipe has no width of its own. Rich ends the program when a pipe closes, so it does not write there itself.
    console = Console(file=out, highlight=False, width=None if out.isatty() else 120)
    with console.capture() as told:
        terminal.show(document, console, at_least=at_least, most=most)
    return told.get()
