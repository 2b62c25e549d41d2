"""AWS's own description of its answers, as botocore ships it: follows paths through it and checks answers against it."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from typing import Any

import botocore.session
from botocore.model import ListShape, MapShape, OperationModel, ServiceModel, Shape, StructureShape

PLAIN: Mapping[str, type | tuple[type, ...]] = {
    "string": str, "character": str, "boolean": bool, "integer": int, "long": int,
    "float": (int, float), "double": (int, float), "timestamp": datetime, "blob": bytes,
}  # fmt: skip
"""The Python type that botocore hands out for each of AWS's plain types."""

# IAM hands out policy documents decoded, where its model says string.
DECODED = "policyDocumentType"


class NoSuchPathError(Exception):
    """A path names something that AWS's answer does not hold."""


@cache
def service(name: str) -> ServiceModel:
    return botocore.session.get_session().get_service_model(name)


@cache
def operation(call: str) -> OperationModel:
    """Return the model of `client:Operation`; raises botocore's OperationNotFoundError or UnknownServiceError."""
    name, _, of = call.partition(":")
    return service(name).operation_model(of)


def output(call: str) -> StructureShape:
    """Return the shape of an answer; raises NoSuchPathError for a call that answers nothing."""
    shape = operation(call).output_shape
    if not isinstance(shape, StructureShape):
        raise NoSuchPathError(f"{call} answers nothing")
    return shape


def follow(shape: Shape, path: str) -> Shape:
    """Follow members joined by dots, `[]` after a list; raises NoSuchPathError."""
    for step in filter(None, path.split(".")):
        shape = _member(shape, step.removesuffix("[]"))
        if step.endswith("[]"):
            if not isinstance(shape, ListShape):
                raise NoSuchPathError(f"{step} is a {shape.type_name}")
            shape = shape.member
    return shape


def _member(shape: Shape, name: str) -> Shape:
    if isinstance(shape, StructureShape):
        if name not in shape.members:
            raise NoSuchPathError(f"{shape.name} has no {name}")
        return shape.members[name]
    if isinstance(shape, MapShape):
        keys = getattr(shape.key, "enum", None)
        if keys and name not in keys:
            raise NoSuchPathError(f"{name} is not a key of {shape.name}")
        return shape.value
    raise NoSuchPathError(f"{name} was looked for in a {shape.type_name}")


def problems(shape: Shape, value: Any, place: str = "") -> Iterator[str]:
    """Yield what an answer holds that AWS's shape does not allow; members may be left out, as AWS leaves them out."""
    if getattr(shape, "is_document_type", False):
        return
    if isinstance(shape, StructureShape):
        yield from _in_structure(shape, value, place)
    elif isinstance(shape, ListShape):
        items = value if isinstance(value, list) else ()
        yield from () if isinstance(value, list) else (f"{place} is not a list",)
        for number, item in enumerate(items):
            yield from problems(shape.member, item, f"{place}[{number}]")
    elif isinstance(shape, MapShape):
        yield from () if isinstance(value, dict) else (f"{place} is not a map",)
        for key, item in value.items() if isinstance(value, dict) else ():
            yield from problems(shape.key, key, f"{place} key")
            yield from problems(shape.value, item, f"{place}.{key}")
    elif shape.name != DECODED and not _is_plain(shape, value):
        yield f"{place} is {type(value).__name__}, not {shape.type_name}"


def _in_structure(shape: StructureShape, value: Any, place: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{place} is not a structure"
        return
    for name, item in value.items():
        if name not in shape.members:
            yield f"{place}.{name} does not exist in {shape.name}"
        else:
            yield from problems(shape.members[name], item, f"{place}.{name}")


def _is_plain(shape: Shape, value: Any) -> bool:
    if isinstance(value, bool) and shape.type_name != "boolean":
        return False
    return isinstance(value, PLAIN[shape.type_name])
