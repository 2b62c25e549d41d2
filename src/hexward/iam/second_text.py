"""Texts and their patterns, as the solver of the second opinion takes them."""

import re
from collections.abc import Iterable
from typing import Any

ESCAPES = {"${*}": "*", "${?}": "?", "${$}": "$"}
TOKEN = re.compile(r"\$\{[*?$]\}|.", re.DOTALL)


class NoOpinion(Exception):  # noqa: N818  (a verdict, not an error of the tool)
    """The policies say something that the second opinion does not encode."""


class Texts:
    """Makes terms and regular expressions of one solver."""

    def __init__(self, smt: Any) -> None:  # noqa: ANN401  (a module)
        """Take the solver's module."""
        self.smt = smt
        self.any_character = smt.AllChar()
        self.account = self.row(*[smt.Range("0", "9")] * 12)

    def any_(self, terms: Iterable[Any]) -> Any:  # noqa: ANN401
        """Join terms by or."""
        found = list(terms)
        if len(found) > 1:
            return self.smt.Or(*found)
        return found[0] if found else self.smt.BoolVal(False)  # noqa: FBT003

    def all_(self, terms: Iterable[Any]) -> Any:  # noqa: ANN401
        """Join terms by and."""
        found = list(terms)
        if len(found) > 1:
            return self.smt.And(*found)
        return found[0] if found else self.smt.BoolVal(True)  # noqa: FBT003

    def row(self, *parts: Any) -> Any:  # noqa: ANN401
        """Return one regular expression after another."""
        return self.smt.Concat(*parts) if len(parts) > 1 else parts[0]

    def without(self, characters: str) -> Any:  # noqa: ANN401
        """Return any character but some."""
        out = self.any_character
        for one in characters:
            out = self.smt.Diff(out, self.smt.Re(one))
        return out

    def plus(self, part: Any) -> Any:  # noqa: ANN401
        """Return one or more of something."""
        return self.smt.Plus(part)

    def refuse_variables(self, text: str, *, variables: bool) -> None:
        """Raise NoOpinion for a text with policy variables."""
        if variables and "${" in re.sub(r"\$\{[*?$]\}", "", text):
            raise NoOpinion(text)

    def glob(self, pattern: str, *, variables: bool = False, any_case: bool = False, plain: bool = False) -> Any:  # noqa: ANN401
        """Return the regular expression of a pattern as policies write it; `plain` takes wildcards for what they are."""
        smt = self.smt
        parts = []
        for piece in TOKEN.findall(pattern):
            if variables and piece in ESCAPES:
                parts.append(smt.Re(ESCAPES[piece]))
            elif len(piece) > 1:
                parts += [smt.Re(one) for one in piece] if plain else [self.glob(one) for one in piece]
            elif piece in "*?" and not plain:
                parts.append(smt.Star(self.any_character) if piece == "*" else self.any_character)
            elif any_case and piece.lower() != piece.upper():
                parts.append(smt.Union(smt.Re(piece.lower()), smt.Re(piece.upper())))
            else:
                parts.append(smt.Re(piece))
        return self.row(*parts) if parts else smt.Re("")
