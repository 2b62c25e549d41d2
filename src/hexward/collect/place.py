"""Asks AWS the declared calls in one region, and says what is wrong with the answers."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import msgspec

from hexward.aws import Answer, Connection, Reader
from hexward.collect.build import MISSING, Unread, at_path
from hexward.collect.table import Call, Table
from hexward.inventory import GLOBAL
from hexward.model import Gap, Reason

WINDOW = timedelta(days=90)
"""How far back jobs are collected: AWS keeps training jobs for good, and an old one cannot be mended."""


@dataclass(frozen=True, slots=True)
class Place:
    """A region of an account, or the whole of it (`GLOBAL`)."""

    reader: Reader
    connection: Connection
    region: str
    now: datetime

    @property
    def about(self) -> dict[str, str]:
        """Return what names of things are made of everywhere."""
        return {"partition": self.connection.partition, "account": self.connection.account, "region": self.region}

    def ask(self, service: str, call: Call, *items: Mapping[str, Any]) -> Answer:
        """Make a call, its arguments filled in from the item or else from what it lies in."""
        client = call.service or service
        try:
            arguments = {name: self._fill(value, items) for name, value in call.arguments.items()}
        except (KeyError, Unread) as error:
            detail = f"{call.operation} cannot be asked: {error}"
            return Answer({}, self.malformed(f"{client}:{call.operation}", detail))
        where = self.connection.home if self.region == GLOBAL else self.region
        answer = self.reader.read(client, call.operation, where, absent=call.absent, members=call.members, **arguments)
        if answer.gap is not None and answer.gap.resource in call.arguments.values():
            # What every call of its kind says, such as the type of a policy, names nothing that was asked about.
            answer = replace(answer, gap=msgspec.structs.replace(answer.gap, resource=""))
        if answer.gap is None or self.region != GLOBAL:
            return answer
        # The region that happened to be asked must not make a gap of the whole account look like one of that region.
        return replace(answer, gap=msgspec.structs.replace(answer.gap, region=GLOBAL))

    def _fill(self, value: object, items: tuple[Mapping[str, Any], ...]) -> object:
        if isinstance(value, list):
            return [self._fill(one, items) for one in value]
        if isinstance(value, Mapping):
            return {name: self._fill(one, items) for name, one in value.items()}
        if not isinstance(value, str) or not value.startswith("$"):
            return value
        if value == "$account":
            return self.connection.account
        if value == "$since":
            return self.now - WINDOW
        path = value.removeprefix("$")
        found = next((told for one in items if (told := at_path(one, path)) is not MISSING), MISSING)
        if found is MISSING:
            raise KeyError(path)
        return found

    def malformed(self, call: str, detail: str) -> Gap:
        """Return the gap of an answer that is not what AWS documents."""
        return Gap(Reason.MALFORMED, detail, call, "", self.connection.account, self.region)

    def listed(self, call: str, answer: Answer, path: str, text: str) -> tuple[list[Mapping[str, Any]], Gap | None]:
        """Return the things that an answer lists, and the gap if it does not list all; plain texts stand under the name `text`."""
        items = _list_at(answer.data, path.removesuffix("[]"))
        if not isinstance(items, list):
            absent = bool(answer.absent)
            return [], answer.gap or (None if absent else self.malformed(call, f"{path} is not a list in the answer"))
        if text:
            items = [{text: item} if isinstance(item, str) and item else item for item in items]
        whole = [item for item in items if isinstance(item, Mapping)]
        if len(whole) == len(items):
            return whole, answer.gap
        return whole, answer.gap or self.malformed(call, f"{path} holds something that is not a structure")

    def name_of(self, table: Table, *items: Mapping[str, Any]) -> str:
        """Return a thing's ARN. Raises KeyError for a member that it is made of and that is no text."""
        texts: dict[str, str] = {}
        for one in reversed(items):
            texts |= {name: value for name, value in one.items() if isinstance(value, str) and value}
        return table.arn.format_map({**texts, **self.about})


def _list_at(data: Mapping[str, Any], path: str) -> object:
    """Return what stands at the path of a list; CloudFront leaves an empty list out, and says that its quantity is 0."""
    within, _, name = path.rpartition(".")
    try:
        holder = at_path(data, within)
    except Unread:
        return MISSING
    if not isinstance(holder, Mapping):
        return MISSING
    return [] if within and name not in holder and holder.get("Quantity") == 0 else holder.get(name, MISSING)
