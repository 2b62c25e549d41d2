"""Answers with a third value: a question that AWS's documentation or the request does not settle is neither yes nor no."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Doubt:
    """Neither true nor false; `construct` names what is not supported or not known."""

    construct: str

    def __bool__(self) -> bool:
        """Refuse to be taken for yes or no by accident."""
        msg = f"a doubt is neither true nor false: {self.construct}"
        raise TypeError(msg)


type Answer = bool | Doubt
"""Compare with `is True`, `is False`; never by truth."""


def all_of(answers: Iterable[Answer]) -> Answer:
    """Return False if one answer is False, else a doubt if one is in doubt, else True."""
    doubt: Doubt | None = None
    for answer in answers:
        if answer is False:
            return False
        if isinstance(answer, Doubt):
            doubt = answer
    return True if doubt is None else doubt


def any_of(answers: Iterable[Answer]) -> Answer:
    """Return True if one answer is True, else a doubt if one is in doubt, else False."""
    doubt: Doubt | None = None
    for answer in answers:
        if answer is True:
            return True
        if isinstance(answer, Doubt):
            doubt = answer
    return False if doubt is None else doubt


def not_(answer: Answer) -> Answer:
    """Return the opposite answer; the opposite of a doubt is the same doubt."""
    return answer if isinstance(answer, Doubt) else not answer
