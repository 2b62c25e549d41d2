"""Turns AWS's answers into records: each field from its declared place, or a gap that says why not."""

from collections.abc import Mapping
from typing import Any

import msgspec

from hexward.collect.table import Table
from hexward.inventory import Record
from hexward.inventory.record import At, Source, read, sources
from hexward.model import Gap, Reason

MISSING = object()


class Unread(Exception):  # noqa: N818  (carries a gap between two functions of this file)
    """A path leads through something that is not what AWS documents."""


def at_path(data: Any, path: str) -> Any:  # noqa: ANN401  (AWS's own JSON)
    """Follow a path of members; a list is followed into its only element. Returns MISSING where a member or an element is not there.

    Raises Unread where the path leads through something else than a structure, or a list of several.
    """
    for step in filter(None, path.split(".")):
        name = step.removesuffix("[]")
        if not isinstance(data, Mapping):
            raise Unread(f"{name} was looked for in {type(data).__name__}")
        data = data.get(name, MISSING)
        if data is MISSING or data is None:
            return MISSING
        if step.endswith("[]"):
            if not isinstance(data, list):
                raise Unread(f"{name} is {type(data).__name__}, not a list")
            if not data:
                return MISSING
            if len(data) > 1:
                raise Unread(f"{name} holds {len(data)} things where one is due")
            data = data[0]
    return data


def build(
    table: Table, arn: str, about: Mapping[str, str], answers: Mapping[str, Any], gaps: Mapping[str, Gap]
) -> Record:
    """Build a record from the answers about it, by call; `gaps` holds the calls that failed.

    `about` gives the account and the region. Under the call that told of the thing the answers hold the thing, not the list.
    """
    known: dict[str, object] = {}
    missing: dict[str, Gap] = {}
    told_by, told_at = table.told_by, f"{table.told_at}." if table.told_at else ""
    for source in sources(table.record).values():
        at = source.at
        if at is None:
            continue
        path = at.path.removeprefix(told_at) if at.call == told_by else at.path
        value = gaps[at.call] if at.call in gaps else _field(source, at, path, answers.get(at.call, MISSING))
        if isinstance(value, Gap):
            known_about = {"account": about["account"], "region": about["region"], "resource": value.resource or arn}
            missing[source.name] = msgspec.structs.replace(value, **known_about)
        else:
            known[source.name] = value
    return table.record.partial(missing, arn=arn, account=about["account"], region=about["region"], **known)


def _field(source: Source, at: At, path: str, answer: object) -> object:
    """Return the field's value, or the gap that says what is wrong with the answer."""
    if answer is MISSING:
        return Gap(Reason.NOT_COLLECTED, f"{at.call} was not made", at.call)
    try:
        raw = at_path(answer, path)
        if raw is MISSING and not source.optional:
            return Gap(Reason.MALFORMED, f"{at.path} is not in the answer", at.call)
        # Some servers give an empty structure for one that was never set; it says no more than a missing one.
        absent = raw is MISSING or (raw == {} and source.optional)
        return None if absent else read(source, raw)
    except (Unread, ValueError, TypeError, KeyError, AttributeError) as error:
        return Gap(Reason.MALFORMED, f"{at.path}: {' '.join(str(error).split())[:200]}", at.call)
