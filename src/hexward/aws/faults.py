"""Makes calls go wrong on purpose, so that tests can show what a refusal, a throttle or a broken answer does."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

import botocore.exceptions as errors

from hexward.aws.read import Pages

type Fault = Callable[[str, str, Iterator[dict[str, Any]]], Iterator[dict[str, Any]]]
"""Given a call (`s3:ListBuckets`), its region and its pages, yields pages or raises instead."""


def refused(code: str = "AccessDenied", status: int = 403) -> Fault:
    """Fail with one of AWS's error codes."""

    def fault(call: str, _region: str, _pages: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        answer = {
            "Error": {"Code": code, "Message": f"{code} (injected)"},
            "ResponseMetadata": {"HTTPStatusCode": status},
        }
        raise errors.ClientError(answer, call.partition(":")[2])  # type: ignore[arg-type]

    return fault


def throttled(call: str, region: str, pages: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Fail as AWS does when its rate limit outlasts all retries."""
    return refused("ThrottlingException", 400)(call, region, pages)


def timed_out(call: str, region: str, _pages: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Fail as a server that takes a call and never answers."""
    raise errors.ReadTimeoutError(endpoint_url=f"{call}@{region}")


def cut_short(call: str, _region: str, pages: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Give the first page, then fail."""
    yield from islice(pages, 1)
    raise errors.ConnectionClosedError(endpoint_url=call)


def reshaped(change: Callable[[dict[str, Any]], Any]) -> Fault:
    """Give every page with something about it changed."""

    def fault(_call: str, _region: str, pages: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        for page in pages:
            yield change(page)

    return fault


@dataclass(frozen=True, slots=True)
class Faulty:
    """Pages that go wrong where a rule says so: `Faulty(live, {"kms:DescribeKey": refused()})`; a key may end in `@region`."""

    pages: Pages
    rules: Mapping[str, Fault]

    def __call__(
        self, service: str, operation: str, region: str, arguments: Mapping[str, object]
    ) -> Iterator[dict[str, Any]]:
        """Yield the pages, or what the rule for this call makes of them."""
        call = f"{service}:{operation}"
        pages = self.pages(service, operation, region, arguments)
        fault = self.rules.get(f"{call}@{region}") or self.rules.get(call) or self.rules.get(f"{service}:*")
        yield from fault(call, region, pages) if fault is not None else pages
