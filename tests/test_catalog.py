"""The promises that hold for every control; each control's test module gives a PASS and a FAIL inventory that differ in one field."""

import importlib
from collections.abc import Iterator
from itertools import count

import pytest

from hexward.controls import Control, audit, controls
from hexward.inventory import Inventory, Record
from hexward.inventory.record import sources
from hexward.model import Finding, Gap, Kind, Reason, Status
from tests.build import NOW, Given

CONTROLS = controls()
PUNCH = Gap(Reason.DENIED, "punched", "test:Call", "test:Call")


def example(control: Control, name: str) -> Inventory:
    practice, _, own = control.id.rpartition(".")
    given = getattr(importlib.import_module(f"tests.controls.{practice}.test_{own}"), name)
    assert isinstance(given, Inventory)
    return given


def rebuilt(given: Inventory, records: list[Record]) -> Inventory:
    return Given(given.account, NOW, given.regions, records, given.unlisted)


def statuses(control: Control, given: Inventory) -> list[Status]:
    return [finding.status for finding in audit(given, [control])]


def faults(control: Control, given: Inventory) -> set[str]:
    return {f.fingerprint for f in audit(given, [control]) if f.status is Status.FAIL}


def fields(records: Inventory) -> Iterator[tuple[int, Record, str]]:
    for place, one in enumerate(records):
        for name in sources(type(one)):
            if name in one.known():
                yield place, one, name


def differing(good: Inventory, bad: Inventory) -> list[tuple[int, str]]:
    assert [(type(r), r.arn) for r in good] == [(type(r), r.arn) for r in bad], "the pair must hold the same things"
    return [(i, name) for (i, one, name), other in pairs(good, bad) if one.known()[name] != other.known()[name]]


def pairs(good: Inventory, bad: Inventory) -> Iterator[tuple[tuple[int, Record, str], Record]]:
    others = list(bad)
    for place, one, name in fields(good):
        yield (place, one, name), others[place]


every_control = pytest.mark.parametrize("control", CONTROLS, ids=lambda c: c.id)


@every_control
def test_says_why_and_how_to_fix_it_and_where_it_is_written(control):
    assert control.source.startswith("https://docs.aws.amazon.com/")
    assert 20 <= len(control.title) <= 120
    assert len(control.why) > 40
    assert len(control.fix) > 30


@every_control
def test_passes_and_fails_on_a_pair_that_differs_in_one_field(control):
    good, bad = example(control, "PASS"), example(control, "FAIL")
    assert Status.PASS in statuses(control, good)
    assert set(statuses(control, good)) <= {Status.PASS, Status.NOT_APPLICABLE}
    assert Status.FAIL in statuses(control, bad)
    assert len(differing(good, bad)) == 1


@every_control
def test_is_unknown_where_the_judged_field_was_not_read(control):
    good, bad = example(control, "PASS"), example(control, "FAIL")
    for given in (good, bad):
        [(place, field)] = differing(good, bad)
        records = list(given)
        records[place] = records[place].punched(field, PUNCH)
        punched = statuses(control, rebuilt(given, records))
        assert Status.PASS not in punched
        assert Status.UNKNOWN in punched


@every_control
def test_no_gap_turns_a_failure_into_a_pass(control):
    bad = example(control, "FAIL")
    failed = {f.resource for f in audit(bad, [control]) if f.status is Status.FAIL}
    for place, one, field in fields(bad):
        records = list(bad)
        records[place] = one.punched(field, PUNCH)
        passed = {f.resource for f in audit(rebuilt(bad, records), [control]) if f.status is Status.PASS}
        assert not failed & passed, f"a gap in {type(one).__name__}.{field} gives a pass"


@every_control
def test_a_gap_in_one_record_never_hides_another_ones_fault(control):
    bad = example(control, "FAIL")
    expected = faults(control, bad)
    copies = count()
    for _, one, field in fields(bad):
        copy = type(one).partial(
            {field: PUNCH}, arn=f"{one.arn}-copy{next(copies)}", account=one.account, region=one.region,
            **{k: v for k, v in one.known().items() if k != field},
        )  # fmt: skip
        found = faults(control, rebuilt(bad, [*bad, copy]))
        assert expected <= found, f"a gap in another {type(one).__name__}.{field} hides the fault"


@every_control
def test_an_unlisted_kind_is_unknown_and_never_silence(control):
    bad = example(control, "FAIL")
    gap = Gap(Reason.DENIED, "no", "test:List", "test:List", region="us-east-1")
    for kind in (control.judges, *control.uses):
        unlisted = {(of, region): gap for of in of_kind(kind) for region in bad.regions}
        others = [r for r in bad if type(r) not in of_kind(kind)]
        given = Inventory(bad.account, NOW, bad.regions, [r for r in others if type(r) is not kind], unlisted)
        found = list(audit(given, [control]))
        assert Status.PASS not in {f.status for f in found}, f"{kind.__name__} was not listed, and it passes"
        if kind is control.judges:
            assert Status.UNKNOWN in {f.status for f in found}


def of_kind(kind: type[Record]) -> tuple[type[Record], ...]:
    return kind.sources_of() if hasattr(kind, "sources_of") else (kind,)


@every_control
def test_looks_only_at_the_kinds_it_declares(control):
    for name in ("PASS", "FAIL"):
        given = example(control, name)
        asked = Watched(given)
        list(audit(asked, [control]))
        allowed = {control.judges, *control.uses}
        allowed |= {source for kind in tuple(allowed) for source in of_kind(kind)}
        assert asked.asked <= allowed


class Watched(Given):
    def __init__(self, given: Inventory) -> None:
        super().__init__(given.account, NOW, given.regions, list(given), given.unlisted)
        self.asked: set[type[Record]] = set()

    def of(self, kind):
        self.asked.add(kind)
        return super().of(kind)

    def find(self, kind, arn, region=""):
        self.asked.add(kind)
        return super().find(kind, arn, region)


@every_control
def test_a_fault_names_a_field_of_the_record_it_judges(control):
    for finding in audit(example(control, "FAIL"), [control]):
        if finding.status is Status.FAIL:
            assert str(finding.evidence.get("field", "")).partition(".")[0] in sources(control.judges)


def test_ids_and_former_ids_are_unique():
    names = [name for control in CONTROLS for name in (control.id, *control.was)]
    assert len(names) == len(set(names))


def test_each_practice_has_three_risks_at_least():
    for practice in {control.practice for control in CONTROLS}:
        assert sum(c.practice is practice and c.kind is Kind.RISK for c in CONTROLS) >= 3


def test_findings_of_one_inventory_are_always_the_same():
    def run(control: Control) -> list[Finding]:
        return list(audit(example(control, "FAIL"), [control]))

    assert [run(c) for c in CONTROLS] == [run(c) for c in CONTROLS]
