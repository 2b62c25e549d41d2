"""Policy documents as AWS hands them out: a structure, or JSON in a text; kept as text, which is small and can be a cache's key."""

from typing import Any
from urllib.parse import unquote

import msgspec


def document(raw: Any) -> str:  # noqa: ANN401  (AWS's own JSON)
    """Return a policy as JSON text, byte-equal for equal documents; raises ValueError if it is not a JSON object."""
    if isinstance(raw, str):
        # IAM's own interface gives documents URL-encoded (RFC 3986); clients decode them, some exports do not.
        raw = msgspec.json.decode(unquote(raw) if raw.startswith("%7B") else raw)
    if not isinstance(raw, dict):
        msg = f"a policy document is a structure, not {type(raw).__name__}"
        raise ValueError(msg)
    return msgspec.json.encode(raw, order="sorted").decode()


def documents(raw: Any) -> list[str]:  # noqa: ANN401
    """Return the documents of a list of inline policies (`[{"PolicyName": …, "PolicyDocument": …}]`); raises ValueError."""
    if not isinstance(raw, list):
        msg = f"inline policies are a list, not {type(raw).__name__}"
        raise ValueError(msg)
    return [
        document(one["PolicyDocument"]) if isinstance(one, dict) and "PolicyDocument" in one else _missing()
        for one in raw
    ]


def names(raw: Any) -> list[str]:  # noqa: ANN401
    """Return the names of a list of inline policies, in the order of their documents; raises ValueError."""
    if not isinstance(raw, list) or not all(isinstance(one, dict) and "PolicyName" in one for one in raw):
        msg = "not a list of inline policies with their names"
        raise ValueError(msg)
    return [one["PolicyName"] for one in raw]


def _missing() -> str:
    msg = "an inline policy has no PolicyDocument"
    raise ValueError(msg)
