"""An audit of whatever answers like AWS ends in a valid document, and says unknown of what it could not see."""

import json
from collections import Counter
from contextlib import contextmanager

import pytest

from hexward.aws.emulated import Emulated
from hexward.controls import controls, judge
from hexward.drill.range import emulated_account
from hexward.inventory import Record
from hexward.inventory.run import load
from hexward.model import Status
from tests.emulators.running import Emulator, audit, localemu, ministack

pytestmark = pytest.mark.emulator

TRUST = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"Service": "sagemaker.amazonaws.com"}, "Action": "sts:AssumeRole"}],
}


@contextmanager
def moto(_folder):
    """Run the emulated account of `hexward demo`."""
    with emulated_account() as running:
        yield Emulator(running.endpoint_url, running.log)


def give_it_something_to_judge(endpoint_url):
    """Make a few things that each of the three emulators knows; an empty account passes and fails little."""
    emulated = Emulated(endpoint_url)
    emulated.call("iam:CreateUser", "us-east-1", {"UserName": "ada"})
    emulated.call("iam:CreateAccessKey", "us-east-1", {"UserName": "ada"})
    role = {"RoleName": "training", "AssumeRolePolicyDocument": json.dumps(TRUST)}
    emulated.call("iam:CreateRole", "us-east-1", role)
    emulated.call("s3:CreateBucket", "us-east-1", {"Bucket": "training-data-of-ada"})
    emulated.call("kms:CreateKey", "us-east-1", {})
    vpc = emulated.call("ec2:CreateVpc", "us-east-1", {"CidrBlock": "10.0.0.0/16"})["Vpc"]["VpcId"]
    emulated.call("ec2:CreateSubnet", "us-east-1", {"VpcId": vpc, "CidrBlock": "10.0.1.0/24"})


def missed_while_judging(control, record, inventory, monkeypatch):
    """Judge one record, and name every field that the control asked for in vain, whether or not it let us know."""
    missed = []
    ask = Record.__getattr__

    def noted(one, name):
        missed.append(f"{type(one).__name__}.{name} of {one.arn}")
        ask(one, name)

    with monkeypatch.context() as patch:
        patch.setattr(Record, "__getattr__", noted)
        verdict = judge(control, record, inventory)
    return verdict, missed


@pytest.mark.parametrize("emulator", [moto, localemu, ministack])
def test_an_audit_says_what_it_could_not_see_and_passes_none_of_it(emulator, tmp_path, monkeypatch):
    with emulator(tmp_path) as running:
        give_it_something_to_judge(running.endpoint_url)
        told = audit(running, state=tmp_path / "state")

    document = told.document
    findings, gaps = document["findings"], document["gaps"]
    print(Counter(one["status"] for one in findings), Counter(one["reason"] for one in gaps))  # noqa: T201
    assert document["schema"] == "hexward.audit/v1"
    assert "Traceback" not in told.stderr
    assert told.code == (1 if document["complete"] else 3)
    assert findings
    assert all(gap["call"] and gap["reason"] for gap in gaps)
    assert not [one["control"] for one in findings if one["status"] == "pass" and one["gaps"]]

    (run,) = (tmp_path / "state" / "hexward" / "runs").iterdir()
    inventory = load(run).inventory()
    of = {control.id: control for control in controls()}
    by = {(type(one), one.arn): one for kind in {c.judges for c in of.values()} for one in inventory.of(kind).records}
    for one in (one for one in findings if one["status"] == "pass"):
        control = of[one["control"]]
        verdict, missed = missed_while_judging(control, by[control.judges, one["resource"]], inventory, monkeypatch)
        assert verdict.status is Status.PASS
        assert not missed, f"{control.id} passes {one['resource']}"
    for (kind, region), gap in inventory.unlisted.items():
        unknown = {one["control"] for one in findings if one["status"] == "unknown" and one["region"] == gap.region}
        judging = {control.id for control in of.values() if control.judges is kind}
        assert judging <= unknown, f"{kind.__name__} was not listed in {region}"
