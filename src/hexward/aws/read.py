"""The one way to read from AWS: an answer with its gap, never an exception for what AWS refuses."""

import threading
import time
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import botocore.exceptions as errors
from botocore import xform_name
from botocore.parsers import ResponseParserError

from hexward.aws.actions import action_of
from hexward.aws.clients import Clients
from hexward.aws.session import LOST, Connection
from hexward.model import Gap, Reason

DEADLINE = 60.0
"""Seconds that one chain of pages and retries may take before it is given up and said to be a gap."""

CODES: Mapping[Reason, frozenset[str]] = {
    Reason.DENIED: frozenset({
        "AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "AuthorizationError", "AuthorizationErrorException",
        "UnauthorizedAccess", "NotAuthorized", "NotAuthorizedException", "AllAccessDisabled", "403",
    }),
    Reason.EXPIRED: frozenset({"ExpiredToken", "ExpiredTokenException", "RequestExpired"}),
    Reason.THROTTLED: frozenset({
        "Throttling", "ThrottlingException", "ThrottledException", "RequestLimitExceeded", "TooManyRequestsException", "SlowDown",
        "RequestThrottled", "RequestThrottledException", "LimitExceededException", "BandwidthLimitExceeded", "PriorRequestNotComplete",
    }),
    Reason.REGION_DISABLED: frozenset({
        "OptInRequired", "SubscriptionRequiredException", "UnrecognizedClientException", "InvalidClientTokenId", "AuthFailure",
        "RegionDisabledException",
    }),
    Reason.UNSUPPORTED: frozenset({
        "NotImplemented", "NotImplementedError", "UnknownOperationException", "UnknownOperation", "InvalidAction", "UnsupportedOperation",
        "UnsupportedOperationException", "InternalFailure", "InternalError", "InternalServerError", "501", "404", "405",
    }),
    Reason.GONE: frozenset({
        "NoSuchBucket", "NoSuchEntity", "NoSuchEntityException", "ResourceNotFound", "ResourceNotFoundException", "NotFoundException",
        "TrailNotFoundException", "RepositoryNotFoundException",
    }),
}  # fmt: skip
"""AWS's error codes by what they mean for us; each service's own beside
https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html."""


FAILURES = (errors.ClientError, errors.BotoCoreError, errors.HTTPClientError, ResponseParserError)
"""What a call may raise."""


class Pages(Protocol):
    """What gives the pages of a call: a live account, or a recording; it raises botocore's exceptions."""

    def __call__(
        self, service: str, operation: str, region: str, arguments: Mapping[str, object]
    ) -> Iterator[dict[str, Any]]:
        """Yield one parsed answer per page."""
        ...


@dataclass(frozen=True, slots=True)
class Answer:
    """What AWS said: the pages merged, and the gap if they are missing or not all there.

    `data` holds whatever came before the gap, so a list may be part of the whole. `absent` is the error code by which AWS says that
    a thing is not set (`NoSuchBucketPolicy`): then `data` is empty and there is no gap.
    """

    data: dict[str, Any]
    gap: Gap | None = None
    absent: str = ""


