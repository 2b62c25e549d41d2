"""A run is a folder: what was collected, written as it arrives, so that nothing is lost and all of it can be judged again.

- `run.json`: the account, the time, the regions, and whether the collection came to its end
- `inventory.jsonl`: a record a line, and a mark for each kind and region that was listed to its end
- `gaps.jsonl`: a line for each kind and region that could not be listed in full
- `findings.jsonl`: what an audit said of it

Folders are readable by their owner alone: an inventory is a map for an attacker.
"""

import json
import os
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import IO, Any

import msgspec

import hexward.inventory as here
from hexward.inventory.inventory import GLOBAL, Derived, Inventory
from hexward.inventory.record import BASE, Record, sources
from hexward.model import Gap, Reason, RunError

SCHEMA = "hexward.run/v1"


PASSING = frozenset({Reason.EXPIRED, Reason.THROTTLED, Reason.TIMED_OUT, Reason.UNREACHABLE})
"""Reasons for a gap that pass by themselves: what has one is collected again when a run goes on."""


class About(msgspec.Struct, frozen=True, kw_only=True):
    """What `run.json` holds."""

    schema: str = SCHEMA
    account: str
    partition: str = "aws"
    regions: tuple[str, ...]
    regions_gap: Gap | None = None
    """Why the account's regions could not all be told; then there may be more of everything."""
    collected_at: datetime
    complete: bool = False
    requests: int = 0
    """HTTP requests that the collection took, retries included."""
    retries: int = 0
    """How many of those were sent again for an answer that failed."""


@cache
def kinds() -> dict[str, type[Record]]:
    """Return every kind of record that is collected, by name."""
    found = (getattr(here, name) for name in here.__all__)
    return {
        kind.__name__: kind
        for kind in found
        if isinstance(kind, type) and issubclass(kind, Record) and not issubclass(kind, Derived) and kind is not Record
    }


class Run:
    """A collection in the making, in memory and, where a folder is given, on disk line by line. Not safe for threads."""

    def __init__(self, about: About, folder: Path | None = None) -> None:
        """Begin a run; the folder is made, and must hold no other run. Raises RunError if it cannot be written."""
        self.about = about
        self.folder = folder
        self._records: list[Record] = []
        self._marks: dict[tuple[type[Record], str], Gap | None] = {}
        self._files: dict[str, IO[bytes]] = {}
        if folder is not None:
            self._begin(folder)

    def _begin(self, folder: Path) -> None:
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if (folder / "run.json").exists():
                raise RunError(f"{folder} holds a run already; choose another folder")
            self._write_about()
            for name in ("inventory.jsonl", "gaps.jsonl"):
                self._files[name] = private(folder / name)
        except OSError as error:
            raise RunError(f"{folder} cannot be written: {error.strerror}") from error

    def _write_about(self) -> None:
        if self.folder is not None:
            part = self.folder / "run.json.part"
            with private(part) as file:
                file.write(msgspec.json.format(msgspec.json.encode(self.about)) + b"\n")
            # Whoever is stopped here leaves the old file or the new one, never half of it.
            part.replace(self.folder / "run.json")

    def add(self, one: Record) -> None:
        """Take a record."""
        self._records.append(one)
        self._line("inventory.jsonl", written(one) if self._files else {})

    def listed(self, kind: type[Record], region: str, gap: Gap | None) -> None:
        """Take the end of a listing, in full if there is no gap."""
        self._marks[kind, region] = gap
        if gap is None:
            self._line("inventory.jsonl", {"listed": kind.__name__, "region": region})
        else:
            self._line("gaps.jsonl", {"kind": kind.__name__, "region": region, "gap": gap})

    def _line(self, name: str, content: Mapping[str, object]) -> None:
        file = self._files.get(name)
        if file is None:
            return
        try:
            file.write(encoded(content) + b"\n")
            file.flush()
        except OSError as error:
            raise RunError(f"{self.folder} cannot be written: {error.strerror}") from error

    def finish(self, *, complete: bool, requests: int = 0, retries: int = 0) -> None:
        """Close the files, and say in `run.json` whether the collection came to its end and how many requests that took."""
        for file in self._files.values():
            file.close()
        self._files.clear()
        self.about = msgspec.structs.replace(self.about, complete=complete, requests=requests, retries=retries)
        self._write_about()

    @property
    def whole(self) -> frozenset[tuple[type[Record], str]]:
        """Return what was listed to its end, kind and region, without a gap that another try might close."""
        again = {self._place(one) for one in self._records if any(gap.reason in PASSING for gap in one.gaps.values())}
        return frozenset(place for place, gap in self._marks.items() if gap is None and place not in again)

    def _place(self, one: Record) -> tuple[type[Record], str]:
        """Return the listing that a record came from."""
        return type(one), GLOBAL if (type(one), GLOBAL) in self._marks else one.region

    def keep(self) -> None:
        """Drop what is not whole, and write the folder anew so that the collection can go on. Raises RunError."""
        whole = self.whole
        self._records = [one for one in self._records if self._place(one) in whole]
        self._marks = dict.fromkeys(sorted(whole, key=lambda place: (place[0].__name__, place[1])))
        self.about = msgspec.structs.replace(self.about, complete=False)
        if self.folder is None:
            return
        try:
            self._write_about()
            for name, content in (("inventory.jsonl", self._content()), ("gaps.jsonl", ())):
                part = self.folder / f"{name}.part"
                with private(part) as file:
                    file.writelines(encoded(line) + b"\n" for line in content)
                part.replace(self.folder / name)
                self._files[name] = (self.folder / name).open("ab")
        except OSError as error:
            raise RunError(f"{self.folder} cannot be written: {error.strerror}") from error

    def _content(self) -> Iterator[Mapping[str, object]]:
        yield from map(written, self._records)
        yield from ({"listed": kind.__name__, "region": region} for kind, region in self._marks)

    def inventory(self) -> Inventory:
        """Return what was collected. Whatever kind was not listed to its end, or not at all, is unlisted."""
        unlisted: dict[tuple[type[Record], str], Gap] = {}
        for kind in kinds().values():
            marks = {region: gap for (of, region), gap in self._marks.items() if of is kind}
            regions = (GLOBAL,) if not marks or GLOBAL in marks else self.about.regions
            for region in regions:
                gap = marks.get(region, Gap(Reason.NOT_COLLECTED, f"{kind.__name__} was not collected", region=region))
                if gap is not None:
                    unlisted[kind, region] = gap
            if self.about.regions_gap is not None and regions != (GLOBAL,):
                unlisted[kind, ""] = self.about.regions_gap
        about = self.about
        return Inventory(about.account, about.collected_at, about.regions, self._records, unlisted, about.partition)


