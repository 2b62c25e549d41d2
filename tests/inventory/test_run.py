"""A run folder holds an inventory whole, keeps it to its owner, and never says more than was collected when it is damaged."""

import json
import os
import stat
import tempfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import inspect

from hexward.controls import audit, controls
from hexward.inventory import GLOBAL, Bucket, Key, Record, Role, Trail
from hexward.inventory.record import sources
from hexward.inventory.run import About, Run, kinds, load, resume
from hexward.model import Gap, Reason, RunError, Status
from tests.build import ACCOUNT, NOW, REGION, seen
from tests.test_catalog import example

ABOUT = About(account=ACCOUNT, regions=(REGION, "eu-west-1"), collected_at=NOW)
EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001  (hypothesis adds the time zone)
TEXTS = st.text(st.characters(codec="utf-8"), max_size=8)
GAPS = st.builds(Gap, st.sampled_from(Reason), TEXTS, TEXTS, TEXTS, TEXTS, TEXTS, TEXTS)
MAKERS: Mapping[type, Callable[[Any], st.SearchStrategy[Any]]] = {
    inspect.StrType: lambda _: TEXTS,
    inspect.BoolType: lambda _: st.booleans(),
    inspect.IntType: lambda _: st.integers(-(2**53), 2**53),
    inspect.FloatType: lambda _: st.floats(allow_nan=False, allow_infinity=False),
    inspect.DateTimeType: lambda _: st.datetimes(EPOCH, EPOCH + timedelta(days=50_000), timezones=st.just(UTC)),
    inspect.NoneType: lambda _: st.none(),
    inspect.UnionType: lambda of: st.one_of(*map(values, of.types)),
    inspect.ListType: lambda of: st.lists(values(of.item_type), max_size=2),
    inspect.VarTupleType: lambda of: st.lists(values(of.item_type), max_size=2).map(tuple),
    inspect.FrozenSetType: lambda of: st.frozensets(values(of.item_type), max_size=2),
    inspect.DictType: lambda of: st.dictionaries(values(of.key_type), values(of.value_type), max_size=2),
    inspect.EnumType: lambda of: st.sampled_from(of.cls),
    inspect.LiteralType: lambda of: st.sampled_from(of.values),
    inspect.StructType: lambda of: st.builds(of.cls, **{one.name: values(one.type) for one in of.fields}),
}
"""What makes values of each of msgspec's types; one that is missing here is an error."""


def values(of: inspect.Type) -> st.SearchStrategy[Any]:
    """Make values of a field's type, as msgspec understands it."""
    return MAKERS[type(of)](of)


@cache
def records(name: str) -> st.SearchStrategy[Record]:
    """Make records of a kind, by its name, of which any field may be missing, with or without a gap that says why."""
    kind = kinds()[name]
    declared = sources(kind)
    known = st.fixed_dictionaries({}, optional={n: values(inspect.type_info(s.type)) for n, s in declared.items()})
    gaps = st.dictionaries(st.sampled_from(sorted(declared)), GAPS, max_size=3)
    base = {"arn": TEXTS, "account": TEXTS, "region": TEXTS}
    return st.builds(lambda known, gaps, **base: kind.partial(gaps, **base, **known), known, gaps, **base)


def plain(one: Record) -> object:
    """Return what makes two records equal."""
    return type(one), one.arn, one.account, one.region, one.known(), dict(one.gaps)


