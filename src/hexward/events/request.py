"""What a request opens, and to whom: accounts and everyone, wherever in its parameters or in a policy's text they are named."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

ARN_ACCOUNT = re.compile(r"arn:[\w-]+:[\w-]*:[\w-]*:(\d{12}):")
OPENING = frozenset({"principal", "aws", "group", "groups", "granteeuri"})
"""Keys, in lower case, whose value says who is let in."""
EVERYONE = frozenset({"*", "all", "arn:aws:iam::*:root", "http://acs.amazonaws.com/groups/global/allusers"})
LONGEST_POLICY = 131_072
"""Characters; a longer text is not looked into as JSON."""


@dataclass(frozen=True, slots=True)
class Named:
    """Whom a request names besides the account itself."""

    other_accounts: frozenset[str] = frozenset()
    everyone: bool = False


def named(parameters: object, account: str) -> Named:
    """Look through the parameters of a request, and through the policies that they hold as text."""
    accounts: set[str] = set()
    everyone = False
    for key, text in _texts(parameters):
        if text.isdecimal() and len(text) == 12:  # noqa: PLR2004  (an account's id)
            accounts.add(text)
        elif text.startswith("arn:"):
            accounts.update(ARN_ACCOUNT.findall(text))
        everyone = everyone or (key in OPENING and text.lower() in EVERYONE) or _is_any_address(text)
    return Named(frozenset(accounts - {account}), everyone)


def _is_any_address(text: str) -> bool:
    """Say whether a text is a range of all addresses; whatever stands before /0 does not matter."""
    return text.endswith("/0") and re.fullmatch(r"[0-9a-fA-F:.]+/0", text) is not None


def _texts(parameters: object) -> Iterator[tuple[str, str]]:
    """Yield every text with the lower-case key that it stands under, from policies too."""
    waiting: list[tuple[str, Any]] = [("", parameters)]
    while waiting:
        key, value = waiting.pop()
        if isinstance(value, str):
            inner = _policy(value)
            if inner is None:
                yield key, value
            else:
                waiting.append((key, inner))
        elif isinstance(value, Mapping):
            if value.get("Effect") == "Deny":
                # A statement that denies lets nobody in, whomever it names.
                continue
            waiting.extend((str(name).lower(), one) for name, one in value.items())
        elif isinstance(value, list):
            waiting.extend((key, one) for one in value)


def grants_all(document: object) -> bool:
    """Say whether a policy, as text, allows all actions, all of IAM's, or all but some, on everything."""
    policy = _policy(document) if isinstance(document, str) else None
    statements = _listed(policy.get("Statement")) if isinstance(policy, dict) else []
    return any(isinstance(one, dict) and _allows_all(one) for one in statements)


def _allows_all(statement: Mapping[str, Any]) -> bool:
    actions = {str(one).lower() for one in _listed(statement.get("Action"))}
    resources = {str(one) for one in _listed(statement.get("Resource"))}
    return (
        statement.get("Effect") == "Allow"
        and ("NotAction" in statement or not actions.isdisjoint({"*", "*:*", "iam:*"}))
        and ("NotResource" in statement or "*" in resources)
    )


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _policy(text: str) -> object:
    """Return the JSON structure that a text is, or None."""
    if not text.lstrip().startswith(("{", "[")) or len(text) > LONGEST_POLICY:
        return None
    try:
        found = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        return None
    return found if isinstance(found, (dict, list)) else None
