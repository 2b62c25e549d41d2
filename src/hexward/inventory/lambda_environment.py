"""What a function's environment tells: which AI things and data stores it names, and under which names it holds secrets.

No value is kept but a reference: a name, an address or an ARN that looks like no secret.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from hexward.inventory.secret_text import kind_of

_REFERRING = re.compile(r"ENDPOINT|MODEL|BUCKET|KNOWLEDGE_?BASE|AGENT|GUARDRAIL", re.IGNORECASE)
_STORING = re.compile(
    r"TABLE|COLLECTION|DOMAIN|CLUSTER|DATABASE|(?<![A-Z])DB_?(NAME|ID)|SECRET_?(NAME|ID)$", re.IGNORECASE
)
_SECRET = re.compile(r"KEY|SECRET|TOKEN|PASS|PWD|CREDENTIAL|AUTH|WEBHOOK|SIGNATURE|SIGNING|SALT|COOKIE|(^|_)PW(_|$)")
"""What the name of a variable says whose value is not kept, in upper case with words parted."""
_REFERENCE = re.compile(r"(arn:aws|s3://)[^\s@?#]{1,512}|[A-Za-z0-9][A-Za-z0-9.:/-]{0,127}")
_STORE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,127}")
_STORE_ARN = re.compile(
    r"arn:aws[a-z-]*:(dynamodb|rds|es|aoss|s3vectors|secretsmanager):[a-z0-9-]+:\d{12}:[A-Za-z0-9:/._+=-]{1,512}"
)
_STORE_HOST = re.compile(
    r"(?:https://)?(?P<host>[a-z0-9.-]{1,200}\.(?:rds|es|aoss|neptune|docdb)\.amazonaws\.com(?:\.cn)?)(?::\d{1,5})?/?"
)
_SECRET_VALUE = re.compile(
    # Ids of what IAM makes, secrets of access keys, hashes and hexadecimal tokens, signed tokens, and the keys of model vendors: what
    # might be a secret is not kept, whereas a finding asks for what surely is one (`secret_text.PATTERNS`).
    r"\b(AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\b|\b(?=[a-z0-9/]*[A-Z])(?=[A-Z0-9/]*[a-z])(?=[A-Za-z/]*\d)[A-Za-z0-9/]{40}\b"
    r"|[0-9a-fA-F]{32}|\beyJ[A-Za-z0-9-]{8}|^(sk|hf|gh[opsu]|xox[abp]|glpat)-"
)
_NAMES_SECRET = re.compile(
    r"(PASSWORD|PASSWD|PASSPHRASE)$"
    r"|(^|_)(PASS|PW|PWD|SECRETS?|TOKEN|API_?KEY|ACCESS_?KEY|SECRET_?KEY|PRIVATE_?KEY|CREDENTIALS?)$"
)
"""Variables that hold a secret by their name, in upper case with words parted; `MAX_TOKENS` and `SECRET_ARN` do not."""
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
        and not _SECRET.search(_words(name))
        and _REFERENCE.fullmatch(value)
        and not _may_be_secret(value)
    }


def stores(variables: Any) -> dict[str, str]:  # noqa: ANN401
    """Keep the variables that name a data store or a secret, by its ARN, its host or its name. Raises ValueError as above."""
    named = ((name, _store(name, value)) for name, value in _texts(variables))
    return {name: store for name, store in named if store}


def _store(name: str, value: str) -> str:
    """Return what a variable names, empty if it names no store."""
    if _STORE_ARN.fullmatch(value):
        return value
    if _may_be_secret(value):
        return ""
    if host := _STORE_HOST.fullmatch(value):
        return host["host"]
    names = _STORING.search(name)
    plain = names and (names[0].upper().startswith("SECRET") or not _SECRET.search(_words(name)))
    return value if plain and _STORE_NAME.fullmatch(value) else ""


def secrets(variables: Any) -> list[str]:  # noqa: ANN401
    """Return the names of the variables that hold a secret, by their name or by what they hold. Raises ValueError as above."""
    return sorted(name for name, value in _texts(variables) if _holds_secret(name, value))


def _holds_secret(name: str, value: str) -> bool:
    if kind_of(value) is not None:
        return True
    return _NAMES_SECRET.search(_words(name)) is not None and not _NO_SECRET.match(value)


def _may_be_secret(value: str) -> bool:
    return _SECRET_VALUE.search(value) is not None or kind_of(value) is not None


def _words(name: str) -> str:
    """Return a variable's name in upper case with its words parted: `openaiApiKey` is `OPENAI_API_KEY`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).upper()


def _texts(variables: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401
    if not isinstance(variables, dict):
        msg = f"variables are a structure, not {type(variables).__name__}"
        raise ValueError(msg)
    for name, value in variables.items():
        if isinstance(name, str) and isinstance(value, str):
            yield name, value
