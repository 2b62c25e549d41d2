"""What the user probably meant by a word that does not exist."""

import difflib
from collections.abc import Iterable
from typing import Any

import click


def nearest(word: str, known: Iterable[str]) -> str:
    """Return `; did you mean X?` with the likeliest word, or an empty text if none is like it."""
    near = difflib.get_close_matches(word.lower(), list(known), n=1)
    return f"; did you mean {near[0]}?" if near else ""


class OneOf(click.Choice[str]):
    """An option that takes one of a few words; for any other it suggests the nearest."""

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:  # noqa: ANN401  (click's own)
        """Name the word that was probably meant, or all that there are."""
        del ctx
        return f"there is no {str(value)!r}" + (
            nearest(str(value), self.choices) or f"; there are {', '.join(self.choices)}"
        )
