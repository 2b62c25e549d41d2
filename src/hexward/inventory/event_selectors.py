"""What a trail's event selectors let through: all, a part or nothing of the reads and writes of something.

https://docs.aws.amazon.com/awscloudtrail/latest/userguide/filtering-data-events.html tells how advanced selectors are evaluated.
"""

from collections.abc import Iterable, Iterator
from enum import IntEnum
from typing import NamedTuple

from hexward.inventory.record import Part


class DataResource(Part):
    """Things whose data events a basic selector logs; a value may end at a prefix."""

    type: str
    values: tuple[str, ...] = ()


class EventSelector(Part):
    """A basic selector; AWS's defaults stand where a member is left out.

    https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_EventSelector.html
    """

    read_write_type: str = "All"
    include_management_events: bool = True
    data_resources: tuple[DataResource, ...] = ()
    exclude_management_event_sources: tuple[str, ...] = ()


class FieldSelector(Part):
    """One condition of an advanced selector."""

    field: str
    equals: tuple[str, ...] = ()
    starts_with: tuple[str, ...] = ()
    ends_with: tuple[str, ...] = ()
    not_equals: tuple[str, ...] = ()
    not_starts_with: tuple[str, ...] = ()
    not_ends_with: tuple[str, ...] = ()


class AdvancedEventSelector(Part):
    """Conditions that must all hold for an event to be logged.

    https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_AdvancedEventSelector.html
    """

    field_selectors: tuple[FieldSelector, ...]
    name: str | None = None


class Extent(IntEnum):
    """How much of something is logged; ordered, so that the larger of two selectors' extents counts."""

    NOTHING = 0
    PART = 1
    ALL = 2

    def __str__(self) -> str:
        """Return the words that follow "reads are" in a sentence."""
        return ("not logged by any trail", "logged only in part: a selector narrows them", "logged")[self]


class Logged(NamedTuple):
    """How much is logged of the reads, and how much of the writes."""

    reads: Extent = Extent.NOTHING
    writes: Extent = Extent.NOTHING

    @property
    def whole(self) -> bool:
        """Say whether every read and every write is logged."""
        return self.reads is self.writes is Extent.ALL

    @property
    def lacking(self) -> Iterator[tuple[str, Extent]]:
        """Yield `reads` and `writes`, those of the two that are not logged in full, with the extent that is."""
        return ((name, extent) for name, extent in self._asdict().items() if extent is not Extent.ALL)


type Selectors = tuple[tuple[EventSelector, ...], tuple[AdvancedEventSelector, ...]]
"""The basic and the advanced selectors of a trail; a trail has either the ones or the others."""


def union(parts: Iterable[Logged]) -> Logged:
    """Return what is logged where any one of several selectors or trails suffices.

    Two parts are not added up: whether together they leave nothing out is not tried, and the answer stays PART.
    """
    seen = tuple(parts)
    return Logged(
        max((one.reads for one in seen), default=Extent.NOTHING),
        max((one.writes for one in seen), default=Extent.NOTHING),
    )


def management_events(selectors: Selectors, source: str = "") -> Logged:
    """Say how much of the management events is logged, all of them or those of one source, as `kms.amazonaws.com`.

    A trail without any selector logs them all.
    """
    basic, advanced = selectors
    if not basic and not advanced:
        return Logged(Extent.ALL, Extent.ALL)
    return union(
        (
            *(_basic_management(one, source) for one in basic),
            *(_advanced(one, "Management", source=source) for one in advanced),
        )
    )


def data_events(selectors: Selectors, kind: str, arn: str) -> Logged:
    """Say how much of the data events of something is logged.

    `kind` is CloudTrail's word for it, such as AWS::S3::Object. An `arn` that ends in a slash stands for everything under it: a
    bucket's objects are `arn:aws:s3:::bucket/`. Any other is one exact thing.
    """
    basic, advanced = selectors
    return union(
        (*(_basic_data(one, kind, arn) for one in basic), *(_advanced(one, "Data", kind, arn) for one in advanced))
    )


