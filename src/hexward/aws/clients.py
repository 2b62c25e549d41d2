"""At most 32 live clients: each costs memory and start-up time, and is needed only while its service and region are read."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

LIMIT = 32


@dataclass(slots=True)
class _Held:
    client: Any
    users: int


class Clients:
    """A pool of clients by (service, region); the one idle longest gives way. Safe for threads."""

    def __init__(self, make: Callable[[str, str], Any], limit: int = LIMIT) -> None:
        """Take what makes a client; making is serialised, because botocore's sessions are not safe for threads."""
        self._make = make
        self._limit = limit
        self._held: OrderedDict[tuple[str, str], _Held] = OrderedDict()
        self._changed = threading.Condition()

    @contextmanager
    def lease(self, service: str, region: str) -> Iterator[Any]:
        """Lend a client; waits while all of them are in use."""
        held = self._take((service, region))
        try:
            yield held.client
        finally:
            with self._changed:
                held.users -= 1
                self._changed.notify()

    def _take(self, key: tuple[str, str]) -> _Held:
        with self._changed:
            while key not in self._held and len(self._held) >= self._limit and not self._drop_idle():
                self._changed.wait()
            if key not in self._held:
                # Others wait for a place: they can use this client, or the place that is left where it cannot be made.
                self._changed.notify_all()
                self._held[key] = _Held(self._make(*key), users=0)
            held = self._held[key]
            held.users += 1
            self._held.move_to_end(key)
            return held

    def _drop_idle(self) -> bool:
        for key, held in self._held.items():
            if held.users == 0:
                held.client.close()
                del self._held[key]
                return True
        return False

    def close(self) -> None:
        """Close every client."""
        with self._changed:
            for held in self._held.values():
                held.client.close()
            self._held.clear()

    def __len__(self) -> int:
        """Count the live clients."""
        return len(self._held)