@dataclass(slots=True)
class Reader:
    """Reads calls and counts them. Safe for threads."""

    pages: Pages
    account: str = ""
    calls: Counter[str] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def read(
        self, service: str, operation: str, region: str, /, *,
        absent: Collection[str] = (), members: Collection[str] = (), **arguments: object,
    ) -> Answer:  # fmt: skip
        """Make one call, all its pages, and merge the lists of all pages.

        `absent` names the error codes that mean "not set" for this call, each alone or followed by the beginning of its message.
        `members` are those of listed structures that are kept, page by page; every one if it is empty.
        """
        call = f"{service}:{operation}"
        data: dict[str, Any] = {}
        try:
            for page in self.pages(service, operation, region, arguments):
                with self._lock:
                    self.calls[call] += 1
                _merge(data, page, members)
        except FAILURES as error:
            told = error.response.get("Error", {}) if isinstance(error, errors.ClientError) else {}
            code = str(told.get("Code", ""))
            # What came before is there: a code in the middle of a list says nothing of what is not set.
            if not data and code and _is_among(absent, code, told.get("Message")):
                return Answer({}, absent=code)
            return Answer(data, self._gap(call, region, arguments, error))
        return Answer(data)

    def each(self, service: str, operation: str, region: str, /, **arguments: object) -> Iterator[dict[str, Any] | Gap]:
        """Make one call and yield its pages as they come, and last the gap if they are not all there."""
        call = f"{service}:{operation}"
        try:
            for page in self.pages(service, operation, region, arguments):
                with self._lock:
                    self.calls[call] += 1
                yield page
        except FAILURES as error:
            yield self._gap(call, region, arguments, error)

    def _gap(self, call: str, region: str, arguments: Mapping[str, object], error: Exception) -> Gap:
        resource = next((v for v in arguments.values() if isinstance(v, str) and v != self.account), "")
        return Gap(reason(error), line(error), call, action_of(call), self.account, region, resource)


def _is_among(absent: Collection[str], code: str, message: object) -> bool:
    """Say whether a code, or a code and the beginning of its message, is one by which AWS says that something is not set."""
    return code in absent or any(": " in one and f"{code}: {message}".startswith(one) for one in absent)


def _merge(data: dict[str, Any], page: Mapping[str, Any], members: Collection[str]) -> None:
    if not isinstance(page, dict):
        raise ResponseParserError(f"the answer is {type(page).__name__}, not a structure")
    for name, told in page.items():
        if name == "ResponseMetadata":
            continue
        value = [_trimmed(one, members) for one in told] if members and isinstance(told, list) else told
        if name not in data:
            data[name] = value
        elif isinstance(value, list) and isinstance(data[name], list):
            data[name] = data[name] + value
        elif isinstance(value, dict) and isinstance(data[name], dict) and "Quantity" in value:
            # CloudFront's lists are structures that hold the list.
            data[name] = {**value, "Items": [*data[name].get("Items", ()), *value.get("Items", ())]}
        elif isinstance(value, list) or isinstance(data[name], list):
            raise ResponseParserError(f"{name} is a list on one page and none on another")


def _trimmed(one: Any, members: Collection[str]) -> Any:  # noqa: ANN401  (AWS's own JSON)
    return {name: value for name, value in one.items() if name in members} if isinstance(one, dict) else one


def reason(error: Exception) -> Reason:
    """Say what one of FAILURES means for us."""
    return _reason(error) if isinstance(error, errors.ClientError) else _kind_of(error)


def _reason(error: errors.ClientError) -> Reason:
    code = str(error.response.get("Error", {}).get("Code", ""))
    for meant, codes in CODES.items():
        if code in codes:
            return meant
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode")
    if status in (401, 403):
        return Reason.DENIED
    if code.endswith(("NotFound", "NotFoundException", "DoesNotExist")) or code.startswith("NoSuch"):
        return Reason.GONE
    return Reason.FAILED


def _kind_of(error: Exception) -> Reason:
    if isinstance(error, (Deadline, errors.ConnectTimeoutError, errors.ReadTimeoutError)):
        return Reason.TIMED_OUT
    if isinstance(error, (errors.ConnectionError, errors.HTTPClientError, errors.UnknownServiceError)):
        return Reason.UNREACHABLE
    if isinstance(error, (ResponseParserError, errors.PaginationError, errors.ParamValidationError)):
        return Reason.MALFORMED
    if isinstance(error, LOST):
        return Reason.EXPIRED
    return Reason.FAILED


def line(error: Exception) -> str:
    """Say in one line what went wrong: AWS's code and message, without botocore's frame around them."""
    text = str(error)
    if isinstance(error, errors.ClientError):
        told = error.response.get("Error", {})
        text = f"{told.get('Code', '')}: {told.get('Message') or ''}"
    # A server that fails may answer with a page of HTML, which says nothing more.
    return " ".join(text.partition("<!")[0].split()).rstrip(": ")[:300]


