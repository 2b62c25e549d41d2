"""What a workload uses, each with the field that says so."""

import msgspec

from hexward.inventory.record import NotCollected
from hexward.inventory.s3 import bucket_of
from hexward.model import Gap, Reason


class Ref(msgspec.Struct, frozen=True):
    """Something that a workload uses, and the field that says so."""

    value: str
    source: str


def named(*texts: str | None) -> tuple[str, ...]:
    """Return the texts that there are, each once."""
    return tuple(dict.fromkeys(text for text in texts if text))


def refs(source: str, *values: str | None) -> tuple[Ref, ...]:
    """Return a reference for each value that there is."""
    return tuple(Ref(value, source) for value in values if value)


def buckets(source: str, *uris: str | None) -> tuple[Ref, ...]:
    """Return a reference for each bucket that the addresses name.

    Raises NotCollected for an address that stands for a bucket without naming it, as that of an access point does.
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-naming.html
    """
    return refs(source, *(_bucket(source, uri) for uri in uris if uri))


def _bucket(source: str, uri: str) -> str:
    name = bucket_of(uri)
    if name is None or name.endswith(("-s3alias", "--ol-s3")):
        raise NotCollected(source, Gap(Reason.UNSUPPORTED, f"{uri} does not name a bucket", resource=uri))
    return name