def _halves(extent: Extent, *, reads: bool, writes: bool) -> Logged:
    return Logged(extent if reads else Extent.NOTHING, extent if writes else Extent.NOTHING)


def _basic(selector: EventSelector, extent: Extent) -> Logged:
    chosen = selector.read_write_type
    return _halves(extent, reads=chosen in {"All", "ReadOnly"}, writes=chosen in {"All", "WriteOnly"})


def _basic_management(selector: EventSelector, source: str) -> Logged:
    excluded = selector.exclude_management_event_sources
    if not selector.include_management_events or source in excluded:
        return Logged()
    return _basic(selector, Extent.PART if excluded and not source else Extent.ALL)


def _basic_data(selector: EventSelector, kind: str, arn: str) -> Logged:
    """Judge the values as AWS documents them: everything of a service, one exact ARN, or a prefix of a bucket's keys.

    https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_DataResource.html
    """
    service = ":".join(arn.split(":")[:3])
    values = {value for one in selector.data_resources if one.type == kind for value in one.values}
    # `arn:aws:s3:::` is how all buckets were written before `arn:aws:s3`; old trails still hold it.
    if values & {arn, service, f"{service}:::"}:
        return _basic(selector, Extent.ALL)
    narrower = arn.endswith("/") and any(value.startswith(arn) for value in values)
    return _basic(selector, Extent.PART if narrower else Extent.NOTHING)


def _advanced(
    selector: AdvancedEventSelector, category: str, kind: str = "", arn: str = "", *, source: str = ""
) -> Logged:
    chosen: dict[str, list[FieldSelector]] = {}
    for one in selector.field_selectors:
        chosen.setdefault(one.field, []).append(one)
    if not _names(chosen.pop("eventCategory", []), category):
        return Logged()
    if kind and not _names(chosen.pop("resources.type", []), kind):
        return Logged()
    sides = chosen.pop("readOnly", [])
    arns = chosen.pop("resources.ARN", [])
    sources = chosen.pop("eventSource", []) if source else []
    # Any other field (eventName, eventSource, userIdentity.arn…) leaves out some events of every resource.
    extent = min((Extent.PART if chosen else Extent.ALL, *(_of_text(one, arn) for one in arns)))
    extent = min((extent, *(_of_text(one, source) for one in sources)))
    return _halves(extent, reads=_all_name(sides, "true"), writes=_all_name(sides, "false"))


def _names(conditions: list[FieldSelector], value: str) -> bool:
    return bool(conditions) and _all_name(conditions, value)


def _all_name(conditions: list[FieldSelector], value: str) -> bool:
    return all(value in one.equals for one in conditions)


def _of_text(condition: FieldSelector, arn: str) -> Extent:
    """Weigh the conditions on an ARN, or on a source: one of those that select must hold, and none of those that deselect may."""
    selecting = _matches(arn, condition.equals, condition.starts_with, condition.ends_with)
    deselecting = _matches(arn, condition.not_equals, condition.not_starts_with, condition.not_ends_with)
    selected = max(selecting, default=Extent.ALL)
    left = Extent(Extent.ALL - max(deselecting, default=Extent.NOTHING))
    return min(selected, left)


def _matches(
    arn: str, exact: tuple[str, ...], beginnings: tuple[str, ...], endings: tuple[str, ...]
) -> tuple[Extent, ...]:
    """Say, for each value, how much of what the ARN stands for matches it."""
    space = arn.endswith("/")
    inside = {value: Extent.PART if space and value.startswith(arn) else Extent.NOTHING for value in exact + beginnings}
    return (
        *(Extent.ALL if value == arn and not space else inside[value] for value in exact),
        *(Extent.ALL if arn.startswith(value) else inside[value] for value in beginnings),
        *(Extent.PART if space else Extent.ALL if arn.endswith(value) else Extent.NOTHING for value in endings),
    )