TOKENS = ("NextToken", "nextToken", "Marker", "NextMarker")
"""Members that lead from a page to the next one, in the answer and in the question."""


def _by_token(client: Any, operation: str, arguments: Mapping[str, object]) -> Iterator[dict[str, Any]]:  # noqa: ANN401
    """Yield the pages of a call for which botocore has no paginator; many of those hand out a token all the same."""
    taken = client.meta.service_model.operation_model(operation).input_shape
    token = next((name for name in TOKENS if taken is not None and name in taken.members), "")
    given = dict(arguments)
    while True:
        page = getattr(client, xform_name(operation))(**given)
        yield page
        more = page.get(token) if isinstance(page, dict) else None
        if not more:
            return
        if more == given.get(token):
            # WAF is known to hand out the last token for ever; that is the end if nothing comes with it.
            # https://github.com/boto/boto3/issues/3715
            if any(isinstance(told, list) and told for told in page.values()):
                raise errors.PaginationError(message=f"the same token was given twice: {str(more)[:80]}")
            return
        given[token] = more


def _own(error: Exception) -> Exception:
    """Return what botocore should have raised in place of one of Python's own exceptions.

    Its parsers trip over JSON or XML of another shape than the service's, and credentials that are expired once they were renewed
    are a RuntimeError to it.
    """
    if isinstance(error, RuntimeError) and "credentials" in str(error):
        return errors.CredentialRetrievalError(provider="renewal", error_msg=str(error))
    return ResponseParserError(f"{type(error).__name__} while the answer was read: {error}")


class Deadline(errors.BotoCoreError):
    """A chain of pages and retries took longer than it may."""

    fmt = "no answer within {seconds:.0f} seconds"


class Live:
    """The pages of a real account, or of an emulated one. Safe for threads."""

    def __init__(self, connection: Connection, deadline: float = DEADLINE) -> None:
        """Take an opened account, and the seconds that one chain of calls may take."""
        self._connection = connection
        self._deadline = deadline
        self._chain = threading.local()
        self._lock = threading.Lock()
        self.requests: Counter[str] = Counter()
        """Every request that was sent, retries too."""
        self.calls: Counter[str] = Counter()
        """Every request that was meant, however often it was sent."""
        self.clients = Clients(self._make)

    def _make(self, service: str, region: str) -> Any:  # noqa: ANN401  (botocore makes clients at run time)
        client = self._connection.client(service, region)
        client.meta.events.register("before-call", self._before_call)
        client.meta.events.register("before-send", self._before_send)
        return client

    def _before_call(self, event_name: str, **_: object) -> None:
        """Count a request once; botocore calls this before its first attempt."""
        with self._lock:
            self.calls[event_name] += 1

    def _before_send(self, event_name: str, **_: object) -> None:
        """Count every request, retries too, and stop a chain whose time is over; botocore calls this before each attempt."""
        with self._lock:
            self.requests[event_name] += 1
        if time.monotonic() > getattr(self._chain, "until", float("inf")):
            raise Deadline(seconds=self._deadline)

    def __call__(
        self, service: str, operation: str, region: str, arguments: Mapping[str, object]
    ) -> Iterator[dict[str, Any]]:
        """Yield one parsed answer per page; raises botocore's exceptions."""
        self._chain.until = time.monotonic() + self._deadline
        method = xform_name(operation)
        with self.clients.lease(service, region) as client:
            try:
                if client.can_paginate(method):
                    yield from client.get_paginator(method).paginate(**arguments)
                else:
                    yield from _by_token(client, operation, arguments)
            except errors.BotoCoreError:
                raise
            except (AttributeError, LookupError, RuntimeError, TypeError, ValueError) as error:
                raise _own(error) from error
