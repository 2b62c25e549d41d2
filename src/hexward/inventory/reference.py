"""What a workload uses, each with the field that says so."""

import msgspec

from hexward.inventory.s3 import bucket_of


class Ref(msgspec.Struct, frozen=True):
    """Something that a workload uses, and the field that says so."""

    value: str
    source: str


def refs(source: str, *values: str | None) -> tuple[Ref, ...]:
    """Return a reference for each value that there is."""
    return tuple(Ref(value, source) for value in values if value)


def buckets(source: str, *uris: str | None) -> tuple[Ref, ...]:
    """Return a reference for each bucket that the addresses name."""
    return refs(source, *(bucket_of(uri) for uri in uris if uri))
