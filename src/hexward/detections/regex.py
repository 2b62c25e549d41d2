"""Regular expressions that every engine reads, and that no text keeps busy for ever.

Python's engine tries one way after another. Where a repeat stands within a repeat, or several that match the same follow each other,
the ways are as many as a power of the text's length, or more. Such expressions are refused when they are read: no text is then bad.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

LONGEST, MOST_GROUPS = 1000, 50
"""How many characters a regular expression may have, and groups, which re reads by recursion."""
MOST_WAYS = 2
"""How many repeats that match the same may come after each other with something between them: `role/.*admin.*key`."""
MANY = 100
"""From how many times on a repeat counts as one without end."""

TOKEN = re.compile(
    r"\\x[0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\U[0-9a-fA-F]{8}|\\0[0-7]{0,2}|\\."
    r"|\[\^?\]?(?:\\.|[^\\\]])*\]|\{(?:\d+(?:,\d*)?|,\d*)\}|\(\?:|\(\?|.",
    re.DOTALL,
)
QUANTITY = re.compile(r"[*+?]|\{(\d*)(,?)(\d*)\}")
EDGES = {"^", "$", r"\b", r"\B", r"\A", r"\Z"}
"""What matches a place and no character."""
CHARACTERS = "".join(map(chr, range(0x180))) + "\u0416\u4e2d\u2028"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters of which a text has as many as may be: at least one where `must`, without end where `loose`."""

    characters: frozenset[str]
    must: bool
    loose: bool


def fault(text: str) -> str:
    """Return what is wrong with a regular expression, for a message that begins with it; empty where nothing is."""
    tokens = TOKEN.findall(needed(text))
    for mark, after in pairwise([*tokens, ""]):
        if mark == "(?" or re.fullmatch(r"\\[1-9]", mark):
            return "looks around or back, or has flags, which not every engine reads"
        quantity = QUANTITY.fullmatch(after)
        if quantity and mark == ")" and after != "?":
            return "repeats a group, which some texts would keep busy for ever"
        if quantity and after != "?" and QUANTITY.fullmatch(mark) is not None:
            return "repeats a repeat, which not every engine reads"
    return _ways(list(_Pieces(tokens).some()))


def needed(text: str) -> str:
    """Return what a search needs of an expression: it finds the same without `.*` before and after."""
    tokens = TOKEN.findall(text)
    begin, end = 0, len(tokens)
    while tokens[begin : begin + 2] == [".", "*"] and tokens[begin + 2 : begin + 3] != ["+"]:
        begin += 3 if tokens[begin + 2 : begin + 3] == ["?"] else 2
    while end - begin > 1 and tokens[end - 2 : end] == [".", "*"]:
        end -= 2
    return "".join(tokens[begin:end])


def _ways(pieces: list[Piece]) -> str:
    """Say whether repeats that match the same come after each other too often, with nothing to keep them apart."""
    found = [place for place, piece in enumerate(pieces) if piece.loose]
    ways: dict[int, int] = {}
    for place in found:
        before = [one for one in found if one < place and _meet(pieces, one, place)]
        if any(not any(piece.must for piece in pieces[one + 1 : place]) for one in before):
            return "has two repeats that match the same after each other, which some texts would keep busy for ever"
        ways[place] = 1 + max((ways[one] for one in before), default=0)
    if max(ways.values(), default=0) > MOST_WAYS:
        return f"has more than {MOST_WAYS} repeats that match the same, which some texts would keep busy for ever"
    return ""


def _meet(pieces: list[Piece], one: int, other: int) -> bool:
    """Say whether two repeats can match the same text: nothing between them must be what the first cannot pass."""
    own = pieces[one].characters
    between = pieces[one + 1 : other]
    return not own.isdisjoint(pieces[other].characters) and not any(
        piece.must and own.isdisjoint(piece.characters) for piece in between
    )


class _Pieces:
    """Reads tokens by descent into pieces, those of alternatives one after another."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens
        self.place = 0

    def some(self) -> Iterator[Piece]:
        """Read up to the end of a group; of several alternatives nothing must be."""
        found: list[Piece] = []
        several = False
        while self.place < len(self.tokens) and self.tokens[self.place] != ")":
            mark = self.tokens[self.place]
            self.place += 1
            several = several or mark == "|"
            if mark in {"(", "(?:"}:
                inner = tuple(self.some())
                self.place += 1
                optional = self.quantity()[0] == 0
                found += [replace(piece, must=piece.must and not optional) for piece in inner]
            elif mark != "|" and mark not in EDGES:
                least, most = self.quantity()
                found.append(Piece(characters(mark), must=least > 0, loose=most - least >= MANY))
        return iter([replace(piece, must=False) for piece in found] if several else found)

    def quantity(self) -> tuple[float, float]:
        """Read how often what stands before is there, at least and at most."""
        mark = self.tokens[self.place] if self.place < len(self.tokens) else ""
        found = QUANTITY.fullmatch(mark)
        if found is None:
            return 1, 1
        self.place += 1
        if self.place < len(self.tokens) and self.tokens[self.place] == "?":
            self.place += 1
        if mark in {"*", "+", "?"}:
            return int(mark == "+"), 1 if mark == "?" else float("inf")
        least = float(found[1] or 0)
        return least, float(found[3] or "inf") if found[2] else least


@lru_cache(maxsize=1000)
def characters(token: str) -> frozenset[str]:
    """Return which of some characters a token matches, whatever the flags; all of them where that cannot be told."""
    try:
        matches = re.compile(token, re.DOTALL | re.IGNORECASE).fullmatch
    except re.error:
        return frozenset(CHARACTERS)
    return frozenset(filter(matches, CHARACTERS))
