"""Events → events that know what is usual: a pure join with a frozen baseline and with what an audit knows of the account."""

from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from hexward.events.baseline import Baseline, action, read_bytes
from hexward.events.event import Event
from hexward.events.log import Log
from hexward.events.network import network
from hexward.events.usual import Usual, usual


class Assets(msgspec.Struct, frozen=True):
    """What buckets are for AI, by name, and at which stages of a model's life roles work, by ARN."""

    buckets: dict[str, tuple[str, ...]] = {}
    roles: dict[str, tuple[str, ...]] = {}


class Enrichment:
    """Joins events with a baseline and with assets; what is not there adds no field, and rules that ask for one are blind."""

    def __init__(self, baseline: Baseline | None = None, assets: Assets | None = None) -> None:
        """Take what there is."""
        self.baseline = baseline
        self.assets = assets
        self._zone = ZoneInfo(baseline.time_zone if baseline else "UTC")
        self._usual: dict[str, Usual] = {}

    def join(self, event: Event) -> Event:
        """Return the event with what is known of its principal, its network and its bucket."""
        if event.log is not Log.CLOUDTRAIL or (self.baseline is None and self.assets is None):
            return event
        known = dict(event.fields["hexward"])
        if self.assets is not None:
            known |= _assets(event, self.assets)
        if self.baseline is not None:
            known |= self._habits(event, self.baseline)
        return msgspec.structs.replace(event, fields={**event.fields, "hexward": known})

    def _habits(self, event: Event, baseline: Baseline) -> dict[str, Any]:
        regions = baseline.regions.get(event.account)
        known: dict[str, Any] = {"region_new": event.region not in regions if regions else None}
        habit = baseline.principals.get(event.principal)
        if habit is None:
            return {**known, "mature": False}
        own = self._usual.get(event.principal)
        if own is None:
            own = self._usual[event.principal] = usual(habit, baseline.until, self._zone)
        known["mature"] = own.mature
        known["hour_unusual"] = own.is_unusual(event.time, self._zone)
        known["times_usual"] = _share(event, own)
        if own.mature:
            place = network(str(event.fields.get("sourceIPAddress")))
            known["network_new"] = place not in habit.networks if place else False
            known["action_new"] = action(event) not in habit.actions
            key = _key(event)
            if place and key in baseline.keys:
                known["key_network_new"] = place not in baseline.keys[key]
        return known


def _key(event: Event) -> str:
    identity = event.fields.get("userIdentity")
    return str(identity.get("accessKeyId")) if isinstance(identity, dict) else ""


def _share(event: Event, own: Usual) -> float | None:
    """Return which part of its usual hour a principal spends with this event: of the bytes that it reads, or else of its events."""
    size = read_bytes(event)
    if size and own.size:
        return size / own.size
    return 1 / own.events if own.events else None


def _assets(event: Event, assets: Assets) -> dict[str, Any]:
    asked = event.fields.get("requestParameters")
    bucket = asked.get("bucketName") if isinstance(asked, dict) else None
    return {
        "asset": list(assets.buckets.get(bucket, ())) if isinstance(bucket, str) else None,
        "stage": list(assets.roles.get(event.principal, ())),
    }
