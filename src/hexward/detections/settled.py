"""What rules still ask of one kind of calls, once a few of Hexward's words are settled: worked out once for all callers alike in those."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import msgspec

from hexward.detections.engine import Compiled
from hexward.detections.expression import Expression, fields
from hexward.detections.look import Look, briefly
from hexward.detections.match import Matcher
from hexward.detections.possible import bound, question, rest
from hexward.events.brief import Told, tells

ANYWHERE = ("principal", "principal_kind", "platform", "long_term_key", "mature", "action_new", "stage")
"""Words that have one value for all calls of one kind by callers who are alike."""
SETTLED = (*ANYWHERE, "source", "network", "country", "network_new", "key_network_new", "region_new")
"""Words that have one value for all records that agree in what `briefs.Briefs` tells them apart by."""
OF_KIND = frozenset({"awsRegion", "errorCode", "eventName", "eventSource", *(f"hexward.{word}" for word in SETTLED)})
"""The fields that do."""
LONGEST_KEY = 256
"""Words of more bytes together, as JSON, hardly any two callers have in common."""


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """What one rule that may match still asks of a brief.

    Where the brief does not tell all that it needs, `matches` says whether the whole record may match. `always` is whether nothing is left
    to ask, nor to be told of single records; `one_head` whether all hits agree in their head.
    """

    rule: Compiled
    matches: Matcher
    is_told: bool
    always: bool
    one_head: bool
    value: Look | None


class Rules:
    """The rules that calls of one kind may match. `settled` are words that have one value for all calls there are."""

    def __init__(self, rules: tuple[Compiled, ...], settled: Mapping[str, object]) -> None:
        """Look which words any of the rules wants to know."""
        self._rules = rules
        self._settled = settled
        asked_for = frozenset().union(*(_fields(rule.left) for rule in rules))
        told = asked_for.union(*(rule.names for rule in rules))
        self._anywhere, self._here = (_words(some, told) for some in (ANYWHERE, SETTLED))
        self._decide = _words((*SETTLED, *settled), asked_for)
        self._questions: dict[bytes, tuple[Question, ...]] = {}

    def anywhere(self, event: Told) -> dict[str, object]:
        """Return the words, of those that any rule wants to know, that are settled for all calls of callers like an event's."""
        return {**self._settled, **{word: event.word(word) for word in self._anywhere}}

    def here(self, event: Told) -> dict[str, object]:
        """Return those that are settled for all records like an event."""
        return {**self._settled, **{word: event.word(word) for word in self._here}}

    def questions(self, settled: Mapping[str, object]) -> tuple[Question, ...]:
        """Return what the rules still ask that may match what is settled."""
        words = {word: settled[word] for word in self._decide if word in settled}
        # JSON tells `1` from `true`, which are equal in Python.
        key = msgspec.json.encode(words)
        found = self._questions.get(key)
        if found is None:
            found = tuple(self._asked(words))
            if len(key) <= LONGEST_KEY:
                self._questions[key] = found
        return found

    def _asked(self, settled: Mapping[str, object]) -> Iterator[Question]:
        known = {"hexward": settled, **{f"hexward.{word}": value for word, value in settled.items()}}
        for rule in self._rules:
            left = rule.left if isinstance(rule.left, bool) else rest(rule.left, known)
            is_told = all(map(_told, rule.names | _fields(left)))
            matches = question(left if is_told or isinstance(left, bool) else bound(left, _told), briefly)
            if matches is not None:
                always = left is True and {rule.name_of_value} <= OF_KIND | {""}
                value = briefly(rule.name_of_value) if rule.value is not None else None
                yield Question(rule, matches, is_told, always, rule.names_of_group <= OF_KIND, value)


def _fields(left: Expression | bool) -> frozenset[str]:  # noqa: FBT001  (an answer)
    """Return the fields that are asked for."""
    return frozenset() if isinstance(left, bool) else fields(left)


def _words(words: Iterable[str], names: frozenset[str]) -> tuple[str, ...]:
    """Return those words that are among the names of some fields."""
    return tuple(word for word in words if f"hexward.{word}" in names)


def _told(field: str) -> bool:
    return field.startswith("hexward.") or tells(field)
