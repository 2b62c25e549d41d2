"""Reading a policy document as JSON, strictly: no key twice, no endless nesting, no document larger than any of AWS's.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
"""

import json
from collections.abc import Mapping

from hexward.iam.errors import PolicyError

LARGEST = 1024 * 1024
"""Characters; AWS's largest policies have some tens of thousands."""

ALL = '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}'
"""A policy that allows everything, for whoever is asked about as an administrator: then the other policies alone decide."""
ALL_TO_ALL = '{"Statement": {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}}'
"""The same as the policy of a resource."""

type Document = str | Mapping[str, object]
"""A policy: JSON text, or the structure that it decodes to."""


class Number(str):
    """A number as the document writes it, so that 12345678901234567890 and 1.0 stay what they are."""

    __slots__ = ()


class Repeated(dict[str, object]):
    """A JSON object in which a key stands twice; AWS takes none such, and readers disagree on what it means."""

    key: str


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    out = dict(pairs)
    if len(out) == len(pairs):
        return out
    seen: set[str] = set()
    repeated = Repeated(out)
    repeated.key = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
    return repeated


def _constant(name: str) -> object:
    msg = f"{name} is not JSON"
    raise ValueError(msg)


DECODER = json.JSONDecoder(
    object_pairs_hook=_object, parse_int=Number, parse_float=Number, parse_constant=_constant, strict=True
)


def text_of(document: object) -> str:
    """Return a document as text; raises PolicyError if it is neither text nor a structure that JSON can write."""
    if isinstance(document, str):
        return document
    if not isinstance(document, Mapping):
        raise PolicyError("document", f"is a JSON object or its text, not {type(document).__name__}")
    try:
        return json.dumps(document if isinstance(document, dict) else dict(document), allow_nan=False)
    except (TypeError, ValueError) as problem:
        raise PolicyError("document", f"cannot be written as JSON: {problem}") from None
    except RecursionError:
        raise PolicyError("document", "is nested too deeply") from None


def read(text: str) -> dict[str, object]:
    """Decode a document's text; raises PolicyError with line and column."""
    if len(text) > LARGEST:
        raise PolicyError("document", f"has {len(text)} characters, more than any policy of AWS")
    try:
        decoded = DECODER.decode(text)
    except json.JSONDecodeError as problem:
        raise PolicyError(f"line {problem.lineno} column {problem.colno}", problem.msg) from None
    except ValueError as problem:
        raise PolicyError("document", str(problem)) from None
    except RecursionError:
        raise PolicyError("document", "is nested too deeply") from None
    return members(decoded, "document")


def members(value: object, place: str) -> dict[str, object]:
    """Return a JSON object's members; raises PolicyError if it is none, or has a key twice."""
    if not isinstance(value, dict):
        raise PolicyError(place, f"is a JSON object, not {_named(value)}")
    if isinstance(value, Repeated):
        raise PolicyError(place, f"has {value.key!r} twice")
    return value


def text(value: object, place: str) -> str:
    """Return a JSON string; raises PolicyError if it is none."""
    if not isinstance(value, str) or isinstance(value, Number):
        raise PolicyError(place, f"is a text, not {_named(value)}")
    return value


def texts(value: object, place: str, *, empty: bool = False) -> tuple[str, ...]:
    """Return a JSON string, or a list of them, as a tuple; raises PolicyError, for an empty list too unless that may be."""
    return tuple(text(one, where) for one, where in listed(value, place, empty=empty))


def listed(value: object, place: str, *, empty: bool = False) -> list[tuple[object, str]]:
    """Return one value, or each of a list, with its place; raises PolicyError for an empty list, unless that may be."""
    if not isinstance(value, list):
        return [(value, place)]
    if not value and not empty:
        raise PolicyError(place, "is empty")
    return [(one, f"{place}[{at}]") for at, one in enumerate(value)]


def _named(value: object) -> str:
    kinds = {dict: "an object", list: "a list", bool: "a truth value", Number: "a number", str: "a text"}
    return "null" if value is None else kinds.get(type(value), type(value).__name__)
