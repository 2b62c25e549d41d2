r"""Texts with wildcards, as policies write them: `*` is any run of characters, `?` exactly one.

A pattern may hold a literal `*`, `?` or `\` behind a backslash; policies cannot write that, but policy variables
such as `${*}` become it. Matching is linear: no pattern, however hostile, makes it backtrack.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
"""

import re
from collections.abc import Callable
from functools import lru_cache

WILD = re.compile(r"[*?\\]")
TOKEN = re.compile(r"\\(.)|([*?])|([^*?\\]+)", re.DOTALL)

type Matcher = Callable[[str], object]
"""Takes a text; what it returns is true if the text matches."""


def from_policy(text: str) -> str:
    """Return the pattern that a policy's text means: its wildcards count, its backslashes are ordinary characters."""
    return text.replace("\\", "\\\\") if "\\" in text else text


def literal(text: str) -> str:
    """Return the pattern that matches `text` and nothing else."""
    return WILD.sub(r"\\\g<0>", text)


def wild(pattern: str) -> bool:
    """Say whether a pattern matches more than one text."""
    return WILD.search(pattern) is not None and any(token[1] for token in TOKEN.findall(pattern))


def plain(pattern: str) -> str:
    """Return the one text that a pattern without wildcards matches."""
    return TOKEN.sub(lambda token: token[1] or token[0], pattern) if "\\" in pattern else pattern


def everything(pattern: str) -> bool:
    """Say whether a pattern matches every text, the empty one included."""
    return pattern != "" and not pattern.strip("*")


@lru_cache(maxsize=65_536)
def matcher(pattern: str) -> Matcher:
    """Return a function that says whether a text matches the pattern."""
    if not wild(pattern):
        return plain(pattern).__eq__
    if everything(pattern):
        return _always
    if not wild(pattern[:-1]) and pattern[-1] == "*":
        prefix = plain(pattern[:-1])
        return lambda text: text.startswith(prefix)
    return re.compile(regex(pattern), re.DOTALL).fullmatch


def _always(_: str) -> bool:
    return True


def regex(pattern: str) -> str:
    """Return a regular expression for the whole pattern.

    Every run between two stars takes its leftmost place and is never tried elsewhere (an atomic group): the leftmost
    place leaves most room to what follows, so nothing is lost, and the time is linear in text times pattern.
    """
    runs = [""]
    for escaped, wildcard, text in TOKEN.findall(pattern):
        if wildcard == "*":
            runs.append("")
        else:
            runs[-1] += "." if wildcard else re.escape(escaped or text)
    first, *inner, last = runs if len(runs) > 1 else [*runs, ""]
    if len(runs) == 1:
        return first
    return first + "".join(f"(?>.*?{run})" for run in inner if run) + ".*" + last
