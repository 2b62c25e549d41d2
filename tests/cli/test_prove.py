"""`hexward prove`: what it prints, and the exit code of each verdict."""

import importlib.util
import json

import pytest

from tests.build import inventory
from tests.cli.conftest import kept
from tests.cli.test_exit_codes import only_line
from tests.iam.build import ALL, READ, allow, deny, policy
from tests.iam.test_only import ACCOUNT_OF_ALL, BUCKET, OTHER, READER, TRAINER, bucket


@pytest.fixture
def files(tmp_path):
    """Write two policies; returns their files."""
    for name, document in (("read", READ), ("all", ALL), ("broken", {"Statement": [{"Effect": "Allow"}]})):
        (tmp_path / f"{name}.json").write_text(json.dumps(document))
    return lambda *names: [tmp_path / f"{name}.json" for name in names]


@pytest.fixture
def run(tmp_path):
    """Keep an account in which two roles can read the bucket."""
    return kept(inventory(bucket(), TRAINER, READER), tmp_path / "run")


@pytest.mark.parametrize(
    ("old", "new", "code", "verdict"), [("all", "read", 0, "PROVED"), ("read", "all", 1, "REFUTED")]
)
def test_two_policies_are_compared(hexward, files, old, new, code, verdict):
    told = hexward("prove", "--no-new-access", *files(old, new))
    assert (told.code, told.err) == (code, "")
    assert told.out.startswith(f"{verdict}: ")


def test_a_refutation_names_the_request_and_the_statements(hexward, files):
    told = hexward("prove", "--no-new-access", *files("read", "all"))
    assert "request: arn:aws:iam::444455556666:role/x does " in told.out
    assert "lets it through: new.Statement[0]" in told.out


def test_as_json_it_is_data_alone(hexward, files):
    told = hexward("prove", "--equivalent", *files("read", "all"), "--format", "json")
    document = json.loads(told.out)
    assert (told.code, document["schema"], document["verdict"]) == (1, "hexward.proof/v1", "refuted")
    assert document["witness"].keys() == {"principal", "action", "resource", "resource_account", "context"}
    assert document["because"] == [{"policy": "other", "statement": 0, "sid": "", "effect": "Allow"}]


def test_what_is_unknown_is_3_and_says_what_stands_in_the_way(hexward, tmp_path):
    for name, key in (("old", "StringEquals"), ("new", "StringLike")):
        condition = {key: {"aws:ResourceTag/team": "${aws:PrincipalTag/team}"}}
        (tmp_path / name).write_text(json.dumps(policy(allow("s3:*", Condition=condition))))
    told = hexward("prove", "--no-new-access", tmp_path / "old", tmp_path / "new")
    assert told.code == 3
    assert "in the way: ${aws:principaltag/team} in StringLike" in told.out


def test_the_guardrail_against_wildcards_stops_the_breach(hexward):
    told = hexward("prove", "--blocked", "fintech")
    assert told.code == 0
    assert told.out.startswith("PROVED: the guardrail against wildcards stops the breach fintech")
    assert "forbade it: " in told.out


def test_what_does_not_stop_it_is_refuted_with_a_request_for_each_step(hexward, tmp_path):
    scp = tmp_path / "scp.json"
    scp.write_text(json.dumps(policy(allow(), deny("organizations:LeaveOrganization"))))
    told = hexward("prove", "--blocked", "fintech", "--scp", scp, "--format", "json")
    assert told.code == 1
    document = json.loads(told.out)
    assert document["verdict"] == "refuted"
    assert [one["action"].partition(":")[0] for one in document["steps"]] == ["iam", "s3"]
    assert document["theorem"].startswith(f"{scp} stops the breach fintech")


def test_a_resource_policy_is_named_as_such(hexward, tmp_path):
    for name, principal in (("old", {"AWS": "111111111111"}), ("new", "*")):
        (tmp_path / name).write_text(
            json.dumps(policy(allow("s3:GetObject", Principal=principal), deny("s3:Put*", Principal="*")))
        )
    told = hexward("prove", "--no-new-access", tmp_path / "old", tmp_path / "new", "--kind", "resource")
    assert told.code == 1
    assert "request: anonymous does s3:GetObject" in told.out


