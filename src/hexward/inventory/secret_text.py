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
    "private key": re.compile(r"-----BEGIN [A-Z ]{0,40}PRIVATE KEY"),
    # By their published beginnings; a name may hold them in its middle, as `sagemaker-sk-learn` does.
    "vendor token": re.compile(
        r"(?<![\w-])(?:gh[oprsu]_[A-Za-z0-9]{20}|github_pat_\w{20}|glpat-[\w-]{16}|hf_[A-Za-z0-9]{20}|sk-[\w-]{20}"
        r"|xox[abprs]-[\w-]{10}|eyJ[\w-]{8,400}\.eyJ)|hooks\.slack\.com/services/\w+/\w+/\w"
    ),
    "password in an address": re.compile(r"://[^/\s:@'\"]{0,200}:(?![$<{])[^/\s@'\"]{3,200}@"),
    "secret in a variable": re.compile(
        # The name ends with the word, so that SECRET_NAME= is none; what comes from a variable, a command or an ARN is none either.
        r"(?:password|passwd|secret|token|api_?key|access_?key)[\"']?\s{0,9}[=:]\s{0,9}[\"']?"
        r"(?![$`<{]|arn:|https?:)(?=[^\s\"']{0,200}\d)(?=[^\s\"']{0,200}[a-z])[^\s\"'/]{8,}",
        re.IGNORECASE,
    ),
}
"""What secrets look like, by the name of the kind, the surest first; bounded, so that no text takes long to be searched."""


def kind_of(text: str) -> str | None:
    """Return the surest kind of secret that a line seems to hold, or None."""
    return next((kind for kind, pattern in PATTERNS.items() if pattern.search(text)), None)


def secrets_in(text: str) -> Iterator[SecretHit]:
    """Yield a hit for each line that seems to hold a secret, of the surest kind that fits."""
    for number, line in enumerate(text.splitlines(), 1):
        kind = kind_of(line)
        if kind is not None:
            yield SecretHit(kind, number)
