"""What one thing in an account is: a frozen record whose every field says where it was read, or why it could not be.

A field that could not be read is *absent* from the record, and reading it raises `NotCollected`. So no rule can mistake
"not seen" for "not there": the engine that runs the rules turns the exception into `unknown`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextvars import ContextVar
from dataclasses import MISSING, dataclass, field, fields
from datetime import datetime
from typing import Any, NoReturn, Self, dataclass_transform, get_args, get_type_hints

import msgspec

from hexward.model import Gap, Reason

NOT_GIVEN = Gap(Reason.NOT_COLLECTED, "the field was not collected")


class NotCollected(Exception):  # noqa: N818  (a verdict, not an error of the tool)
    """A field or a list that a rule needs could not be read; not an AttributeError, so that `hasattr` cannot hide it."""

    def __init__(self, what: str, gap: Gap) -> None:
        """Name what was asked for (`NotebookInstance.root_access`) and the gap that explains why it is missing."""
        super().__init__(what, gap)
        self.what = what
        self.gap = gap

    def __str__(self) -> str:
        """Say what is missing, and why."""
        return f"{self.what}: {self.gap}"

    def again(self) -> "NotCollected":
        """Return a copy to raise: an exception grows, and holds on to whoever saw it, each time that it is raised."""
        return NotCollected(self.what, self.gap)


@dataclass(frozen=True, slots=True)
class At:
    """Where AWS gives a field: `At("kms:DescribeKey", "KeyMetadata.KeyState")`.

    `call` is the client and operation as botocore names them, `path` the members of its output shape joined by dots (`[]` after a list).
    `via` reduces the raw value before it is checked against the field's type; it raises ValueError for a value it cannot read.
    """

    call: str
    path: str = ""
    via: Callable[[Any], Any] | None = None


@dataclass_transform(frozen_default=True)
class Part(msgspec.Struct, frozen=True, rename="pascal", gc=False):
    """A structure inside a record, spelt as AWS spells it; members that AWS may leave out are `| None = None`."""


@dataclass(frozen=True, slots=True)
class Source:
    """A field of a record, as its annotation declares it."""

    name: str
    type: Any
    at: At | None
    optional: bool


def read(source: Source, raw: object) -> object:
    """Turn the raw value of a field into its declared type; raises ValueError (msgspec's ValidationError is one)."""
    via = source.at.via if source.at is not None else None
    if via is not None and raw is not None:
        raw = via(raw)
    value = msgspec.convert(raw, source.type)
    if isinstance(value, datetime) and value.tzinfo is None:
        msg = f"{value} has no time zone"
        raise ValueError(msg)
    return value


@dataclass_transform(frozen_default=True, kw_only_default=True, eq_default=False)
def record[R: "Record"](cls: type[R]) -> type[R]:
    """Make a class a frozen record with slots. Collected fields take no defaults: a default would stand in for a value never read."""
    made = dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)(cls)
    plain = [f for f in fields(made) if f.name != "gaps"]
    defaulted = [f.name for f in plain if f.default is not MISSING or f.default_factory is not MISSING]
    if defaulted:
        msg = f"{cls.__name__}.{defaulted[0]} has a default, which would hide a gap"
        raise TypeError(msg)
    return made


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Record:
    """The base of all records: an ARN, where it lives, and a gap for each field that could not be read."""

    arn: str
    account: str
    region: str
    gaps: Mapping[str, Gap] = field(default_factory=dict)

    def __getattr__(self, name: str) -> NoReturn:
        """Only reached for a slot that was never filled."""
        if name in sources(type(self)):
            raise NotCollected(f"{type(self).__name__}.{name}", self.gaps.get(name, NOT_GIVEN))
        msg = f"{type(self).__name__} has no field {name!r}"
        raise AttributeError(msg)

    def __repr__(self) -> str:
        """Show the ARN only: the fields may hold text that an attacker wrote."""
        return f"<{type(self).__name__} {self.arn!r}>"

    def __reduce__(self) -> tuple[Callable[..., "Record"], tuple[object, ...]]:
        """Let copies and pickles miss the same fields; the dataclass's own way would read every one."""
        return _again, (type(self), self.arn, self.account, self.region, dict(self.gaps), self.known())

    @classmethod
    def partial(
        cls, gaps: Mapping[str, Gap | str], *, arn: str, account: str = "", region: str = "", **known: object
    ) -> Self:
        """Build a record of which only some fields are known; every other field is a gap.

        A gap given as text is an IAM refusal of that text. Raises TypeError for a field that the record does not have.
        """
        declared = sources(cls)
        unknown = (known.keys() | gaps.keys()) - declared.keys()
        if unknown:
            msg = f"{cls.__name__} has no field {min(unknown)!r}"
            raise TypeError(msg)
        made = object.__new__(cls)
        put = object.__setattr__
        put(made, "arn", arn)
        put(made, "account", account)
        put(made, "region", region)
        put(made, "gaps", {n: g if isinstance(g, Gap) else Gap(Reason.DENIED, g, action=g) for n, g in gaps.items()})
        for name, value in known.items():
            put(made, name, value)
        return made

    def known(self) -> dict[str, object]:
        """Return the fields that were read, by name."""
        values = {}
        for name in sources(type(self)):
            try:
                values[name] = getattr(self, name)
            except NotCollected:
                continue
        return values

    def punched(self, field: str, gap: Gap = NOT_GIVEN) -> Self:
        """Return a copy in which one field could not be read."""
        known = self.known()
        known.pop(field, None)
        return self.partial({**self.gaps, field: gap}, arn=self.arn, account=self.account, region=self.region, **known)


