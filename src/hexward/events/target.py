"""What a call was about: the trail, user, bucket or key that its request names, in few words for whoever reads an alert."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping

FIRST = ("bucketName", "userName", "roleName", "groupName", "name", "functionName")
"""Members of requests that say best what a call is about; others follow as the request has them."""
ENDINGS = ("name", "names", "id", "ids", "arn", "arns", "identifier")
"""How the members of requests are named, in lower case, that name things."""
NO_THINGS = frozenset({"clientrequestid", "ownerid", "requestid", "rolesessionname", "externalid", "userid"})
MOST = 2
"""How many things are named: the user, and the policy that it got."""
MOST_LOOKED_AT = 64
"""Of how many members a request is looked through."""
LONGEST = 120
PLAIN = re.compile(r"[\w+=,.@:/*{}-]{1,120}", re.ASCII)


def things(parameters: object) -> tuple[str, ...]:
    """Return what the parameters of a request name, as they name it: the trail, or the user and the policy that it got."""
    found = dict(_named(parameters))
    if "bucketName" in found and isinstance(parameters, Mapping) and isinstance(key := parameters.get("key"), str):
        found["bucketName"] += f"/{key}"
    names = sorted(found, key=lambda name: FIRST.index(name) if name in FIRST else len(FIRST))
    return tuple(dict.fromkeys(_shortened(found[name]) for name in names[:MOST]))


def target(named: Iterable[str], accounts: object = None, *, everyone: bool = False) -> str:
    """Tell the things that a request names, and whom else it lets in; empty where it names nothing.

    `accounts` are others than the account itself. What holds a blank or anything that is not plain ASCII is written as JSON is.
    """
    told = ", ".join(map(_shown, named))
    others = ["everyone"] if everyone else []
    others += [_shown(str(one)) for one in accounts] if isinstance(accounts, list) else []
    if others:
        more = f" and {len(others) - MOST} more" if len(others) > MOST else ""
        told = f"{told} (names {', '.join(others[:MOST])}{more})".strip()
    return told


def _named(parameters: object) -> Iterator[tuple[str, str]]:
    """Yield the members that name things, the outer ones first. Of lists the first part is told."""
    waiting: list[tuple[str, object]] = [("", parameters)]
    met: set[str] = set()
    for name, value in waiting:
        if isinstance(value, str):
            kind = name.lower()
            if value and name not in met and kind.endswith(ENDINGS) and kind not in NO_THINGS:
                met.add(name)
                yield name, value
        elif isinstance(value, Mapping):
            # The text of an element of XML stands below `content`, as EC2 writes it.
            members = ((name if member == "content" else str(member), one) for member, one in value.items())
            waiting += [one for one, _ in zip(members, range(MOST_LOOKED_AT - len(waiting)), strict=False)]
        elif isinstance(value, list) and value and len(waiting) < MOST_LOOKED_AT:
            waiting.append((name, value[0]))


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 3] + "..."


def _shown(text: str) -> str:
    """Return a name as it is where it cannot be mistaken for other words of a sentence, shortened where it is long."""
    short = _shortened(text)
    return short if PLAIN.fullmatch(short) else json.dumps(short)
