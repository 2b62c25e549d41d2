"""Sigma's conditions: `call and not 1 of refused*`.

https://sigmahq.io/docs/basics/conditions.html
"""

import re
from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase

from hexward.detections.expression import All, Expression, Not, Some
from hexward.detections.place import shown

TOKEN = re.compile(r"\s*([()]|[\w*?.-]+)")
DEEPEST, LONGEST = 50, 10_000


def parsed(condition: str, selections: Mapping[str, Expression]) -> Expression:
    """Return the expression that a condition makes of selections. Raises ValueError, in one line, where it cannot be read."""
    condition, tokens, place = condition.strip(), [], 0
    if len(condition) > LONGEST:
        raise ValueError(f"the condition is longer than {LONGEST} characters")
    while place < len(condition):
        token = TOKEN.match(condition, place)
        if token is None:
            raise ValueError(f"the condition cannot be read at {shown(condition[place:].strip())}")
        tokens.append(token[1])
        place = token.end()
    reader = _Reader(tokens, selections)
    expression = reader.some()
    if reader.place < len(tokens):
        raise ValueError(f"the condition goes on after its end with {shown(tokens[reader.place])}")
    return expression


class _Reader:
    """Reads by descent: `not` binds most, then `and`, then `or`."""

    def __init__(self, tokens: list[str], selections: Mapping[str, Expression]) -> None:
        self.tokens = tokens
        self.selections = selections
        self.place = 0
        self.depth = 0

    def take(self, *words: str) -> str:
        """Take the next token if it is one of these words, whatever its case; else return an empty text."""
        if self.place < len(self.tokens) and self.tokens[self.place].lower() in words:
            self.place += 1
            return self.tokens[self.place - 1].lower()
        return ""

    def some(self) -> Expression:
        parts = [self.all()]
        while self.take("or"):
            parts.append(self.all())
        return joined(Some, parts)

    def all(self) -> Expression:
        parts = [self.one()]
        while self.take("and"):
            parts.append(self.one())
        return joined(All, parts)

    def one(self) -> Expression:
        self.depth += 1
        if self.depth > DEEPEST:
            raise ValueError("the condition is nested too deeply")
        if self.take("not"):
            inner: Expression = Not(self.one())
        elif self.take("("):
            inner = self.some()
            if not self.take(")"):
                raise ValueError("the condition lacks a )")
        else:
            inner = self.named()
        self.depth -= 1
        return inner

    def named(self) -> Expression:
        """Read the name of a selection, or how many of those that a pattern names."""
        if self.place >= len(self.tokens):
            raise ValueError("the condition ends too early")
        word = self.tokens[self.place]
        self.place += 1
        if word.lower() in {"1", "any", "all"} and self.take("of"):
            return self.quantified(word.lower())
        if word not in self.selections:
            raise ValueError(f"the condition names {shown(word)}, which is no selection")
        return self.selections[word]

    def quantified(self, quantity: str) -> Expression:
        if self.place >= len(self.tokens):
            raise ValueError("the condition ends too early")
        pattern = self.tokens[self.place]
        self.place += 1
        # Sigma keeps names that begin with _ out of `them`.
        wanted = [
            name
            for name in self.selections
            if (not name.startswith("_") if pattern.lower() == "them" else fnmatchcase(name, pattern))
        ]
        if not wanted:
            raise ValueError(f"no selection is named as {shown(pattern)}")
        return joined(All if quantity == "all" else Some, [self.selections[name] for name in wanted])


def joined(kind: type[All] | type[Some], parts: Iterable[Expression]) -> Expression:
    """Join expressions; one alone stays as it is."""
    several = tuple(parts)
    return several[0] if len(several) == 1 else kind(several)
