"""The paths of a search for people and for programs: routes grouped for reading, the changes that close most, and what is unknown."""

import json
import re
import shlex
from collections.abc import Iterable

from hexward.iam.paths.account import Way
from hexward.iam.paths.calls import Call, Edit
from hexward.iam.paths.catalogue import path_of
from hexward.iam.paths.cuts import Ask, Change, Cuts, label
from hexward.iam.paths.edits import edit, say
from hexward.iam.paths.graph import asked, known_ids
from hexward.iam.paths.search import Hop, Route, Search
from hexward.report.json import laid_out
from hexward.report.text import printable

SCHEMA = "hexward.paths/v1"

PLAIN = {
    "read": "read its objects",
    "key grant": "decrypt them with its key",
    "invoke": "call it",
    "administer": "may do everything",
    "external trust": "take the role, whose trust policy lets them in",
    "web identity": "take the role with a token that it signs for anyone",
    "saml": "take the role as whomever it speaks for",
    "own policy": "use it, if its own policy lets them in",
    "public entry": "call it without credentials",
    "bucket policy": "read its objects, as its policy allows",
    "unseen policies": "unknown: its policies were not seen",
}
"""Rights that need no path, in words."""

COMMANDS = 20
"""How many changes are told as commands before it says how many more there are."""

LONG = 500
"""How many characters a command may have that is told."""

SHOWN = 5
"""How many sources a group names before it says how many more there are."""


def title(way: Way) -> str:
    """Say what is done along a way."""
    told = [path_of(name).title if name in known_ids() else PLAIN[name] for name in way.paths]
    if way.paths == ("read",) and len(way.asks) > 1:
        told.append("decrypt them with its key")
    said = " and ".join(told)
    return said if said[1:2].isupper() else said[:1].lower() + said[1:]


def render_json(found: Search) -> str:
    """Return the search as JSON, schema `hexward.paths/v1`."""
    cuts = Cuts(found)
    document = {
        "schema": SCHEMA,
        "account": found.view.number,
        "collected_at": found.view.inventory.collected_at,
        "goals": [{"sort": goal.sort, "arn": goal.arn, "name": goal.name} for goal in found.goals],
        "paths": [_route(found, route) for route in found.routes],
        "choke_points": [
            {**_change(cuts, one.change), "removes": one.removes, "of": len(found.routes)} for one in cuts.chokes()
        ],
        "cuts": [
            {"goal": arn, "changes": [_change(cuts, one, changes) for one in changes]}
            for arn, changes in ((arn, cuts.cheapest(routes)) for arn, routes in _by_goal(found.routes).items())
        ],
        "administrators": sorted(arn for arn, mark in found.graph.administrators if not mark),
        "unknowns": [{**_route(found, route), "because": list(route.doubts)} for route in found.doubtful],
        "unseen": sorted({str(missing) for missing in found.unseen}),
    }
    return laid_out(document)


def _change(cuts: Cuts, change: Change, among: Iterable[Change] = ()) -> dict[str, object]:
    """Say a change, whom it changes, and how: `call` is null where no one call makes it."""
    made = edit(cuts, change, among)
    return {
        "change": say(cuts, change),
        "holder": change.source[0],
        "call": None if made is None else {"operation": made.do.call, "arguments": dict(made.do.arguments)},
        "undo": None if made is None else {"operation": made.undo.call, "arguments": dict(made.undo.arguments)},
        "takes": [] if made is None else _asks(made.takes),
    }


def _asks(asks: Iterable[Ask]) -> list[dict[str, str]]:
    return [{"action": action, "resource": resource} for action, resource in asks]


def _route(found: Search, route: Route) -> dict[str, object]:
    return {
        "source": route.source,
        "goal": route.goal.arn,
        "sort": route.goal.sort,
        "steps": [_hop(found, hop) for hop in route.hops],
    }


def _hop(found: Search, hop: Hop) -> dict[str, object]:
    way = hop.ways[0]
    paths = [path_of(name) for name in way.paths if name in known_ids()]
    return {
        "from": hop.source[0],
        "as": hop.source[1],
        "to": hop.target[0],
        "by": list(way.paths),
        "does": title(way),
        "asks": _asks(asked(way, hop.target)),
        "through": way.through,
        "conditional": conditional(found, hop),
        "derived": any(path.derived for path in paths),
        "sources": [path.source for path in paths],
        "other_ways": sorted({name for one in hop.ways[1:] if not one.doubt for name in one.paths} - set(way.paths)),
    }


def conditional(found: Search, hop: Hop) -> bool:
    """Say whether a step hangs on how the request comes: whence, when, with a second factor."""
    who = found.graph.nodes.get(hop.source)
    if who is None or hop.ways[0].doubt:
        return False
    for action, resource in hop.ways[0].asks:
        # What the key's policy asks for, that the call comes by way of S3, is met by whoever reads the bucket.
        policy = None if action.startswith("kms:") else found.view.policy_on(action, resource)
        if who.hangs(action, resource, tags=found.view.tags_on(resource), policy=policy):
            return True
    return False


