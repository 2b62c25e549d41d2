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
WIDE = 1 / 16
"""The share of all addresses from which on ranges mean everyone: no company has so many."""
IN_USE = ipaddress.IPv6Network("2000::/3")
"""The part of IPv6 that is given out; https://www.iana.org/assignments/ipv6-address-space."""
RANGE = re.compile(r"[0-9a-fA-F:.]+/\d{1,3}")
CANONICAL = re.compile(r"[0-9a-f]{64}")
"""The name that S3 has for an account; https://docs.aws.amazon.com/AmazonS3/latest/userguide/finding-canonical-user-id.html."""
LOG_DELIVERY = "c4c1ede66af53448b93c283ce9448c4ba468c9432aa01d700d3878632f77d2d0"
"""AWS's own, which writes the logs of CloudFront.

https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging-legacy-s3.html
"""
PORTS = (22, 2375, 2376, 3306, 3389, 5000, 5432, 5985, 5986, 6006, 6379, 6443, 8265, 8888, 9200, 10250, 11434, 27017)
"""Ports behind which machines, data and models are had, and nothing that the public should ask.

SSH, Docker, MySQL, remote desktop, MLflow, PostgreSQL, remote management of Windows, TensorBoard, Redis, Kubernetes, Ray, notebooks,
OpenSearch, kubelet, Ollama and MongoDB; https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-rules-reference.html.
"""
WITHOUT_PORTS = frozenset({"icmp", "icmpv6", "1", "58"})
"""Protocols in whose rules the numbers are types of messages."""
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
    everyone, share = False, 0.0
    for key, text in texts(parameters):
        if text.isdecimal() and len(text) == 12:  # noqa: PLR2004  (an account's id)
            accounts.add(text)
        elif text.startswith("arn:"):
            accounts.update(ARN_ACCOUNT.findall(text))
        everyone = everyone or (key in OPENING and text.lower() in EVERYONE)
        share += _share(text)
    everyone = everyone or share >= WIDE
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


def _share(text: str) -> float:
    """Return which share of all addresses in use a range has, 0 for one of private addresses and for what is no range."""
    if "/" not in text or RANGE.fullmatch(text) is None:
        return 0
    if text.endswith("/0"):
        # What stands before it does not matter.
        return 1
    try:
        found = ipaddress.ip_network(text, strict=False)
    except ValueError:
        return 0
    if isinstance(found, ipaddress.IPv6Network):
        return 0.5 ** max(found.prefixlen - IN_USE.prefixlen, 0) if found.overlaps(IN_USE) else 0
    nobodys = found.is_private or found.is_multicast or found.is_reserved
    return 0 if nobodys else 0.5**found.prefixlen


def ports_open_to_everyone(parameters: object) -> list[int]:
    """Return which of `PORTS` a request opens to everyone: each rule of a security group has its own ports and its own addresses.

    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html
    """
    rules = list(_rules(parameters))
    return [port for port in PORTS if sum(share for low, high, share in rules if low <= port <= high) >= WIDE]


def _rules(parameters: object) -> Iterator[tuple[float, float, float]]:
    """Yield the first and the last port of each rule, and its share of all addresses."""
    waiting: list[tuple[object, Mapping[str, Any]]] = [(parameters, {})]
    while waiting:
        value, rule = waiting.pop()
        if isinstance(value, Mapping):
            own = {str(name).lower(): one for name, one in value.items()}
            inner = own if "ipprotocol" in own or "fromport" in own else rule
            waiting.extend((one, inner) for one in own.values())
        elif isinstance(value, list):
            waiting.extend((one, rule) for one in value)
        elif isinstance(value, str) and rule and (share := _share(value)):
            protocol = str(rule.get("ipprotocol", "")).lower()
            if protocol == "-1":
                yield 0, float("inf"), share
            elif protocol not in WITHOUT_PORTS:
                yield _port(rule.get("fromport")), _port(rule.get("toport")), share


def _port(value: object) -> float:
    return value if isinstance(value, int) else float("nan")


def texts(parameters: object) -> Iterator[tuple[str, str]]:
    """Yield every text with the lower-case key that it stands under, from policies too."""
    waiting: list[tuple[str, Any]] = [("", parameters)]
    while waiting:
        key, value = waiting.pop()
        if isinstance(value, str):
            inner = structure(value)
            if inner is None:
                yield key, value
            else:
                waiting.append((key, inner))
        elif isinstance(value, Mapping):
            if value.get("Effect") == "Deny":
                # A statement that denies lets nobody in, whomever it names.
                continue
            if "NotPrincipal" in value:
                # All but those whom the statement names are let in.
                waiting.append(("principal", "*"))
            waiting.extend((str(name).lower(), one) for name, one in value.items() if name != "NotPrincipal")
        elif isinstance(value, list):
            waiting.extend((key, one) for one in value)


def structure(text: str) -> object:
    """Return the JSON structure that a text is, or None."""
    if not text.lstrip().startswith(("{", "[")) or len(text) > LONGEST_POLICY:
        return None
    try:
        found = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        return None
    return found if isinstance(found, (dict, list)) else None
