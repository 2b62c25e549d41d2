"""Byte streams → what they hold, unpacked piece by piece: whatever is broken or too big is said, and what could be read is kept."""

import codecs
import zlib
from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any, BinaryIO

import msgspec

try:
    from isal import isal_zlib
except ImportError:
    fast: Any = zlib
else:
    fast = isal_zlib
"""ISA-L (extra `hunt`) unpacks half again as quickly as zlib."""

PIECE_BYTES = 8 << 20
GZIP = b"\x1f\x8b"
WINDOW = 31
"""zlib's word for: expect gzip's header."""
MOST_RATIO = 200
"""CloudTrail's files shrink six- to tenfold. gzip reaches 1,032, and then what is unpacked says one thing over and over."""
UNSUSPECTED_BYTES = 64 << 20
"""How much may come out of a file before its ratio is looked at."""


class Problem(msgspec.Struct, frozen=True, order=True):
    """What could not be read of a file, and where: `offset` counts bytes of what was unpacked, of UTF-16 those that it has in UTF-8."""

    file: str
    offset: int
    says: str

    def __str__(self) -> str:
        """Say it in one line."""
        return f"{self.file}, byte {self.offset}: {self.says}"


type Note = Callable[[int, str], None]
"""Takes an offset and what is wrong there."""


def pieces(stream: BinaryIO, note: Note) -> Iterator[bytes]:
    """Yield what a stream holds, unpacked where it is gzip, in pieces of some 8 MiB. What is broken is noted, and ends it."""
    done = 0
    try:
        first = stream.read(PIECE_BYTES)
        packed = first[:2] == GZIP
        for piece in _unpacked(stream, first, note) if packed else _plain(stream, first):
            done += len(piece)
            yield piece
    except OSError as error:
        note(done, f"the file cannot be read: {error.strerror or error}")


def _plain(stream: BinaryIO, first: bytes) -> Iterator[bytes]:
    piece = first
    while piece:
        yield piece
        piece = stream.read(PIECE_BYTES)


def _unpacked(stream: BinaryIO, first: bytes, note: Note) -> Iterator[bytes]:
    """Unpack one gzip member after another."""
    taken, done, waiting = len(first), 0, first
    unpacker = fast.decompressobj(WINDOW)
    while True:
        try:
            piece = unpacker.decompress(waiting, PIECE_BYTES)
        except (zlib.error, fast.error) as error:
            note(done, f"the gzip data is broken: {error}")
            return
        done += len(piece)
        if piece:
            yield piece
        if done > max(UNSUSPECTED_BYTES, taken * MOST_RATIO):
            note(done, f"more than {MOST_RATIO} times as much comes out as went in: the rest is not unpacked")
            return
        waiting = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
        if not waiting:
            waiting = stream.read(PIECE_BYTES)
            taken += len(waiting)
        if unpacker.eof:
            if not waiting.strip(b"\0"):
                return
            unpacker = fast.decompressobj(WINDOW)
        elif not waiting and not piece:
            note(done, "the gzip data ends too early")
            return


def decoded(parts: Iterator[bytes], note: Note) -> Iterator[bytes]:
    """Yield what text is without its mark of byte order, and in UTF-8 what PowerShell wrote in UTF-16."""
    first = next(parts, b"")
    while len(first) < len(codecs.BOM_UTF8) and (piece := next(parts, b"")):
        first += piece
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        yield from _from_utf16(first, parts, note)
        return
    # Blanks keep the offsets as they are.
    yield b"   " + first[3:] if first.startswith(codecs.BOM_UTF8) else first
    yield from parts


def _from_utf16(first: bytes, parts: Iterator[bytes], note: Note) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder("utf-16")("replace")
    done = 0
    for part in chain((first,), parts):
        piece = decoder.decode(part).encode()
        done += len(piece)
        yield piece
    if rest := decoder.decode(b"", final=True).encode():
        note(done, "the text, which is UTF-16, ends within a character")
        yield rest