def _by_goal(routes: Iterable[Route]) -> dict[str, list[Route]]:
    found: dict[str, list[Route]] = {}
    for route in routes:
        found.setdefault(route.goal.arn, []).append(route)
    return found


def render_text(found: Search) -> str:
    """Return the search for a terminal."""
    cuts = Cuts(found)
    named: dict[Change, None] = {}
    lines = [f"{_count(len(found.routes), 'path')} to {_count(len(_by_goal(found.routes)), 'goal')}"]
    for routes in _by_goal(found.routes).values():
        goal = routes[0].goal
        kind = "" if goal.name.startswith(goal.sort) else f"{goal.sort} "
        lines += ["", f"{kind}{goal.name}: {_count(len(routes), 'source')}"]
        for block in _groups(found, routes):
            lines += [f"  {line}" for line in block]
        changes = cuts.cheapest(routes)
        named.update(dict.fromkeys(changes))
        if changes:
            told = [say(cuts, one) for one in changes]
            begins = f"  cheapest cut, {_count(len(told), 'change')}:"
            lines += [f"{begins} {told[0]}"] if len(told) == 1 else [begins, *(f"    {one}" for one in told)]
        else:
            lines.append("  no cut of a few changes closes them all")
    chokes = cuts.chokes()
    named.update(dict.fromkeys(one.change for one in chokes))
    if chokes:
        lines += ["", "choke points, each by itself"]
        lines += [f"  -{one.removes} of {len(found.routes)}  {say(cuts, one.change)}" for one in chokes]
    lines += _how(cuts, list(named))
    lines += _unknowns(found)
    return "".join(f"{printable(line)}\n" for line in lines)


def _how(cuts: Cuts, changes: list[Change]) -> list[str]:
    """Say how each change is made that one call makes, as a command."""
    made = [(say(cuts, one), edit(cuts, one, changes)) for one in changes]
    lines: list[str] = []
    for says, how in made[:COMMANDS]:
        if how is not None:
            lines += [f"  {says}", f"    {_told(how)}"]
    if len(made) > COMMANDS:
        lines.append(f"  and {_count(len(made) - COMMANDS, 'more change')}, told by --format json")
    return ["", "how to make each change", *lines] if lines else []


def _told(how: Edit) -> str:
    """Say how a change is made: as a command, or what it takes away, where a document makes the command long."""
    whole = command(how.do)
    if len(whole) <= LONG:
        return whole
    actions = sorted({action for action, _ in how.takes})
    more = f" and {len(actions) - SHOWN} more" if len(actions) > SHOWN else ""
    return f"{how.do.call}, told by --format json, takes {', '.join(actions[:SHOWN])}{more}"


def command(call: Call) -> str:
    """Write a call as a command of AWS's own command line."""
    service, _, operation = call.call.partition(":")
    service = {"s3": "s3api"}.get(service, service)
    told = [f"--{_kebab(name)} {_argument(value)}" for name, value in call.arguments.items()]
    return " ".join(["aws", service, _kebab(operation), *told])


def _argument(value: object) -> str:
    return shlex.quote(value if isinstance(value, str) else json.dumps(value))


def _kebab(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _groups(found: Search, routes: list[Route]) -> Iterable[list[str]]:
    """Yield a block of lines for each last part of routes, with the sources that share it."""
    groups: dict[tuple[object, ...], list[Route]] = {}
    for route in routes:
        first = route.hops[0]
        groups.setdefault((first.target, first.ways[0].paths, route.hops[1:]), []).append(route)
    for alike in groups.values():
        names = [label(found, route.hops[0].source) for route in alike]
        more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
        lines = [", ".join(names[:SHOWN]) + more]
        lines += [f"  → {label(found, hop.target)}: {_step(found, hop)}" for hop in alike[0].hops]
        yield lines


def _step(found: Search, hop: Hop) -> str:
    way = hop.ways[0]
    ids = ", ".join(name for name in way.paths if name in known_ids())
    others = len({one.paths for one in hop.ways if not one.doubt}) - 1
    through = f" through {label(found, (way.through, ''))}" if way.through and way.through != hop.target[0] else ""
    more = f"; {_count(others, 'other way')}" if others > 0 else ""
    hangs = "; where the policies' conditions are met" if conditional(found, hop) else ""
    return f"{title(way)}{through}" + (f" ({ids}{more})" if ids else f" ({more[2:]})" if more else "") + hangs


def _unknowns(found: Search) -> list[str]:
    lines: list[str] = []
    because: dict[str, set[tuple[str, str]]] = {}
    for route in found.doubtful:
        for doubt in route.doubts:
            because.setdefault(doubt, set()).add((label(found, (route.source, "")), route.goal.name))
    if because:
        lines += ["", f"unknown: {_count(len(found.doubtful), 'more path')} may be open"]
        for doubt, pairs in sorted(because.items(), key=lambda one: (-len(one[1]), one[0])):
            names = sorted({source for source, _ in pairs})
            lines.append(f"  {doubt}: {', '.join(names[:SHOWN])}" + (" …" if len(names) > SHOWN else ""))
    unseen = sorted({str(missing) for missing in found.unseen})
    if unseen:
        lines += ["", "not seen"]
        lines += [f"  {one}" for one in unseen]
    return lines
