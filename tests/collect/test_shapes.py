"""Every field is read from a place that AWS's own description of its answers has, and every call asks what AWS takes."""

import importlib
import pkgutil
import re
from datetime import UTC, datetime
from types import NoneType, UnionType
from typing import Annotated, Any, TypeAliasType, Union, get_args, get_origin

import msgspec
import pytest
from botocore.model import ListShape, MapShape, Shape, StructureShape
from botocore.validate import ParamValidator

import hexward.inventory
from hexward.aws import action_of
from hexward.collect.collect import tables
from hexward.collect.table import Call, Table
from hexward.inventory import Derived, Record
from hexward.inventory.record import At, Source, record, sources
from tests.aws.shapes import NoSuchPathError, follow, operation, output, service

TABLES = tables()
PYTHON = {"string": str, "boolean": bool, "integer": int, "long": int, "float": float, "double": float, "timestamp": datetime,
          "blob": bytes}  # fmt: skip


def kinds() -> set[type[Record]]:
    names = [m.name for m in pkgutil.iter_modules(hexward.inventory.__path__, "hexward.inventory.")]
    found = (value for name in names for value in vars(importlib.import_module(name)).values())
    return {k for k in found if isinstance(k, type) and issubclass(k, Record) and k not in {Record, Derived}}


FIELDS = sorted(
    ((kind, source) for kind in kinds() for source in sources(kind).values() if source.at is not None),
    key=lambda pair: (pair[0].__name__, pair[1].name),
)

every_table = pytest.mark.parametrize("table", TABLES, ids=lambda t: t.record.__name__)
every_field = pytest.mark.parametrize(("kind", "source"), FIELDS, ids=[f"{k.__name__}.{s.name}" for k, s in FIELDS])


def member(table: Table, path: str) -> Shape:
    """Follow a path through the thing that a table tells of, or else through what it lies within."""
    if path == table.text:
        return follow(output(table.calls[0]), table.items)
    try:
        return follow(follow(output(table.told_by), table.told_at), path)
    except NoSuchPathError:
        within = table.within
        if within is None:
            raise
        above = follow(output(table.name(within.call)), within.items)
        return above if path == within.text else follow(above, path)


def calls_of(table: Table) -> tuple[Call, ...]:
    batch = () if table.batch is None else (table.batch.call,)
    within = () if table.within is None else (table.within.call,)
    return (table.listing, *batch, *table.details, *within)


def texts_in(value: object) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [one.removeprefix("$") for one in values if isinstance(one, str) and one.startswith("$")]


def misfits(declared: Any, shape: Shape, place: str) -> list[str]:
    """Say where a declared type cannot hold what the shape describes."""
    declared = plain(declared)
    if isinstance(shape, StructureShape):
        return misfits_of_part(declared, shape, place)
    if isinstance(shape, ListShape):
        inner = get_args(declared)
        if get_origin(declared) is not tuple or inner[1:] != (...,):
            return [f"{place}: {shape.name} is a list, not {declared}"]
        return misfits(inner[0], shape.member, f"{place}[]")
    if isinstance(shape, MapShape):
        if get_origin(declared) is not dict:
            return [f"{place}: {shape.name} is a map, not {declared}"]
        return misfits(get_args(declared)[1], shape.value, f"{place}.*")
    return (
        [] if declared is PYTHON[shape.type_name] else [f"{place}: {shape.name} is a {shape.type_name}, not {declared}"]
    )


def plain(declared: Any) -> Any:
    """Take off what does not change the type: None beside it, an alias, an annotation."""
    if isinstance(declared, TypeAliasType):
        return plain(declared.__value__)
    if get_origin(declared) is Annotated:
        return plain(get_args(declared)[0])
    if get_origin(declared) in {Union, UnionType}:
        [declared] = [one for one in get_args(declared) if one is not NoneType]
        return plain(declared)
    return declared


def misfits_of_part(declared: Any, shape: StructureShape, place: str) -> list[str]:
    if not (isinstance(declared, type) and issubclass(declared, msgspec.Struct)):
        return [f"{place}: {shape.name} is a structure, not {declared}"]
    found: list[str] = []
    for member in msgspec.structs.fields(declared):
        if member.encode_name not in shape.members:
            found.append(f"{place}: {shape.name} has no {member.encode_name}")
        else:
            found += misfits(member.type, shape.members[member.encode_name], f"{place}.{member.encode_name}")
    return found


@every_field
def test_is_read_from_a_place_that_exists_in_the_answer(kind: type[Record], source: Source):
    assert source.at is not None
    shape = follow(output(source.at.call), source.at.path)
    if source.at.via is None:
        assert misfits(source.type, shape, f"{kind.__name__}.{source.name}") == []


@every_field
def test_is_read_from_a_call_that_its_table_makes(kind: type[Record], source: Source):
    assert source.at is not None
    made = [table.calls for table in TABLES if table.record is kind]
    assert made
    assert all(source.at.call in calls for calls in made)