@pytest.fixture
def folder(tmp_path):
    """Return the folder of a finished run: one bucket, roles listed in full, buckets refused in part."""
    run = Run(ABOUT, tmp_path / "run")
    run.add(seen(Bucket, "arn:aws:s3:::b", name="b", versioning=None))
    run.listed(Role, GLOBAL, None)
    run.listed(Bucket, GLOBAL, Gap(Reason.DENIED, "no", "s3:ListBuckets", "s3:ListAllMyBuckets"))
    run.finish(complete=True)
    return tmp_path / "run"


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_what_is_written_line_by_line_is_read_again_the_same(data):
    drawn = st.lists(st.sampled_from(sorted(kinds())).flatmap(records), max_size=3)
    given_records = data.draw(drawn)
    marks = data.draw(st.dictionaries(st.sampled_from(sorted(kinds())), st.none() | GAPS, max_size=4))
    with tempfile.TemporaryDirectory() as folder:
        run = Run(ABOUT, Path(folder))
        for one in given_records:
            run.add(one)
        for name, gap in marks.items():
            run.listed(kinds()[name], REGION, gap)
        run.finish(complete=True)
        read = load(Path(folder))
    assert read.about == run.about
    assert [plain(one) for one in read.inventory()] == [plain(one) for one in run.inventory()]
    assert read.inventory().unlisted == run.inventory().unlisted


def test_the_folder_and_its_files_are_their_owners_alone(folder):
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}


def test_files_that_lay_there_before_are_closed_to_others_too(tmp_path):
    for name in ("inventory.jsonl", "gaps.jsonl"):
        (tmp_path / name).touch(mode=0o644)
    Run(ABOUT, tmp_path).finish(complete=True)
    assert {stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()} == {0o600}


def test_a_link_that_lay_there_before_is_not_followed(tmp_path):
    victim = tmp_path / "victim"
    victim.write_text("precious")
    folder = tmp_path / "run"
    folder.mkdir()
    (folder / "inventory.jsonl").symlink_to(victim)
    Run(ABOUT, folder).finish(complete=True)
    assert victim.read_text() == "precious"


def test_a_folder_that_holds_a_run_is_not_overwritten(folder):
    before = (folder / "inventory.jsonl").read_bytes()
    with pytest.raises(RunError, match="holds a run already"):
        Run(ABOUT, folder)
    assert (folder / "inventory.jsonl").read_bytes() == before


def test_a_run_that_never_ended_loads_with_what_it_has_and_says_so(tmp_path):
    run = Run(ABOUT, tmp_path / "run")
    run.add(seen(Bucket, "arn:aws:s3:::b", name="b"))
    read = load(tmp_path / "run")
    run.finish(complete=False)
    assert not read.about.complete
    assert [one.arn for one in read.inventory()] == ["arn:aws:s3:::b"]
    assert (Bucket, GLOBAL) in read.inventory().unlisted


def replace_line(path: Path, number: int, content: object) -> None:
    lines = path.read_bytes().splitlines(keepends=True)
    text = content if isinstance(content, bytes) else json.dumps(content).encode()
    path.write_bytes(b"".join([*lines[: number - 1], text + b"\n", *lines[number:]]))


BUCKET = {"kind": "Bucket", "arn": "a", "account": "1", "region": REGION, "fields": {}, "gaps": {}}


