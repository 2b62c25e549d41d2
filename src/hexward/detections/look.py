"""Fields → what looks them up in an event: by walking a whole record, or by the short ways of an event that only its brief tells."""

from collections.abc import Callable
from functools import cache
from operator import attrgetter
from typing import Any

from hexward.events.brief import OF_CALLER, PLAIN, RAW, Told
from hexward.events.event import Fields

type Look = Callable[[Any], Any]
"""Looks up one field: its value, a list of values, or None."""


@cache
def looking(path: str) -> Look:
    """Return what looks a path up: its value, a list of values where the path leads through lists, or None if it is not there."""
    steps = tuple(path.split("."))
    if steps[0] == "hexward":
        word = steps[-1]
        # These are worked out one by one, for whoever asks.
        return lambda event: known.get(word) if (known := event.get("hexward")) is not None else None
    if len(steps) == 1:
        return lambda event: event.get(path)

    first, inner = steps[0], tuple(enumerate(steps))[1:]

    def look(event: Fields) -> Any:  # noqa: ANN401  (parsed JSON)
        value = event.get(first)
        for place, step in inner:
            if type(value) is dict:
                value = value.get(step)
            elif type(value) is list:
                return _through(value, steps[place:])
            else:
                return None
        return value

    return look


def _through(values: list[Any], steps: tuple[str, ...]) -> list[Any] | None:
    inner = looking(".".join(steps))
    found = [inner(one) for one in leaves(values) if type(one) is dict]
    known = [one for one in found if one is not None]
    return known or None


def leaves(value: Any) -> list[Any]:  # noqa: ANN401
    """Return the values of a field: those of a list one by one, and of lists within it; null for an empty list."""
    if type(value) is not list:
        return [value]
    found: list[Any] = []
    waiting = [value]
    while waiting:
        for one in waiting.pop():
            (waiting if type(one) is list else found).append(one)
    return found or [None]


@cache
def briefly(path: str) -> Look:
    """Return what looks a path up in events that their briefs tell, with what `looking` finds there."""
    root, _, inner = path.partition(".")
    if root == "hexward":
        word = path.rpartition(".")[2]
        return lambda event: event.word(word)
    if path in OF_CALLER:
        return attrgetter(f"caller.identity.{inner}")
    if path in PLAIN:
        return attrgetter(f"brief.{path}")
    look = looking(path)
    if root not in RAW or not inner:
        return look
    kept = attrgetter(f"brief.{root}")
    # A member whose name does not stand there, where nothing is escaped, is not there: most are not, and need not be looked for.
    name = f'"{inner.partition(".")[0]}"'.encode()

    def asked(event: Told) -> Any:  # noqa: ANN401
        raw = bytes(kept(event))
        return look(event) if raw.find(name) >= 0 or raw.find(b"\\") >= 0 else None

    return asked
