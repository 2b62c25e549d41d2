"""However many threads ask for clients, no more than the limit live at once, and nobody waits for ever."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest

from hexward.aws.clients import Clients

PATIENCE = 10
"""Seconds after which a thread that waits is taken for stuck."""


@dataclass
class Factory:
    """Makes clients, and counts those that live."""

    live: int = 0
    most: int = 0
    made: list[tuple[str, str]] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self, service: str, region: str) -> "Client":
        if service in self.broken:
            raise ValueError(service)
        with self.lock:
            self.live += 1
            self.most = max(self.most, self.live)
            self.made.append((service, region))
        return Client(self)


@dataclass
class Client:
    factory: Factory
    closed: bool = False

    def close(self) -> None:
        with self.factory.lock:
            self.factory.live -= 1
        self.closed = True


@pytest.fixture
def factory() -> Iterator[Factory]:
    made = Factory()
    yield made
    assert made.live >= 0


def test_lends_the_same_client_again(factory):
    clients = Clients(factory, limit=2)
    with clients.lease("kms", "us-east-1") as one, clients.lease("kms", "us-east-1") as other:
        assert one is other
    assert factory.made == [("kms", "us-east-1")]


def test_closes_the_one_that_was_idle_longest(factory):
    clients = Clients(factory, limit=2)
    with clients.lease("a", "r") as a, clients.lease("b", "r") as b:
        pass
    with clients.lease("a", "r"), clients.lease("c", "r"):
        assert (a.closed, b.closed) == (False, True)


def test_never_closes_one_in_use(factory):
    clients = Clients(factory, limit=1)
    waiting = threading.Event()

    def other() -> bool:
        waiting.set()
        with clients.lease("b", "r") as b:
            return b.closed is True

    with ThreadPoolExecutor(1) as pool:
        with clients.lease("a", "r") as a:
            asked = pool.submit(other)
            assert waiting.wait(PATIENCE)
            assert not a.closed
            assert not asked.done()
        assert asked.result(PATIENCE) is False
    assert a.closed


def test_keeps_to_the_limit_under_many_threads(factory):
    clients = Clients(factory, limit=3)

    def use(number: int) -> bool:
        with clients.lease(f"s{number % 7}", "r") as client:
            return client.closed is True

    with ThreadPoolExecutor(16) as pool:
        assert not any(pool.map(use, range(600), timeout=PATIENCE))
    assert factory.most <= 3
    assert len(clients) == factory.live


def test_nobody_waits_for_a_client_that_could_not_be_made(factory):
    factory.broken.add("broken")
    clients = Clients(factory, limit=1)
    lent = clients.lease("a", "r")
    lent.__enter__()

    def use(service: str) -> str:
        try:
            with clients.lease(service, "r"):
                return service
        except ValueError:
            return "refused"

    with ThreadPoolExecutor(2) as pool:
        asked = [pool.submit(use, service) for service in ("broken", "b")]
        lent.__exit__(None, None, None)
        assert [one.result(PATIENCE) for one in asked] == ["refused", "b"]


def test_closing_closes_all(factory):
    clients = Clients(factory, limit=3)
    for service in "abc":
        with clients.lease(service, "r"):
            pass
    clients.close()
    assert (factory.live, len(clients)) == (0, 0)