@pytest.mark.parametrize(
    ("file", "line", "content", "says"),
    [
        ("inventory.jsonl", 1, b"{", "truncated"),
        ("inventory.jsonl", 2, b"\xff\xfe", ""),
        ("inventory.jsonl", 1, b"[" * 100_000, ""),
        ("inventory.jsonl", 1, [1], "object"),
        ("inventory.jsonl", 2, {}, "is not a kind of record"),
        ("inventory.jsonl", 2, {"listed": "Buckett", "region": GLOBAL}, "'Buckett' is not a kind of record"),
        ("inventory.jsonl", 2, {"listed": "Bucket"}, "str"),
        ("inventory.jsonl", 1, {**BUCKET, "kind": "Inventory"}, "'Inventory' is not a kind of record"),
        ("inventory.jsonl", 1, {**BUCKET, "kind": ["Bucket"]}, "is not a kind of record"),
        ("inventory.jsonl", 1, {**BUCKET, "arn": 3}, "str"),
        ("inventory.jsonl", 1, {**BUCKET, "fields": None}, "object"),
        ("inventory.jsonl", 1, {**BUCKET, "fields": {"nom": "b"}}, "Bucket has no field 'nom'"),
        ("inventory.jsonl", 1, {**BUCKET, "fields": {"name": 3}}, "name: "),
        ("inventory.jsonl", 1, {**BUCKET, "gaps": {"name": {"reason": "denied"}}}, "detail"),
        ("inventory.jsonl", 1, {**BUCKET, "gaps": {"name": {"reason": "tired", "detail": ""}}}, "'tired'"),
        ("inventory.jsonl", 1, {**BUCKET, "gaps": {"nom": {"reason": "denied", "detail": ""}}}, "no field 'nom'"),
        ("gaps.jsonl", 1, {"kind": "Bucket", "region": GLOBAL}, "object"),
        ("gaps.jsonl", 1, {"kind": "Bucket", "gap": {"reason": "denied", "detail": ""}}, "str"),
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_read_is_named(folder, file, line, content, says):
    replace_line(folder / file, line, content)
    with pytest.raises(RunError) as error:
        load(folder)
    assert str(error.value).startswith(f"{folder / file}:{line}: ")
    assert says in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("{", "truncated"),
        ("[]", "object"),
        ("{}", "account"),
        ('{"schema":"hexward.run/v9","account":"1","regions":[],"collected_at":"2026-01-01T00:00:00Z"}', "v9"),
        ('{"account":"1","regions":[],"collected_at":"2026-01-01T00:00:00"}', "no time zone"),
        ('{"account":"1","regions":"us-east-1","collected_at":"2026-01-01T00:00:00Z"}', "regions"),
        ("\ufffe", ""),
    ],
)
def test_a_run_json_that_cannot_be_read_is_named(folder, content, says):
    (folder / "run.json").write_text(content)
    with pytest.raises(RunError) as error:
        load(folder)
    assert str(error.value).startswith(f"{folder / 'run.json'}: ")
    assert says in str(error.value)