def test_a_sentence_is_about_a_run(hexward, run):
    told = hexward("prove", "only role/ml-train reads bucket acme-weights", "--inventory", run)
    assert told.code == 1
    assert f"request: {OTHER} does s3:GetObject on {BUCKET}/" in told.out
    assert "leaves out: the account's root user, who can" in told.out
    told = hexward("prove", "only", "role/ml-train,", "role/web", "reads", "bucket", "acme-weights", "--inventory", run)
    # The run's bucket has a key of S3 itself, and every kind was listed.
    assert (told.code, told.out.partition(":")[0]) == (0, "PROVED")


USAGE = [
    ([], "prove takes one of SENTENCE, --no-new-access, --equivalent, --blocked"),
    (["--blocked", "fintec"], "there is no breach 'fintec'; did you mean fintech?"),
    (["--scp", "x.json", "only role/x reads bucket y"], "--scp goes with --blocked"),
    (["--blocked", "fintech", "--second-opinion"], "--second-opinion with --no-new-access"),
    (["only role/x reads bucket y"], "--inventory RUN names one"),
    (["only role/x reads bucket y", "--inventory", "nowhere"], "nowhere does not exist"),
    (["--no-new-access", "nowhere", "nothing"], "nowhere cannot be read"),
    (["--no-new-access", "one"], "requires 2 arguments"),
    (["--kind", "trust"], "there is no 'trust'"),
]


@pytest.mark.parametrize(("arguments", "says"), USAGE, ids=[" ".join(a) for a, _ in USAGE])
def test_what_cannot_be_asked_is_2(hexward, arguments, says):
    code, out, err = hexward("prove", *arguments)
    assert (code, out) == (2, "")
    assert says in only_line(err)


def test_a_malformed_policy_is_2_with_file_and_place(hexward, files):
    told = hexward("prove", "--no-new-access", *files("read", "broken"))
    assert (told.code, told.out) == (2, "")
    assert "broken.json: Statement[0]: has neither Action nor NotAction" in only_line(told.err)


def test_what_is_refuted_reads_as_untrue(hexward, run):
    told = hexward("prove", "only role/ml-train reads bucket acme-weights", "--inventory", run)
    assert told.out.startswith("REFUTED: it is not true that only role/ml-train reads bucket acme-weights\n")


def test_a_refuting_request_is_one_that_somebody_could_make(hexward, tmp_path):
    scp = tmp_path / "scp.json"
    scp.write_text(json.dumps(policy(allow(), deny("organizations:LeaveOrganization"))))
    told = hexward("prove", "--blocked", "fintech", "--scp", scp)
    assert "does iam:AttachRolePolicy on arn:aws:iam::444455556666:role/x\n" in told.out
    assert "does s3:GetObject on arn:aws:s3:::x/x\n" in told.out


def test_a_sentence_about_nobody_is_2(hexward, run):
    told = hexward("prove", f"only {BUCKET} reads bucket acme-weights", "--inventory", run)
    assert (told.code, told.out) == (2, "")
    assert "is no principal that can make a request" in only_line(told.err)
    told = hexward("prove", "only role/nobody reads bucket acme-weights", "--inventory", run)
    assert told.code == 2
    assert "there is no role 'nobody' in this inventory" in only_line(told.err)
    told = hexward("prove", "only role/web reads bucket acme-weights", "--inventory", run, "--second-opinion")
    assert told.code == 2


@pytest.mark.skipif(importlib.util.find_spec("cvc5") is None, reason="cvc5 is not installed")
def test_a_second_opinion_confirms(hexward, files):
    assert hexward("prove", "--no-new-access", *files("all", "read"), "--second-opinion").code == 0
    assert hexward("prove", "--equivalent", *files("all", "read"), "--second-opinion").code == 1


def test_the_account_of_the_examples_can_be_kept(tmp_path):
    assert kept(ACCOUNT_OF_ALL, tmp_path / "all").is_dir()
