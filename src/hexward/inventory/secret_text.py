"""Which kinds of secrets a text seems to hold, and on which lines; the secrets themselves are never kept."""

import re
from collections.abc import Iterator

import msgspec


class SecretHit(msgspec.Struct, frozen=True):
    """A line, counted from 1, that seems to hold a secret of a kind."""

    kind: str
    line: int


PATTERNS = {
    # https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html: these two prefixes are of keys.
    "access key id": re.compile(r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b"),
    "private key": re.compile(r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----"),
    "vendor token": re.compile(
        r"\b(?:gh[oprsu]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{22}|glpat-[\w-]{20}|hf_[A-Za-z0-9]{30}"
        r"|sk-(?:ant-|proj-)?[A-Za-z0-9_-]{20}|xox[abprs]-[\w-]{10}|eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.)"
    ),
    "password in an address": re.compile(r"\b[a-z][a-z0-9+.-]*://[^/\s:@'\"]+:(?![$<{])[^/\s:@'\"]{3,}@"),
    "secret in a variable": re.compile(
        # The name ends with the word, so that SECRET_NAME= is none; what comes from a variable, a command or an ARN is none either.
        r"(?:password|passwd|secret|token|api_?key|access_?key)[\"']?\s*[=:]\s*[\"']?"
        r"(?![$`<{]|arn:|https?:)(?=[^\s\"']*\d)(?=[^\s\"']*[a-z])[^\s\"'/]{8,}",
        re.IGNORECASE,
    ),
}
"""What secrets look like, by the name of the kind, the surest first."""


def secrets_in(text: str) -> Iterator[SecretHit]:
    """Yield a hit for each line that seems to hold a secret, of the surest kind that fits."""
    for number, line in enumerate(text.splitlines(), 1):
        kind = next((kind for kind, pattern in PATTERNS.items() if pattern.search(line)), None)
        if kind is not None:
            yield SecretHit(kind, number)
