"""Patterns by which CloudWatch Logs picks JSON events out of a log group, for metric filters.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntaxForMetricFilters.html
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

type Matcher = Callable[[Mapping[str, Any]], bool]
"""Says whether an event, as parsed JSON, matches."""

TOKEN = re.compile(
    r"""\s*(?:
        (?P<selector>\$(?:\.?[\w@/-]+|\[\s*(?:\d+|\*|'[^']*'|"[^"]*")\s*\]|\.(?=\[))*)
      | (?P<sign>&&|\|\||!=|<=|>=|=|<|>|\(|\))
      | "(?P<text>(?:[^"\\]|\\.)*)"
      | %(?P<regex>[^%]*)%
      | (?P<word>[^\s()&|=<>!"{}]+)
    )""",
    re.VERBOSE,
)
STEP = re.compile(r"\.?([\w@/-]+)|\[\s*(?:(\d+)|'([^']*)'|\"([^\"]*)\")\s*\]")
MISSING = object()


@lru_cache(maxsize=4096)
def matcher(pattern: str) -> Matcher:
    """Return what says whether an event matches a pattern. Raises ValueError for a pattern of another form or that is wrong.

    An empty pattern matches every event; patterns of words or of columns, which are not for JSON, are not read.
    """
    text = pattern.strip()
    if not text:
        return lambda _: True
    if not (text.startswith("{") and text.endswith("}")):
        msg = f"the pattern {pattern[:80]!r} is not for JSON"
        raise ValueError(msg)
    tokens = _tokens(text[1:-1])
    reader = _Reader(tokens)
    found = reader.any_of()
    if reader.place < len(tokens):
        msg = f"the pattern {pattern[:80]!r} goes on after its end"
        raise ValueError(msg)
    return found


def _tokens(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    place = 0
    while text[place:].strip():
        token = TOKEN.match(text, place)
        if token is None or token.lastgroup is None:
            msg = f"the pattern cannot be read at {text[place:].strip()[:40]!r}"
            raise ValueError(msg)
        found.append((token.lastgroup, token[token.lastgroup]))
        place = token.end()
    return found


class _Reader:
    """Reads an expression: `||` binds less than `&&`, and both less than a comparison."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.tokens = tokens
        self.place = 0
        self.depth = 0

    def take(self, *wanted: str) -> str | None:
        """Take the next token if it is one of these words or signs, whatever their case."""
        if self.place < len(self.tokens):
            kind, text = self.tokens[self.place]
            if kind in {"sign", "word"} and text.upper() in wanted:
                self.place += 1
                return text.upper()
        return None

    def any_of(self) -> Matcher:
        parts = [self.all_of()]
        while self.take("||"):
            parts.append(self.all_of())
        return parts[0] if len(parts) == 1 else lambda event: any(part(event) for part in parts)

    def all_of(self) -> Matcher:
        parts = [self.one()]
        while self.take("&&"):
            parts.append(self.one())
        return parts[0] if len(parts) == 1 else lambda event: all(part(event) for part in parts)

    def one(self) -> Matcher:
        if not self.take("("):
            return self.comparison()
        self.depth += 1
        if self.depth > 50:  # noqa: PLR2004  (CloudWatch Logs takes 1,024 characters; a hostile server could send any number)
            msg = "the pattern is nested too deeply"
            raise ValueError(msg)
        inner = self.any_of()
        if not self.take(")"):
            msg = "the pattern lacks a )"
            raise ValueError(msg)
        self.depth -= 1
        return inner

    def comparison(self) -> Matcher:
        kind, text = self.next()
        if kind != "selector":
            msg = f"{text!r} stands where a property such as $.eventName is due"
            raise ValueError(msg)
        look = _selected(text)
        if self.take("NOT"):
            self.expect("EXISTS")
            return lambda event: look(event) is MISSING
        if self.take("EXISTS"):
            return lambda event: look(event) is not MISSING
        if self.take("IS"):
            values = {"NULL": None, "TRUE": True, "FALSE": False}
            wanted = values[self.expect(*values)]
            return lambda event: look(event) is wanted
        sign = self.expect("=", "!=", "<", ">", "<=", ">=")
        return _compared(look, sign, *self.next())

    def expect(self, *wanted: str) -> str:
        found = self.take(*wanted)
        if found is None:
            msg = f"{' or '.join(wanted)} is due in the pattern"
            raise ValueError(msg)
        return found

    def next(self) -> tuple[str, str]:
        if self.place >= len(self.tokens):
            msg = "the pattern ends too early"
            raise ValueError(msg)
        self.place += 1
        return self.tokens[self.place - 1]


def _selected(selector: str) -> Callable[[Mapping[str, Any]], Any]:
    steps: list[str | int] = []
    place = 1
    while place < len(selector):
        step = STEP.match(selector, place + (selector[place : place + 2] == ".["))
        if step is None:
            msg = f"the property {selector[:80]!r} cannot be followed"
            raise ValueError(msg)
        steps.append(int(step[2]) if step[2] else next(part for part in step.group(1, 3, 4) if part is not None))
        place = step.end()

    def look(event: Any) -> Any:  # noqa: ANN401  (parsed JSON)
        for step in steps:
            event = _member(event, step)
        return event

    return look


def _member(value: Any, step: str | int) -> Any:  # noqa: ANN401
    if isinstance(step, int):
        return value[step] if isinstance(value, list) and step < len(value) else MISSING
    return value.get(step, MISSING) if isinstance(value, Mapping) else MISSING


def _compared(look: Callable[[Mapping[str, Any]], Any], sign: str, kind: str, value: str) -> Matcher:
    if kind not in {"text", "word", "regex"}:
        msg = f"{value!r} stands where a value is due"
        raise ValueError(msg)
    if sign in {"=", "!="}:
        same = _equal(kind, value)

        def compare(event: Mapping[str, Any]) -> bool:
            found = look(event)
            # A property that is not there compares with nothing, and neither does a structure.
            return not (found is MISSING or isinstance(found, (Mapping, list))) and same(found) is (sign == "=")

        return compare
    number = float(value)
    order = {"<": float.__lt__, ">": float.__gt__, "<=": float.__le__, ">=": float.__ge__}[sign]

    def ordered(event: Mapping[str, Any]) -> bool:
        found = look(event)
        return isinstance(found, (int, float)) and not isinstance(found, bool) and order(float(found), number)

    return ordered


def _equal(kind: str, value: str) -> Callable[[Any], bool]:
    if kind == "regex":
        if re.search(r"\)[*+?{]", value):
            # Whoever may write a pattern must not be able to keep an audit busy for ever.
            msg = f"the regular expression {value[:80]!r} repeats a group, which is not read"
            raise ValueError(msg)
        try:
            found = re.compile(value)
        except re.error as error:
            msg = f"the regular expression {value[:80]!r} cannot be read: {error}"
            raise ValueError(msg) from error
        return lambda told: isinstance(told, str) and found.search(told) is not None
    plain = re.sub(r"\\(.)", r"\1", value) if kind == "text" else value
    whole = re.compile(".*".join(map(re.escape, re.split(r"\*+", plain))), re.DOTALL)
    return lambda told: whole.fullmatch(_text(told)) is not None


def _text(told: object) -> str:
    if isinstance(told, bool):
        return str(told).lower()
    return "null" if told is None else str(told)
