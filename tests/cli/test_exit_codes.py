"""The exit code tells a pipeline what came of it, and whatever went wrong is one line on standard error."""

import json

import pytest

from hexward.cli.audit import loaded
from hexward.inventory import GLOBAL, Key

ROTATION = "encryption.key_rotation_yearly"


def only_line(text: str) -> str:
    [line] = text.splitlines()
    return line


@pytest.fixture
def audit(hexward):
    """Judge the keys of a run; returns what the command told."""

    def run(folder, *options):
        return hexward("audit", "--inventory", folder, "--control", ROTATION, *options)

    return run


def unlisted(folder):
    """Have the folder say that the keys of its account could not be listed."""
    lines = (folder / "inventory.jsonl").read_text().splitlines(keepends=True)
    (folder / "inventory.jsonl").write_text("".join(line for line in lines if '"listed":"Key"' not in line))
    assert (Key, GLOBAL) in loaded(folder).inventory().unlisted
    return folder


def test_nothing_wrong_is_0(audit, good):
    code, out, err = audit(good)
    assert (code, err) == (0, "")
    assert "Hexward" in out


def test_a_finding_is_1(audit, bad):
    assert audit(bad).code == 1


@pytest.mark.parametrize(("level", "code"), [("low", 1), ("medium", 1), ("critical", 0)])
def test_a_finding_below_the_level_is_0_and_told_all_the_same(audit, bad, level, code):
    done = audit(bad, "--fail-on", level)
    assert done.code == code
    assert "1 faults" in done.out


@pytest.mark.parametrize("run", ["good", "bad"])
def test_something_unseen_is_3_whatever_was_seen(audit, run, request):
    assert audit(unlisted(request.getfixturevalue(run))).code == 3


def test_what_lies_in_a_region_that_was_left_out_is_not_fixed(hexward, bad, good):
    seen = hexward("diff", bad, good)
    assert seen.code == 0
    assert "fixed      1" in seen.out
    left_out = hexward("diff", bad, elsewhere(good))
    assert left_out.code == 3
    assert "unseen     1" in left_out.out


def elsewhere(folder):
    """Have the folder be of another region, in which nothing is."""
    about = json.loads((folder / "run.json").read_text()) | {"regions": ["eu-west-1"]}
    (folder / "run.json").write_text(json.dumps(about))
    lines = (folder / "inventory.jsonl").read_text().splitlines(keepends=True)
    (folder / "inventory.jsonl").write_text("".join(line for line in lines if '"listed"' in line))
    return folder


def test_runs_of_two_accounts_are_not_compared(hexward, bad, good):
    about = json.loads((good / "run.json").read_text()) | {"account": "444455556666"}
    (good / "run.json").write_text(json.dumps(about))
    code, out, err = hexward("diff", bad, good)
    assert (code, out) == (2, "")
    assert "444455556666" in only_line(err)


def test_a_run_that_never_ended_is_3(audit, good):
    about = json.loads((good / "run.json").read_text()) | {"complete": False}
    (good / "run.json").write_text(json.dumps(about))
    code, out, _ = audit(good, "--format", "json")
    assert code == 3
    assert {finding["status"] for finding in json.loads(out)["findings"]} == {"pass"}


def test_a_fault_of_the_tool_is_4_and_shows_where_on_request(audit, good, monkeypatch):
    def broken(*_: object) -> None:
        raise ZeroDivisionError("\x1b[31mbroken\nhere")

    monkeypatch.setattr("hexward.inventory.run.load", broken)
    code, out, err = audit(good)
    assert (code, out) == (4, "")
    assert only_line(err) == (
        "hexward: internal error: ZeroDivisionError: \\x1b[31mbroken\\x0ahere (HEXWARD_DEBUG=1 shows where)"
    )
    monkeypatch.setenv("HEXWARD_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        audit(good)


USAGE = [
    (["audti"], "there is no verb 'audti'; did you mean audit?"),
    (["qqq"], "there is no verb 'qqq'"),
    (["--nope"], "no such option '--nope'"),
    (["audit", "--formt", "json"], "no such option '--formt'. Did you mean '--format'?"),
    (["audit", "extra"], "got unexpected extra argument (extra)"),
    (["audit", "--profile"], "option '--profile' requires an argument"),
    (["explain"], "missing argument 'ID'"),
    (["new", "contrl"], "no such command 'contrl'. Did you mean 'control'?"),
    (["audit", "--format", "jsn"], "there is no format 'jsn'; did you mean json?"),
    (["audit", "--format", "xyzzy"], "there is no format 'xyzzy'; there are terminal, json, "),
    (["audit", "--format", "json:"], "'json:' names no file"),
    (["audit", "--format", "json", "--format", "csv"], "json and csv cannot both go to standard output; give all but one a file"),
    (["audit", "--format", "json:a", "--format", "csv:./a"], "two formats cannot both go to a"),
    (["audit", "--practice", "identiy"], "there is no 'identiy'; did you mean identity?"),
    (["audit", "--fail-on", "hihg"], "there is no 'hihg'; did you mean high?"),
    (["audit", "--fail-on", "7"], "there is no '7'; there are low, medium, high, critical"),
    (["audit", "--control", "identity.root_protcted"], "'identity.root_protcted'; did you mean identity.root_protected"),
    (["audit", "--control", "x\x1b[1m"], "there is no control 'x\\x1b[1m'"),
    (["audit", "--control", "qqq"], "there is no control 'qqq'"),
    (["explain", "identity.root_protcted"], "did you mean identity.root_protected"),
    (["explain", "identity.root_usd"], "there is no control, detection or action 'identity.root_usd'; did you mean identity.root_used"),
    (["audit", "--service", "sagmaker"], "no control judges the service 'sagmaker'; did you mean sagemaker?"),
    (["audit", "--inventory", "nowhere"], "nowhere does not exist"),
    (["audit", "--inventory", "x", "--region", "us-east-1"], "--inventory asks no account"),
    (["diff", "nowhere", "nothing"], "nowhere does not exist"),
    (["audit", "--format", "json:nowhere/report.json"], "there is no folder nowhere"),
    (["audit", "--format", "json:."], "'json:.' names no file"),
    (["audit", "--role-arn", "reader"], "'reader' is not the ARN of a role"),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "says"), USAGE, ids=[" ".join(a) for a, _ in USAGE])
def test_what_cannot_be_asked_for_is_2_in_one_line_with_the_likeliest_word(hexward, arguments, says):
    code, out, err = hexward(*arguments)
    assert (code, out) == (2, "")
    line = only_line(err)
    assert line.startswith("hexward: ")
    assert says in line
    assert line.isprintable()


def test_without_a_verb_the_help_is_told_on_standard_error(hexward):
    code, out, err = hexward()
    assert (code, out) == (2, "")
    assert "Commands:" in err


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("run.json", None, "run.json cannot be read: No such file or directory"),
        ("run.json", "{}", "run.json: "),
        ("inventory.jsonl", "{}\n{\n", "inventory.jsonl:1: None is not a kind of record"),
        ("gaps.jsonl", '{"kind": "Role"}\n', "gaps.jsonl:1: "),
        ("gaps.jsonl", None, "gaps.jsonl cannot be read: No such file or directory"),
    ],
)
def test_a_folder_that_is_no_run_is_2_and_names_the_file_and_the_line(audit, good, name, content, says):
    (good / name).unlink()
    if content is not None:
        (good / name).write_text(content)
    code, out, err = audit(good, "--format", "json")
    assert (code, out) == (2, "")
    assert says in only_line(err)
