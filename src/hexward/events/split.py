"""Bytes → lines, each with its offset; and what of JSON is put right before it is read."""

import json
import re
from collections.abc import Iterator
from math import isfinite

import msgspec

from hexward.events.unpack import Note

MOST_BYTES = 16 << 20
"""Of one record; CloudTrail's are at most 1 MB, and what is longer was not written by AWS."""

NOT_JSON = (msgspec.DecodeError, ValueError, RecursionError)
"""What msgspec raises; ValueError for what is not UTF-8."""

SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")
ESCAPE = re.compile(
    rb"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(\\u[dD][89a-fA-F][0-9a-fA-F]{2})|\\.", re.DOTALL
)
"""A pair of surrogates, one that stands alone, or any other escape."""


def paired(data: bytes) -> bytes:
    """Return JSON in which U+FFFD stands for each lone surrogate, which no decoder takes and anybody may name a thing by."""
    if SURROGATE.search(data) is None:
        return data
    return ESCAPE.sub(lambda found: rb"\ufffd" if found[1] else found[0], data)


def with_any_number(data: bytes) -> object:
    """Read JSON in which a number is too large to reckon with, as `1e999`: it is kept as a text. Raises what `NOT_JSON` names."""
    return json.loads(data, parse_float=_number, parse_constant=_refused)


def _number(text: str) -> float | str:
    found = float(text)
    return found if isfinite(found) else text


def _refused(text: str) -> None:
    raise ValueError(f"{text} is no JSON")


def lines(first: bytes, parts: Iterator[bytes], note: Note) -> Iterator[tuple[int, bytes]]:
    """Yield the lines that hold something, each with its offset; one that is too long is passed over."""
    rest, place = first, 0
    skipping = False
    while rest:
        piece = next(parts, b"")
        *whole, rest = (rest + piece).split(b"\n") if piece else (*rest.split(b"\n"), b"")
        for line in whole:
            if not skipping and line.strip():
                yield place, line
            skipping = False
            place += len(line) + 1
        if len(rest) > MOST_BYTES:
            if not skipping:
                note(place, f"the record has more than {MOST_BYTES >> 20} MiB")
            place += len(rest)
            skipping, rest = True, next(parts, b"")
