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

SPECIAL = {"*", "?", "$"}
FORBIDDEN = re.compile(r"['{}$]")

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
    done = 0
    while (at := text.find("${", done)) >= 0:
        end = text.find("}", at)
        if end < 0:
            raise PolicyError(place, f"the variable {text[at : at + 40]!r} has no closing brace")
        parts.append(glob.from_policy(text[done:at]) if pattern else text[done:at])
        parts.append(_variable(text[at + 2 : end], place, pattern=pattern))
        done = end + 1
    parts.append(glob.from_policy(text[done:]) if pattern else text[done:])
    return Template(tuple(parts), pattern)


def _variable(inside: str, place: str, *, pattern: bool) -> str | Variable:
    if inside in SPECIAL:
        return glob.literal(inside) if pattern else inside
    key, comma, default = (part.strip() for part in inside.partition(","))
    quoted = len(default) > 1 and default[0] == default[-1] == "'" and "'" not in default[1:-1]
    if not key or FORBIDDEN.search(key) or bool(comma) is not quoted:
        raise PolicyError(place, f"{'${' + inside[:40] + '}'!r} is not a policy variable")
    return Variable(key.lower(), default[1:-1] if quoted else None)