def private(path: Path) -> IO[bytes]:
    """Open a file for writing that only its owner may read; what lay there before, a link to elsewhere too, gives way."""
    path.unlink(missing_ok=True)
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def encoded(content: object) -> bytes:
    """Return anything as JSON; half a surrogate pair, which a hostile answer may hold and UTF-8 cannot, becomes `?`."""
    try:
        return msgspec.json.encode(content)
    except UnicodeEncodeError:
        return json.dumps(msgspec.to_builtins(content), ensure_ascii=False).encode("utf-8", "replace")


def written(one: Record) -> dict[str, object]:
    """Return a record as it stands in `inventory.jsonl`."""
    head = {"kind": type(one).__name__, "arn": one.arn, "account": one.account, "region": one.region}
    return {**head, "fields": one.known(), "gaps": dict(one.gaps)}


def about(folder: Path) -> About:
    """Read what a run is about. Raises RunError."""
    try:
        text = (folder / "run.json").read_bytes()
        found = msgspec.json.decode(text, type=About)
    except OSError as error:
        raise RunError(f"{folder / 'run.json'} cannot be read: {error.strerror}") from error
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise RunError(f"{folder / 'run.json'}: {error}") from error
    if found.schema != SCHEMA:
        raise RunError(f"{folder / 'run.json'}: the schema is {found.schema!r}, not {SCHEMA!r}")
    if found.collected_at.tzinfo is None:
        raise RunError(f"{folder / 'run.json'}: collected_at has no time zone")
    return found


def load(folder: Path) -> Run:
    """Read a run from its folder. Raises RunError with the file and the line of what cannot be read.

    A last line without its end is what an interruption leaves: it is passed over, and its listing has no mark.
    """
    run = Run(about(folder))
    for place, line in lines(folder / "inventory.jsonl"):
        _take(run, place, line)
    for place, line in lines(folder / "gaps.jsonl"):
        run.listed(_kind(place, line, "kind"), _region(place, line), _convert(place, line.get("gap"), Gap))
    return run


def resume(folder: Path, account: str) -> Run:
    """Read a run that did not come to its end, drop what is not whole, and open its folder again.

    Raises RunError for a run of another account, or a folder that cannot be read or written.
    """
    begun = load(folder)
    if begun.about.account != account:
        raise RunError(f"{folder} holds a run of account {begun.about.account}, not of {account}")
    begun.folder = folder
    begun.keep()
    return begun


def lines(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each JSON object of a file with its place, `file:line`. Raises RunError."""
    try:
        with path.open("rb") as file:
            for number, text in enumerate(file, start=1):
                if not text.endswith(b"\n"):
                    return
                place = f"{path}:{number}"
                yield place, _convert(place, _decode(place, text), dict[str, Any])
    except OSError as error:
        raise RunError(f"{path} cannot be read: {error.strerror}") from error


def _decode(place: str, text: bytes) -> object:
    try:
        return msgspec.json.decode(text)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise RunError(f"{place}: {error}") from error


def _take(run: Run, place: str, line: dict[str, Any]) -> None:
    if "listed" in line:
        run.listed(_kind(place, line, "listed"), _region(place, line), None)
        return
    kind = _kind(place, line, "kind")
    declared = sources(kind)
    given = _convert(place, line.get("fields"), dict[str, Any])
    strange = given.keys() - declared.keys()
    if strange:
        raise RunError(f"{place}: {kind.__name__} has no field {min(strange)!r}")
    head = {name: _convert(place, line.get(name), str) for name in sorted(BASE - {"gaps"})}
    fields = {name: _convert(f"{place}: {name}", value, declared[name].type) for name, value in given.items()}
    gaps = _convert(place, line.get("gaps", {}), dict[str, Gap])
    if gaps.keys() - declared.keys():
        raise RunError(f"{place}: {kind.__name__} has no field {min(gaps.keys() - declared.keys())!r}")
    run.add(kind.partial(gaps, **head, **fields))


def _region(place: str, line: Mapping[str, Any]) -> str:
    return _convert(f"{place}: region", line.get("region"), str)


def _kind(place: str, line: Mapping[str, Any], name: str) -> type[Record]:
    kind = kinds().get(str(line.get(name)))
    if kind is None:
        raise RunError(f"{place}: {line.get(name)!r} is not a kind of record")
    return kind


def _convert[T](place: str, value: object, type_: type[T]) -> T:
    try:
        return msgspec.convert(value, type_)
    except (msgspec.ValidationError, ValueError) as error:
        raise RunError(f"{place}: {error}") from error


def now() -> datetime:
    """Return the time of a collection that begins: UTC, whole seconds."""
    return datetime.now(UTC).replace(microsecond=0)
