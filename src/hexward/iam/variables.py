"""Policy variables: placeholders such as `${aws:username}` that take their value from the request.

They exist in Version 2012-10-17 alone; elsewhere the same text is plain. `${*}`, `${?}` and `${$}` stand for the
characters themselves, and `${key, 'default'}` has a value where the key has none.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from hexward.iam import glob
from hexward.iam.doubt import Doubt
from hexward.iam.errors import PolicyError

INSIDE = re.compile(r"([*?$])\Z|\s*([^,'{}$]*[^\s,'{}$])\s*(?:,\s*'([^']*)'\s*)?\Z")

type Values = tuple[str, ...] | Doubt
"""What a key of the request holds: its values as text, none if it is empty, or a doubt if it has one that is not known."""

type Context = Mapping[str, Values]
"""The request's keys in lower case; a key that is not there is absent."""


@dataclass(frozen=True, slots=True)
class Variable:
    """One placeholder: the key in lower case, and what stands for it where the request lacks the key."""

    key: str
    default: str | None


@dataclass(frozen=True, slots=True)
class Template:
    """A text of a policy, cut at its variables."""

    parts: tuple[str | Variable, ...]
    pattern: bool

    def render(self, context: Context) -> str | Doubt | None:
        """Return the text for one request, or None if a variable in it has no value there.

        In a pattern the wildcards of the policy count, but those in a variable's value are ordinary characters.
        """
        out = []
        for part in self.parts:
            if isinstance(part, str):
                out.append(part)
                continue
            values = context.get(part.key, ())
            if isinstance(values, Doubt):
                return values
            if len(values) > 1 or (not values and part.default is None):
                return None
            value = values[0] if values else part.default or ""
            out.append(glob.literal(value) if self.pattern else value)
        return "".join(out)

    def names(self) -> str:
        """Return the variables as the policy writes them, for a message."""
        return ", ".join(f"${{{part.key}}}" for part in self.parts if isinstance(part, Variable))


def template(text: str, place: str, *, pattern: bool) -> Template | None:
    """Cut a text at its variables; None if it has none. Raises PolicyError for a variable that is not well formed."""
    if "${" not in text:
        return None
    parts: list[str | Variable] = []
    rest = text
    while (at := rest.find("${")) >= 0:
        end = rest.find("}", at)
        if end < 0:
            raise PolicyError(place, f"the variable in {text!r} has no closing brace")
        parts.append(glob.from_policy(rest[:at]) if pattern else rest[:at])
        parts.append(_variable(rest[at + 2 : end], text, place, pattern=pattern))
        rest = rest[end + 1 :]
    parts.append(glob.from_policy(rest) if pattern else rest)
    return Template(tuple(parts), pattern)


def _variable(inside: str, text: str, place: str, *, pattern: bool) -> str | Variable:
    found = INSIDE.match(inside)
    if found is None:
        raise PolicyError(place, f"{'${' + inside + '}'!r} in {text!r} is not a policy variable")
    special, key, default = found.groups()
    if special:
        return glob.literal(special) if pattern else special
    return Variable(key.lower(), default)
