"""What a request opens, and to whom: accounts and everyone, wherever in its parameters or in a policy's text they are named."""

import ipaddress
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

ARN_ACCOUNT = re.compile(r"arn:[\w-]+:[\w-]*:[\w-]*:(\d{12}):")
OPENING = frozenset({"principal", "aws", "group", "groups", "granteeuri"})
"""Keys, in lower case, whose value says who is let in."""
EVERYONE = frozenset({"*", "all", "arn:aws:iam::*:root", "http://acs.amazonaws.com/groups/global/allusers"})
WIDEST = {4: 4, 6: 6}
"""Bits of a prefix, by version of IP, up to which a range is so wide that it means everyone: a sixteenth of all addresses."""
NOBODYS = tuple(map(ipaddress.ip_network, ("224.0.0.0/4", "240.0.0.0/4")))
"""Ranges as wide that no host on the internet has an address of."""
CANONICAL = re.compile(r"[0-9a-f]{64}")
"""The name that S3 has for an account; https://docs.aws.amazon.com/AmazonS3/latest/userguide/finding-canonical-user-id.html."""
LOG_DELIVERY = "c4c1ede66af53448b93c283ce9448c4ba468c9432aa01d700d3878632f77d2d0"
"""AWS's own, which writes the logs of CloudFront.

https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging-legacy-s3.html
"""
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
    for key, text in texts(parameters):
        if text.isdecimal() and len(text) == 12:  # noqa: PLR2004  (an account's id)
            accounts.add(text)
        elif text.startswith("arn:"):
            accounts.update(ARN_ACCOUNT.findall(text))
        everyone = everyone or (key in OPENING and text.lower() in EVERYONE) or _is_any_address(text)
    return Named(frozenset(accounts - {account}) | _canonical(parameters), everyone)


def _canonical(parameters: object) -> frozenset[str]:
    """Return the canonical ids to which a list of grants gives something, but for the owner that it names itself."""
    if not isinstance(parameters, Mapping):
        return frozenset()
    found, owners = {LOG_DELIVERY}, {LOG_DELIVERY}
    listed = parameters.get("AccessControlPolicy")
    if isinstance(listed, Mapping):
        owners.update(text for key, text in texts(listed.get("Owner")) if key == "id")
        found.update(text for key, text in texts(listed) if key == "id" and CANONICAL.fullmatch(text))
    for key, text in texts(parameters):
        if key.startswith("x-amz-grant-"):
            found.update(CANONICAL.findall(text))
        elif key == "canonicaluser":
            found.add(text)
    return frozenset(found - owners)


def _is_any_address(text: str) -> bool:
    """Say whether a text is a range of all addresses, or of so many that a few such calls open all."""
    address, slash, bits = text.rpartition("/")
    if not slash or not bits.isdecimal() or len(bits) > 1:
        return False
    try:
        range_ = ipaddress.ip_network(text, strict=False)
    except ValueError:
        # What stands before /0 does not matter.
        return bits == "0" and re.fullmatch(r"[0-9a-fA-F:.]+", address) is not None
    return range_.prefixlen <= WIDEST[range_.version] and range_ not in NOBODYS


def texts(parameters: object) -> Iterator[tuple[str, str]]:
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