@pytest.mark.parametrize("name", ["run.json", "inventory.jsonl", "gaps.jsonl"])
@pytest.mark.parametrize("instead", [Path.unlink, lambda path: (path.unlink(), path.mkdir())], ids=["none", "a folder"])
def test_a_file_that_is_missing_or_is_none_is_named(folder, name, instead):
    instead(folder / name)
    with pytest.raises(RunError, match=f"{name} cannot be read: "):
        load(folder)


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read and write everything")
def test_a_folder_that_may_not_be_written_is_named(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(RunError, match="cannot be written: Permission denied"):
        Run(ABOUT, tmp_path / "run")


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(RunError, match="cannot be written: Not a directory"):
        Run(ABOUT, tmp_path / "file" / "run")


def passes(run: Run) -> set[tuple[str, str]]:
    return {(f.control, f.resource) for f in audit(run.inventory(), controls()) if f.status is Status.PASS}


def whole(folder: Path) -> Path:
    """Write a run of what the controls' own tests give as good, in which every kind but one was listed to its end."""
    run = Run(About(account=ACCOUNT, regions=(REGION,), collected_at=NOW), folder)
    good = (one for control in controls() for one in example(control, "PASS") if type(one) in kinds().values())
    for one in {(type(one), one.arn): one for one in good}.values():
        run.add(one)
    for kind in kinds().values():
        run.listed(kind, GLOBAL, Gap(Reason.DENIED, "no", "a:B", "a:B") if kind is Trail else None)
    run.finish(complete=True)
    return folder


@pytest.mark.parametrize("name", ["run.json", "inventory.jsonl", "gaps.jsonl"])
def test_cut_at_any_byte_it_is_an_error_or_passes_no_more_than_the_whole(tmp_path, name):
    folder = whole(tmp_path / "run")
    allowed = passes(load(folder))
    assert len(allowed) > 10
    content = (folder / name).read_bytes()
    seen_before: set[int] = set()
    for length in range(len(content)):
        (folder / name).write_bytes(content[:length])
        try:
            run = load(folder)
        except RunError:
            continue
        lines = content[:length].count(b"\n")
        # Only whole lines count, so that a folder with as many of them was judged already.
        if lines not in seen_before:
            seen_before.add(lines)
            assert passes(run) <= allowed


def test_half_a_surrogate_pair_is_written_as_a_question_mark(tmp_path):
    run = Run(ABOUT, tmp_path / "run")
    run.add(seen(Bucket, "arn:aws:s3:::b", name="b\ud800"))
    run.finish(complete=True)
    [one] = load(tmp_path / "run").inventory()
    assert one.known()["name"] == "b?"


def test_run_json_is_one_object_that_people_can_read(folder):
    text = (folder / "run.json").read_text()
    assert json.loads(text)["schema"] == "hexward.run/v1"
    assert len(text.splitlines()) > 5
    assert msgspec.json.decode(text, type=About).complete


def begun(folder: Path) -> Run:
    """Write a run that was cut off: one kind whole, one refused, one with a gap that passes, one without its end."""
    run = Run(ABOUT, folder)
    run.add(seen(Bucket, "arn:aws:s3:::whole", region="eu-west-1", name="whole"))
    run.listed(Bucket, GLOBAL, None)
    run.listed(Role, GLOBAL, Gap(Reason.DENIED, "no", "iam:GetAccountAuthorizationDetails"))
    run.add(seen(Trail, "arn:kept", name="kept"))
    run.listed(Trail, REGION, None)
    run.add(seen(Trail, "arn:throttled", region="eu-west-1").punched("name", Gap(Reason.THROTTLED, "slow")))
    run.listed(Trail, "eu-west-1", None)
    run.add(seen(Key, "arn:half", key_id="half"))
    run.finish(complete=False)
    return run


@pytest.fixture
def soon(monkeypatch):
    """Let it be an hour after the run began."""
    monkeypatch.setattr("hexward.inventory.run.now", lambda: NOW + timedelta(hours=1))


@pytest.mark.usefixtures("soon")
def test_a_run_that_goes_on_keeps_what_is_whole_and_nothing_else(tmp_path):
    begun(tmp_path / "run")
    with (tmp_path / "run" / "inventory.jsonl").open("ab") as file:
        file.write(b'{"kind":"Key","arn":"torn')
    run = resume(tmp_path / "run", ACCOUNT)
    assert run.whole == {(Bucket, GLOBAL), (Trail, REGION)}
    assert [one.arn for one in run.inventory()] == ["arn:aws:s3:::whole", "arn:kept"]
    run.add(seen(Key, "arn:half", key_id="half"))
    run.listed(Key, REGION, None)
    run.finish(complete=True, requests=3)
    again = load(tmp_path / "run")
    assert [one.arn for one in again.inventory()] == ["arn:aws:s3:::whole", "arn:kept", "arn:half"]
    assert again.about.complete
    assert (again.about.requests, again.about.collected_at) == (3, NOW)
    assert {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "run").glob("*")} == {0o600}


@pytest.mark.usefixtures("soon")
def test_a_run_of_another_account_does_not_go_on(tmp_path):
    begun(tmp_path / "run")
    with pytest.raises(RunError, match="holds a run of account 111122223333, not of 999999999999"):
        resume(tmp_path / "run", "999999999999")


@pytest.mark.usefixtures("soon")
def test_a_whole_run_that_goes_on_lacks_nothing(tmp_path):
    run = begun(tmp_path / "run")
    run.finish(complete=True)
    again = resume(tmp_path / "run", ACCOUNT)
    again.finish(complete=again.about.complete)
    assert not load(tmp_path / "run").about.complete
    assert again.whole == run.whole


def test_a_run_of_another_day_does_not_go_on(tmp_path, monkeypatch):
    begun(tmp_path / "run")
    monkeypatch.setattr("hexward.inventory.run.now", lambda: NOW + timedelta(hours=25))
    with pytest.raises(RunError, match="was begun on 2026-03-02 12:00 UTC, too long ago"):
        resume(tmp_path / "run", ACCOUNT)
