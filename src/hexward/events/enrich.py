"""Events → events that know what is usual: a pure join with a frozen baseline and with what an audit knows of the account."""

from collections.abc import Callable, Collection

import msgspec

from hexward.events.baseline import ALL, Baseline, action, address, key_of, network_of, read_bytes
from hexward.events.copies import copied
from hexward.events.event import Acted, Event
from hexward.events.log import Log
from hexward.events.origin import Origins
from hexward.events.usual import Usual, usual
from hexward.events.values import mapping, text


class Assets(msgspec.Struct, frozen=True):
    """What buckets are for AI, by name, and at which stages of a model's life roles work, by ARN."""

    buckets: dict[str, tuple[str, ...]] = {}
    roles: dict[str, tuple[str, ...]] = {}


class Enrichment:
    """Joins events with a baseline and with assets; what is not there adds no field, and rules that ask for one are blind."""

    def __init__(
        self, baseline: Baseline | None = None, assets: Assets | None = None, origins: Origins | None = None
    ) -> None:
        """Take what there is. Raises UsageError for a baseline that knows networks by other names than the origins tell."""
        self.baseline = baseline
        self.assets = assets
        self.origins = origins or Origins()
        if baseline is not None:
            baseline.compares(self.origins.named_by)
            self._workdays = baseline.workdays
        self._usual: dict[str, Usual] = {}
        self.words = self._places() | self._habits() | self._assets()

    def join(self, event: Event) -> Event:
        """Return the event with what is known of its principal, its network and its bucket."""
        if event.log is not Log.CLOUDTRAIL or not self.words:
            return event
        return event.knowing(event.known.more(self.words, event))

    def _places(self) -> dict[str, Callable[[Acted], object]]:
        found: dict[str, Callable[[Acted], object]] = {}
        if self.origins.named_by:
            found["network"] = self._network
        if self.origins.tells_country:
            found["country"] = lambda event: self.origins.of(address(event)).country or None
        return found

    def _network(self, event: Acted) -> str:
        return network_of(event, self.origins)

    def _habits(self) -> dict[str, Callable[[Acted], object]]:
        if self.baseline is None:
            return {}
        known = self.baseline
        principals, keys = known.principals, known.keys

        def mature(event: Acted) -> bool:
            own = self._of(event)
            return own is not None and own.mature

        def network_new(event: Acted) -> bool | None:
            return _is_new(self._network(event), principals[event.principal].networks) if mature(event) else None

        def key_network_new(event: Acted) -> bool | None:
            key = key_of(event)
            return _is_new(self._network(event), keys[key]) if key in keys and mature(event) else None

        def hour_unusual(event: Acted) -> bool | None:
            own = self._of(event)
            return None if own is None else own.is_unusual(event.time, self._workdays)

        def action_new(event: Acted) -> bool | None:
            return _is_new(action(event), principals[event.principal].actions) if mature(event) else None

        def region_new(event: Acted) -> bool | None:
            return event.region not in known.regions[event.account] if event.account in known.regions else None

        def times_usual(event: Acted) -> float | None:
            own = self._of(event)
            return None if own is None else _share(event, own)

        found = (mature, network_new, key_network_new, hour_unusual, action_new, region_new, times_usual)
        return {one.__name__: one for one in found}

    def _of(self, event: Acted) -> Usual | None:
        """Return what is usual of the event's principal, or None for one that the baseline does not know."""
        name = event.principal
        if name not in self._usual:
            habit = self.baseline.principals.get(name) if self.baseline else None
            if habit is None or self.baseline is None:
                return None
            self._usual[name] = usual(habit, self.baseline.until, self._workdays)
        return self._usual[name]

    def _assets(self) -> dict[str, Callable[[Acted], object]]:
        if self.assets is None:
            return {}
        buckets, roles = self.assets.buckets, self.assets.roles
        return {
            "asset": lambda event: list(buckets.get(_bucket(event), ())),
            "copied_asset": lambda event: list(buckets.get(copied(event.fields.get("requestParameters"))[0], ())),
            "stage": lambda event: list(roles.get(event.principal, ())),
        }

    @property
    def settled(self) -> dict[str, object]:
        """Words that have one value for all events: where no bucket is for anything, it is all the same which one a call names."""
        if self.assets is None:
            return {"asset": None}
        return {} if self.assets.buckets else {"asset": []}


def _is_new(name: str, names: Collection[str]) -> bool | None:
    """Say whether a name is none of those that are known; None of whoever has too many."""
    return None if ALL in names else name != "" and name not in names


def _bucket(event: Acted) -> str:
    return text(mapping(event.fields.get("requestParameters")).get("bucketName"))


def _share(event: Acted, own: Usual) -> float | None:
    """Return which part of its usual hour a principal spends with this event: of the bytes that it reads, or else of its events."""
    if own.size and (size := read_bytes(event)):
        return size / own.size
    return 1 / own.events if own.events else None
