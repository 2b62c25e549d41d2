"""YAML whose every value knows its line, so that what is wrong with a rule is said where it stands."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NoReturn

import yaml

from hexward.detections.detection import DetectionError

TEXT = "tag:yaml.org,2002:str"
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Ten times as quick where PyYAML was built with libyaml."""

DEEPEST = 50
"""How deeply a file may nest. libyaml's composer descends by recursion in C, which ends the process and raises nothing."""
LARGEST = 1_000_000
"""How many characters a file may have."""
LONGEST = 100
"""How many characters a number or a time may have; to make one of a million digits takes minutes."""
SHOWN = 40
"""How much of a value is shown in a message."""

SURPRISES = ["yes", "no", "on", "off", "y", "n"]


@dataclass(frozen=True, slots=True)
class Place:
    """A value of a YAML file, and where it stands."""

    file: str
    line: int
    value: Any
    """A mapping of texts to places, a list of places, or a plain value."""

    def wrong(self, says: str) -> NoReturn:
        """Raise DetectionError with the file and the line."""
        raise DetectionError(f"{self.file}:{self.line}: {says}")

    def mapping(self, what: str) -> dict[str, "Place"]:
        """Return the members; raises DetectionError if it is no mapping."""
        if not isinstance(self.value, dict) or not self.value:
            self.wrong(f"{what} is not a mapping")
        return self.value

    def text(self, what: str) -> str:
        """Return a text that is not empty; raises DetectionError if it is none."""
        if not isinstance(self.value, str) or not self.value.strip():
            self.wrong(f"{what} is not a text")
        return self.value.strip()

    def texts(self, what: str) -> tuple[str, ...]:
        """Return a list of texts, or the one that stands alone; raises DetectionError if it is neither."""
        places = self.value if isinstance(self.value, list) else [self]
        return tuple(place.text(f"a part of {what}") for place in places)


def shown(value: object) -> str:
    """Return a value as messages show it: in quotes, cut where it is long, and never with places of its own."""
    if isinstance(value, (list, dict)):
        return "a list" if isinstance(value, list) else "a mapping"
    if isinstance(value, str):
        return repr(value) if len(value) <= SHOWN else f"{value[:SHOWN]!r}…"
    text = str(value)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def documents(text: str, file: str) -> Iterator[Place]:
    """Yield the documents of a YAML file. Raises DetectionError where it cannot be read."""
    if len(text) > LARGEST:
        Place(file, 1, None).wrong(f"the file is longer than {LARGEST} characters")
    try:
        _bounded(text, file)
        with _loading(text) as loader:
            while loader.check_node():
                yield _placed(loader, loader.get_node(), file, set())
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark is not None else 1
        raise DetectionError(f"{file}:{line}: {_one_line(error.problem)}") from error
    except (yaml.YAMLError, UnicodeError) as error:
        raise DetectionError(f"{file}:1: {_one_line(error)}") from error


@contextmanager
def _loading(text: str) -> Iterator[Any]:
    loader = LOADER(text)
    try:
        yield loader
    finally:
        loader.dispose()


def _one_line(error: object) -> str:
    return " ".join(str(error).split())[:200]


def _bounded(text: str, file: str) -> None:
    """Go through the events, which takes no recursion, before anything is composed. Raises DetectionError for what may not be."""
    depth = 0
    with _loading(text) as loader:
        while loader.check_event():
            event = loader.get_event()
            if isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            elif isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            if depth > DEEPEST:
                Place(file, event.start_mark.line + 1, None).wrong("the file is nested too deeply")
            # An explicit tag says that a text is what it is not: !!bool foo.
            tag = getattr(event, "tag", None)
            if tag is not None:
                Place(file, event.start_mark.line + 1, None).wrong(f"the tag {shown(tag)} is not read")


def _placed(loader: Any, node: Any, file: str, seen: set[int]) -> Place:  # noqa: ANN401  (PyYAML's own)
    place = Place(file, node.start_mark.line + 1, None)
    if id(node) in seen:
        place.wrong("anchors and aliases are not read")
    seen.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        return Place(file, place.line, [_placed(loader, one, file, seen) for one in node.value])
    if isinstance(node, yaml.MappingNode):
        members: dict[str, Place] = {}
        for key, value in node.value:
            at = Place(file, key.start_mark.line + 1, None)
            if not isinstance(key, yaml.ScalarNode):
                at.wrong("a key is not a text")
            if key.value in members:
                at.wrong(f"{shown(key.value)} stands twice")
            members[key.value] = _placed(loader, value, file, seen)
        return Place(file, place.line, members)
    return Place(file, place.line, _scalar(loader, node, place))


def _scalar(loader: Any, node: Any, place: Place) -> object:  # noqa: ANN401
    if node.tag != TEXT and len(node.value) > LONGEST:
        place.wrong(f"{shown(node.value)} is too long a number; put it in quotes")
    try:
        value = loader.construct_object(node)
    except (ValueError, LookupError, AttributeError, TypeError, OverflowError):
        place.wrong(f"{shown(node.value)} cannot be read; put it in quotes")
    if isinstance(value, bool) and node.value.lower() in SURPRISES:
        place.wrong(f"YAML reads {node.value} as {str(value).lower()}; put it in quotes, or write {str(value).lower()}")
    if isinstance(value, (int, float)) and not isinstance(value, bool) and str(value) != node.value:
        place.wrong(f"YAML reads {node.value[:SHOWN]} as {shown(value)}; put it in quotes, or write {shown(value)}")
    return value