def test_every_kind_that_is_not_put_together_from_others_is_collected():
    assert {k for k in kinds() if not issubclass(k, Derived)} == {table.record for table in TABLES}


@every_table
def test_paths_under_the_listing_begin_with_its_list(table: Table):
    told = [s.at.path for s in sources(table.record).values() if s.at is not None and s.at.call == table.told_by]
    assert all(path.startswith(table.told_at) for path in told)
    assert table.batch is None or all(s.at and s.at.call != table.calls[0] for s in sources(table.record).values())


def test_a_kind_has_one_table():
    assert len({table.record for table in TABLES}) == len(TABLES)


@every_table
def test_asks_for_what_each_operation_takes(table: Table):
    for call in calls_of(table):
        of = operation(table.name(call))
        taken = of.input_shape.members if of.input_shape is not None else {}
        filled = {name: filled_in(value, taken[name]) for name, value in call.arguments.items()}
        report = ParamValidator().validate(filled, of.input_shape) if of.input_shape is not None else None
        assert report is None or not report.has_errors(), report.generate_report()
        assert [name for name in filled if too_large(filled[name], taken[name])] == []


def filled_in(value: Any, shape: Shape) -> Any:
    if isinstance(value, list):
        assert isinstance(shape, ListShape)
        return [filled_in(one, shape.member) for one in value]
    if not isinstance(value, str) or not value.startswith("$"):
        return value
    if value == "$batch":
        assert isinstance(shape, ListShape)
        return ["x" * shape.member.metadata.get("min", 1)]
    return datetime(2026, 1, 1, tzinfo=UTC) if shape.type_name == "timestamp" else "x" * shape.metadata.get("min", 1)


def too_large(value: Any, shape: Shape) -> bool:
    return isinstance(value, int) and value > shape.metadata.get("max", value)


@every_table
def test_fills_arguments_from_members_of_the_listed_item(table: Table):
    for call in table.details:
        for path in (path for value in call.arguments.values() for path in texts_in(value)):
            if path not in {"account", "since", "arn"}:
                assert member(table, path).type_name == "string"


@every_table
def test_asks_for_a_batch_of_the_texts_that_it_lists(table: Table):
    if table.batch is None:
        return
    assert table.text
    assert follow(output(table.calls[0]), table.items).type_name == "string"
    of = operation(table.told_by).input_shape
    assert of is not None
    [name] = [name for name, value in table.batch.call.arguments.items() if value == "$batch"]
    assert table.batch.size <= of.members[name].metadata.get("max", table.batch.size)


@every_table
def test_lists_what_lies_within_by_members_of_what_it_lies_in(table: Table):
    if table.within is None:
        return
    above = follow(output(table.name(table.within.call)), table.within.items)
    asked = [path for value in table.listing.arguments.values() for path in texts_in(value)]
    assert asked
    for path in asked:
        assert (above if path == table.within.text else follow(above, path)).type_name == "string"


@every_table
def test_names_records_by_texts_of_the_listed_item(table: Table):
    for name in set(re.findall(r"\{(\w+)\}", table.arn)) - {"partition", "account", "region"}:
        assert member(table, name).type_name == "string"


@every_table
def test_reads_reports_of_calls_that_exist_by_a_member_that_exists(table: Table):
    if table.report is None:
        return
    assert not table.report.key or member(table, table.report.key).type_name == "string"
    for call in table.report.calls:
        output(f"{table.service}:{call}")
    assert table.report.call in table.calls


@every_table
def test_takes_only_declared_errors_for_absence(table: Table):
    for call in calls_of(table):
        declared = {shape.name for shape in operation(table.name(call)).error_shapes}
        assert not declared or {code.partition(": ")[0] for code in call.absent} <= declared


@every_table
def test_needs_actions_of_the_service_that_signs_the_calls(table: Table):
    for call in table.calls:
        # CloudWatch signs as `monitoring` and is `cloudwatch` in policies.
        signs = service(call.partition(":")[0]).signing_name
        assert action_of(call).partition(":")[0] in {signs, "cloudwatch" if signs == "monitoring" else signs}


def test_a_default_would_stand_in_for_a_value_never_read():
    with pytest.raises(TypeError, match="encrypted has a default"):

        @record
        class Volume(Record):
            encrypted: Annotated[bool, At("ec2:DescribeVolumes", "Volumes[].Encrypted")] = False


@pytest.mark.parametrize(
    ("call", "path"),
    [
        ("s3:ListBuckets", "Buckets[].Nom"),
        ("s3:ListBuckets", "Buckets[].Name.First"),
        ("s3:ListBuckets", "Owner[].ID"),
        ("iam:GetAccountSummary", "SummaryMap.NoSuchKey"),
    ],
)
def test_a_place_that_does_not_exist_is_noticed(call, path):
    with pytest.raises(NoSuchPathError):
        follow(output(call), path)
