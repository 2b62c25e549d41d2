import io
import re
import unicodedata
from dataclasses import replace
from typing import Literal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.console import Console

from hexward.controls import load
from hexward.inventory import Function, Inventory, Key
from hexward.model import Gap, Reason, Status
from hexward.report import Audit, judged
from hexward.report.terminal import show
from hexward.report.text import printable
from tests.build import ACCOUNT, NOW, REGION, inventory, seen
from tests.report.documents import HOSTILE, audit, finding, hostile

NASTY = st.lists(
    st.one_of(
        st.text(max_size=20),
        st.characters(categories=["Cc", "Cf", "Co", "Cs", "Zl", "Zp", "Zs"]),
        st.sampled_from([*HOSTILE, "\x1b[2J", "\x9b31m", "\x1b]8;;http://x\x07", "[red]x[/red]", "[/]", ":smile:", "\\["]),
    ),
    max_size=6,
).map("".join)  # fmt: skip
ROTATED = load("encryption.key_rotation_yearly")
OURS = re.compile(r"\x1b\[[0-9;]*m")
"""The colours that a terminal is given."""


def told(document: Audit, *, terminal: bool = False, width: int = 100) -> str:
    out = io.StringIO()
    colours: Literal["truecolor"] | None = "truecolor" if terminal else None
    show(document, Console(file=out, width=width, force_terminal=terminal, highlight=False, color_system=colours))
    return out.getvalue()


def unsafe(text: str) -> set[str]:
    """Return the characters that a terminal may obey, or that a reader cannot see."""
    return {c for c in text if c != "\n" and (unicodedata.category(c)[0] == "C" or c in "\u2028\u2029\t")}


@pytest.mark.parametrize("terminal", [False, True], ids=["a file", "a terminal"])
@given(text=NASTY)
@example(text="\x1b]0;owned\x07\r\n1. CRITICAL  drawn by a name")
def test_no_text_of_the_account_reaches_the_terminal_raw(terminal, text):
    shown = told(audit(finding(text), gap=text), terminal=terminal)
    assert unsafe(OURS.sub("", shown) if terminal else shown) == set()


@given(text=NASTY)
def test_no_text_of_the_account_draws_a_line_or_a_markup_of_its_own(text):
    plain = "x" * len(printable(text))
    assert told(audit(finding(text)), width=10_000).count("\n") == told(audit(finding(plain)), width=10_000).count("\n")
    assert printable(text).strip() in told(audit(finding(text)), width=10_000)


def test_a_hostile_account_or_region_of_a_run_that_someone_sent_is_shown_not_obeyed():
    document = replace(audit(), account="1\x1b[2J", regions=("us\u202e-east-1", "x\n"))
    assert unsafe(told(document)) == set()


def test_the_bar_has_a_legend():
    assert "█ pass   ░ fail   ╱ unknown" in told(hostile())


def missing(*fields: str, region: str = REGION) -> Gap:
    return Gap(Reason.MALFORMED, f"{fields[0]} is not in the answer", "kms:DescribeKey", "", ACCOUNT, region)


def test_gaps_of_several_fields_of_one_call_are_one_line():
    gaps = {name: missing(f"KeyMetadata.{name}") for name in ("manager", "origin", "spec", "state")}
    keys = [
        Key.partial(gaps, arn=f"arn:aws:kms:{REGION}:{ACCOUNT}:key/{n}", account=ACCOUNT, region=REGION) for n in "ab"
    ]
    other = {"state": missing("KeyMetadata.state", region="eu-west-1")}
    keys.append(Key.partial(other, arn=f"arn:aws:kms:eu-west-1:{ACCOUNT}:key/c", account=ACCOUNT, region="eu-west-1"))
    document = judged(Inventory(ACCOUNT, NOW, (REGION, "eu-west-1"), keys), [ROTATED])
    assert [(one.gap.region, one.count, one.more) for one in document.unseen] == [("eu-west-1", 1, 0), (REGION, 2, 3)]
    lines = [line.strip() for line in told(document, width=200).splitlines() if "kms:DescribeKey" in line]
    assert lines == [
        "kms:DescribeKey in 2 regions: malformed, 3 times: KeyMetadata.state is not in the answer and more",
    ]


def test_missing_permissions_are_told_once_and_sorted():
    refused = [Gap(Reason.DENIED, f"on {n}", f"kms:{name}", f"kms:{name}") for n in "ab" for name in ("Z", "A")]
    keys = [Key.partial({"state": gap}, arn=f"{n}", account=ACCOUNT, region=REGION) for n, gap in enumerate(refused)]
    shown = told(judged(Inventory(ACCOUNT, NOW, (REGION,), keys), [ROTATED]), width=200)
    assert shown.count("Missing permissions: kms:A, kms:Z.") == 1
    assert shown.count("kms:A: denied, 2 times (needs kms:A)") == 1


def test_an_audit_without_a_gap_says_so():
    document = judged(Inventory(ACCOUNT, NOW, (REGION,), [seen(Key, manager="AWS")]), [ROTATED])
    assert document.complete
    assert "Everything that these controls need was seen." in told(document)


def test_without_anything_to_judge_there_is_no_evidence_and_no_score():
    shown = told(judged(Inventory(ACCOUNT, NOW, (REGION,), []), [ROTATED]))
    assert "no evidence" in shown
    assert "100 %" not in shown


def test_rounding_draws_no_failure_where_nothing_failed():
    statuses = [Status.PASS, Status.PASS, Status.UNKNOWN, Status.UNKNOWN, Status.UNKNOWN]
    document = audit(*(finding(f"arn:{number}", status, number) for number, status in enumerate(statuses)))
    [line] = [line for line in told(document).splitlines() if line.startswith("network")]
    assert "░" not in line
    assert line.count("█") + line.count("╱") == 24


def test_what_was_not_seen_beneath_derived_kinds_is_told():
    gap = Gap(Reason.DENIED, "no", "lambda:ListFunctions", "lambda:ListFunctions", region=REGION)
    document = judged(inventory(unlisted={(Function, REGION): gap}), [load("network.data_store_private")])
    assert [one.gap for one in document.unseen] == [gap]
