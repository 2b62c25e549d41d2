"""Which objects of S3 a hunt reads, and how each process opens them."""

import io
import re
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, BinaryIO

from hexward.aws import Live, Reader, Stream
from hexward.cli._account import check_regions
from hexward.cli._logs import LOOKS, Unseen, looks_like_log
from hexward.cli._options import Reached
from hexward.events.files import Source
from hexward.model import Gap, Reason, UsageError

LISTING_SECONDS = 6 * 3600.0
"""A bucket of a large organisation holds millions of files, a thousand on each page."""
AT_A_TIME = 16
"""As many as a client has connections."""
SMALL_BYTES = 4 << 20
"""An object up to this is fetched whole, while others are read; CloudTrail's are far smaller."""
DATED = re.compile(r"(?:^|/)AWSLogs/(?:o-[a-z0-9]+/)?\d{12}/CloudTrail[\w-]*/[a-z0-9-]+/(\d{4})/(\d{2})/(\d{2})/")
"""https://docs.aws.amazon.com/awscloudtrail/latest/userguide/get-and-view-cloudtrail-log-files.html"""
MARGIN = timedelta(days=2)
"""A file has events of its day and before; one day more, because clocks differ."""


@dataclass(frozen=True, slots=True)
class Way:
    """How to reach S3; each process opens its own."""

    reached: Reached
    region: str | None

    def client(self) -> Any:  # noqa: ANN401  (botocore makes clients at run time)
        """Return this process's client. Raises AccountError."""
        with _opening:
            return _client(self)


_opening = threading.Lock()


@cache
def _client(way: Way) -> Any:  # noqa: ANN401
    connection = way.reached.connect()
    return connection.client("s3", way.region or connection.region)


@dataclass(frozen=True, slots=True)
class BucketFile:
    """An object of S3."""

    bucket: str
    key: str
    size: int
    way: Way
    ahead: int = AT_A_TIME

    @property
    def name(self) -> str:
        """Return its address."""
        return f"s3://{self.bucket}/{self.key}"

    def open(self) -> BinaryIO:
        """Open it. Raises OSError."""
        stream = Stream(self.way.client(), self.bucket, self.key)
        if self.size > SMALL_BYTES:
            return stream  # type: ignore[return-value]  # io.RawIOBase is what BinaryIO means
        with stream:
            return io.BytesIO(stream.read())


def bucket_files(url: str, way: Way, since: int, tell: Callable[[str], None]) -> list[Source]:
    """Return the logs whose address begins with `url`. Raises UsageError where there are none, AccountError without credentials.

    CloudTrail's files of days before `since` (milliseconds since 1970) are left out. `tell` takes a line on what is left out.
    """
    bucket, _, prefix = url.removeprefix("s3://").partition("/")
    if not bucket:
        raise UsageError(f"{url} names no bucket: s3://BUCKET/PREFIX")
    found: list[Source] = []
    unseen: list[Source] = []
    other: list[str] = []
    early = 0
    for key, size in _listed(url, bucket, prefix, way, unseen):
        if not looks_like_log(key):
            other.append(key)
        elif _is_before(key, since):
            early += 1
        else:
            found.append(BucketFile(bucket, key, size, way))
    if unseen and not found and looks_like_log(prefix):
        # Whoever may not list can still be allowed to read what they name.
        return [BucketFile(bucket, prefix, 0, way)]
    if other and found:
        tell(f"{len(other)} left out of {url}, whose names are no logs', such as {other[0]}")
    if early:
        tell(f"{early} of CloudTrail's files left out of {url}, which are of days before --since")
    if not found and not unseen and not early:
        raise UsageError(f"{LOOKS} in {url}")
    return found + unseen


def _listed(url: str, bucket: str, prefix: str, way: Way, unseen: list[Source]) -> Iterable[tuple[str, int]]:
    """Yield keys and sizes; what is not seen of them is put into `unseen`."""
    connection = way.reached.connect()
    check_regions(connection, [way.region] if way.region else [])
    region = way.region or connection.region
    reader = Reader(Live(connection, LISTING_SECONDS), connection.account)
    for page in reader.each("s3", "ListObjectsV2", region, Bucket=bucket, Prefix=prefix):
        if isinstance(page, Gap):
            if page.reason is Reason.GONE:
                raise UsageError(f"{url}: there is no bucket {bucket} ({page.detail})")
            needs = f" (needs {page.action})" if page.reason is Reason.DENIED else ""
            unseen.append(Unseen(url, f"the bucket cannot be listed: {page.detail}{needs}"))
            return
        for one in page.get("Contents", ()):
            # Names that end so stand for folders.
            if not one["Key"].endswith("/"):
                yield one["Key"], one["Size"]


def _is_before(key: str, since: int) -> bool:
    dated = DATED.search(key)
    if dated is None or not since:
        return False
    try:
        day = datetime(*map(int, dated.groups()), tzinfo=UTC)  # type: ignore[misc,arg-type]  # three numbers
    except ValueError:
        return False
    return (day + MARGIN).timestamp() * 1000 <= since