def _again(
    kind: type[Record], arn: str, account: str, region: str, gaps: Mapping[str, Gap], known: Mapping[str, object]
) -> Record:
    return kind.partial(gaps, arn=arn, account=account, region=region, **known)


_SOURCES: dict[type[Record], dict[str, Source]] = {}


def sources(kind: type[Record]) -> dict[str, Source]:
    """Return the collected fields of a record type, in order, with where each is read."""
    if kind not in _SOURCES:
        _SOURCES[kind] = _sources(kind)
    return _SOURCES[kind]


def _sources(kind: type[Record]) -> dict[str, Source]:
    hints = get_type_hints(kind, include_extras=True)
    found = {}
    for name in (f.name for f in fields(kind) if f.name not in BASE):
        hint = hints[name]
        at = next((m for m in getattr(hint, "__metadata__", ()) if isinstance(m, At)), None)
        plain = hint.__origin__ if at is not None else hint
        found[name] = Source(name, plain, at, optional=type(None) in get_args(plain))
    return found


BASE = frozenset(f.name for f in fields(Record))


_noted: ContextVar[list[NotCollected] | None] = ContextVar("noted", default=None)


class noting:  # noqa: N801  (stands after `with`; a generator takes three times as long)
    """Collect what `readable` had to leave out while one control judges one record."""

    def __enter__(self) -> list[NotCollected]:
        """Return the list that is filled."""
        left_out: list[NotCollected] = []
        self._token = _noted.set(left_out)
        return left_out

    def __exit__(self, *_: object) -> None:
        """Hand back to whoever collected before."""
        _noted.reset(self._token)


def note(missing: NotCollected) -> None:
    """Say that a record was left out of a judgement; outside one, where nobody would hear of it, raise it."""
    left_out = _noted.get()
    if left_out is None:
        raise missing
    left_out.append(missing)


def _missing(one: Record, names: Iterable[str]) -> NotCollected | None:
    for name in names:
        try:
            getattr(one, name)
        except NotCollected as missing:
            return missing
    return None


@dataclass(frozen=True, slots=True)
class Listing[R: Record]:
    """Records of one kind, with the gaps of what could not be listed.

    Looping over an incomplete listing raises `NotCollected` after its last record, and so does asking whether it holds anything while
    no record is known, so that absence is never concluded from it.
    """

    records: tuple[R, ...]
    gaps: tuple[NotCollected, ...] = ()

    def __iter__(self) -> Iterator[R]:
        """Yield every record, then raise for what is missing."""
        yield from self.records
        for gap in self.gaps:
            raise gap.again()

    def __len__(self) -> int:
        """Count the records that are known."""
        return len(self.records)

    def __bool__(self) -> bool:
        """Say whether there is any record; raises `NotCollected` where none is known and one might be."""
        return any(True for _ in self)


def readable[R: Record](listing: Listing[R], *names: str) -> Iterator[R]:
    """Yield the records whose named fields were all read; each other one makes the judgement unknown, and the loop goes on."""
    for one in listing.records:
        missing = _missing(one, names)
        if missing is None:
            yield one
        else:
            note(missing)
    for gap in listing.gaps:
        note(gap.again())


def exists[R: Record](listing: Listing[R], good: Callable[[R], bool]) -> bool:
    """Say whether some record is good. Raises `NotCollected` where no known one is and an unread one might be."""
    return some_is(listing.records, good, listing.gaps)


def some_is[T](things: Iterable[T], good: Callable[[T], bool], gaps: Iterable[NotCollected] = ()) -> bool:
    """Say whether some thing is good; where none surely is and one might be, or there may be more, raise `NotCollected`."""
    undecided = list(gaps)
    for one in things:
        try:
            if good(one):
                return True
        except NotCollected as missing:
            undecided.append(missing)
    if undecided:
        raise undecided[0].again()
    return False


def either(*looks: Callable[[], bool]) -> bool:
    """Say whether one of several looks finds what it looks for, whatever the others could not see, as `some_is` does."""
    return some_is(looks, lambda look: look())


def best[R: Record](listing: Listing[R], meant: Callable[[R], bool], good: Callable[[R], bool]) -> R | None:
    """Return a good one of the records that are meant, or else one that is not good, or None if there is surely none.

    What was not read is noted where it might be a good one; raises `NotCollected` where it might be the only one that is meant.
    """
    undecided = list(listing.gaps)
    found: R | None = None
    for one in listing.records:
        try:
            if not meant(one):
                continue
            if good(one):
                return one
            found = one
        except NotCollected as missing:
            undecided.append(missing)
    if found is None and undecided:
        raise undecided[0].again()
    for unread in undecided:
        note(unread.again())
    return found
