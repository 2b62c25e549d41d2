"""What the user probably meant by a word that does not exist."""

import difflib
from collections.abc import Iterable
from typing import Any

import click

ENOUGH = 0.6
"""How alike two words must be, as difflib measures it, that one may stand for the other."""


def nearest(word: str, known: Iterable[str]) -> str:
    """Return `; did you mean X?` with the likeliest word in any case, the first of equals, or an empty text if none is like it."""
    likeness = {one: difflib.SequenceMatcher(None, word.lower(), one.lower()).ratio() for one in known}
    near = max(likeness, key=likeness.__getitem__, default="")
    return f"; did you mean {near}?" if likeness.get(near, 0) >= ENOUGH else ""


class OneOf(click.Choice[str]):
    """An option that takes one of a few words; for any other it suggests the nearest."""

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:  # noqa: ANN401  (click's own)
        """Name the word that was probably meant, or all that there are."""
        del ctx
        return f"there is no {str(value)!r}" + (
            nearest(str(value), self.choices) or f"; there are {', '.join(self.choices)}"
        )
