"""YAML whose every value knows its line, so that what is wrong with a rule is said where it stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NoReturn

import yaml

from hexward.detections.detection import DetectionError

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Ten times as quick where PyYAML was built with libyaml."""

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


def documents(text: str, file: str) -> Iterator[Place]:
    """Yield the documents of a YAML file. Raises DetectionError where it cannot be read."""
    loader = LOADER(text)
    try:
        while loader.check_node():
            yield _placed(loader, loader.get_node(), file, set())
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark is not None else 1
        raise DetectionError(f"{file}:{line}: {error.problem}") from error
    except yaml.YAMLError as error:
        raise DetectionError(f"{file}:1: {' '.join(str(error).split())}") from error
    finally:
        loader.dispose()


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
                at.wrong(f"{key.value!r} stands twice")
            members[key.value] = _placed(loader, value, file, seen)
        return Place(file, place.line, members)
    return Place(file, place.line, _scalar(loader, node, place))


def _scalar(loader: Any, node: Any, place: Place) -> object:  # noqa: ANN401
    try:
        value = loader.construct_object(node)
    except ValueError:
        place.wrong(f"{node.value!r} cannot be read; put it in quotes")
    if isinstance(value, bool) and node.value.lower() in SURPRISES:
        place.wrong(f"YAML reads {node.value} as {str(value).lower()}; put it in quotes, or write {str(value).lower()}")
    if isinstance(value, (int, float)) and not isinstance(value, bool) and str(value) != node.value:
        place.wrong(f"YAML reads {node.value} as {value}; put it in quotes, or write {value}")
    return value
