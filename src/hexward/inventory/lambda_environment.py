"""What a function's environment tells: which AI things and data stores it names, and under which names it holds secrets.

No value is kept but a reference: a name, an address or an ARN that looks like no secret.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

_REFERRING = re.compile(r"ENDPOINT|MODEL|BUCKET|KNOWLEDGE_?BASE|AGENT|GUARDRAIL", re.IGNORECASE)
_STORING = re.compile(
    r"TABLE|COLLECTION|DOMAIN|CLUSTER|DATABASE|(?<![A-Z])DB_?(NAME|ID)|SECRET_?(NAME|ID)$", re.IGNORECASE
)
_SECRET = re.compile(r"KEY|SECRET|TOKEN|PASS|CREDENTIAL|AUTH", re.IGNORECASE)
_REFERENCE = re.compile(r"(arn:aws|s3://)[^\s@?#]{1,512}|[A-Za-z0-9][A-Za-z0-9.:/-]{0,127}")
_STORE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,127}")
_STORE_ARN = re.compile(
    r"arn:aws[a-z-]*:(dynamodb|rds|es|aoss|s3vectors|secretsmanager):[a-z0-9-]+:\d{12}:[A-Za-z0-9:/._+=-]{1,512}"
)
_STORE_HOST = re.compile(
    r"(?:https://)?(?P<host>[a-z0-9.-]{1,200}\.(?:rds|es|aoss|neptune|docdb)\.amazonaws\.com(?:\.cn)?)(?::\d{1,5})?/?"
)
_SECRET_VALUE = re.compile(
    # Ids of access keys (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html), secrets of access keys,
    # hashes and hexadecimal tokens, signed tokens, and the keys of model vendors.
    r"\b(AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\b|\b(?=[a-z0-9/]*[A-Z])(?=[A-Z0-9/]*[a-z])(?=[A-Za-z/]*\d)[A-Za-z0-9/]{40}\b"
    r"|[0-9a-fA-F]{32}|\beyJ[A-Za-z0-9-]{8}|^(sk|hf|gh[opsu]|xox[abp]|glpat)-"
)
_NAMES_SECRET = re.compile(
    r"(^|_)(PASSWORD|PASSWD|PWD|PASSPHRASE|SECRET|SECRETS|TOKEN|API_?KEY|APIKEY|ACCESS_?KEY|SECRET_?KEY|PRIVATE_?KEY|CREDENTIALS?)$"
)
"""Variables that hold a secret by their name, in upper case with words parted; `MAX_TOKENS` and `SECRET_ARN` do not."""
_IS_SECRET = re.compile(
    # Texts that are secrets whatever the variable is called: ids of access keys, keys of vendors by their published beginnings,
    # signed tokens, private keys, and addresses with a password.
    r"\b(AKIA|ASIA)[A-Z0-9]{16}\b|(^|[\s\"'=])(sk-[\w-]{20}|hf_[A-Za-z0-9]{20}|gh[opsur]_[A-Za-z0-9]{20}|github_pat_\w{20}|glpat-[\w-]{16}"
    r"|xox[abpr]-[\w-]{10})|\beyJ[\w-]{8,}\.eyJ|-----BEGIN [A-Z ]*PRIVATE KEY|://[^/\s:@]*:[^/\s@]+@"
)
_NO_SECRET = re.compile(r"arn:aws|https?://[^@]*$|/[\w./-]+$|(true|false|none|null|\d{1,5})?$", re.IGNORECASE)
"""Values under a secret's name that are none: an ARN, address or path of where it is kept, a switch, a number, or nothing."""


def of_environment[T](read: Callable[[Any], T]) -> Callable[[Any], T]:
    """Let a function that reads variables read an environment; it raises ValueError for one that the caller may not decrypt.

    https://docs.aws.amazon.com/lambda/latest/api/API_EnvironmentResponse.html
    """

    def read_environment(raw: Any) -> T:  # noqa: ANN401  (AWS's own JSON)
        if not isinstance(raw, dict):
            msg = f"an environment is a structure, not {type(raw).__name__}"
            raise ValueError(msg)
        if raw.get("Error") is not None and "Variables" not in raw:
            msg = "the environment could not be decrypted"
            raise ValueError(msg)
        return read(raw.get("Variables", {}))

    return read_environment


def references(variables: Any) -> dict[str, str]:  # noqa: ANN401
    """Keep the variables that name an endpoint, model, bucket or agent. Raises ValueError for no structure."""
    return {
        name: value
        for name, value in _texts(variables)
        if _REFERRING.search(name)
        and not _SECRET.search(name)
        and _REFERENCE.fullmatch(value)
        and not _SECRET_VALUE.search(value)
    }


def stores(variables: Any) -> dict[str, str]:  # noqa: ANN401
    """Keep the variables that name a data store or a secret, by its ARN, its host or its name. Raises ValueError as above."""
    named = ((name, _store(name, value)) for name, value in _texts(variables))
    return {name: store for name, store in named if store}


def _store(name: str, value: str) -> str:
    """Return what a variable names, empty if it names no store."""
    if _STORE_ARN.fullmatch(value):
        return value
    if _SECRET_VALUE.search(value):
        return ""
    if host := _STORE_HOST.fullmatch(value):
        return host["host"]
    names = _STORING.search(name)
    plain = names and (names[0].upper().startswith("SECRET") or not _SECRET.search(name))
    return value if plain and _STORE_NAME.fullmatch(value) else ""


def secrets(variables: Any) -> list[str]:  # noqa: ANN401
    """Return the names of the variables that hold a secret, by their name or by what they hold. Raises ValueError as above."""
    return sorted(name for name, value in _texts(variables) if _holds_secret(name, value))


def _holds_secret(name: str, value: str) -> bool:
    if _IS_SECRET.search(value):
        return True
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).upper()
    return _NAMES_SECRET.search(words) is not None and not _NO_SECRET.match(value)


def _texts(variables: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401
    if not isinstance(variables, dict):
        msg = f"variables are a structure, not {type(variables).__name__}"
        raise ValueError(msg)
    for name, value in variables.items():
        if isinstance(name, str) and isinstance(value, str):
            yield name, value
