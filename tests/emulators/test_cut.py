"""The path that `hexward paths` tells of the demo's contractor is walked, its cut is made, and the same calls are refused.

LocalEmu enforces identity policies, the policies of buckets and the trust of roles. It enforces neither the passing of roles nor key
policies, and keys of KMS do not guard what S3 reads; so the paths that are walked here end in S3, and what they ask of a key is asked
of KMS directly. Opening notebooks, tuning models and calling endpoints, by which the contractor gets on too, it does not implement.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from hexward.aws.emulated import Emulated
from hexward.drill.startup import build
from tests.emulators.running import ROOT_KEY, Emulator, Told, hexward, localemu

pytestmark = pytest.mark.emulator

HOME = "us-east-1"
CONTRACTOR = "dana.contractor"
VENDOR = "999988887777"
type Document = dict[str, Any]


class WithoutAgents(Emulated):
    """Leaves out what LocalEmu does not implement, so that it takes the rest of the demo account."""

    def call(self, call: str, region: str, arguments: Mapping[str, object]) -> Document:
        """Make a call, unless it is one for agents."""
        left_out = call.startswith(("bedrock-agent:", "bedrock-agentcore-control:"))
        return {} if left_out else super().call(call, region, arguments)


class Account:
    """The demo account on LocalEmu: what is there, who acts in it, and what Hexward says of it."""

    def __init__(self, running: Emulator, state: Path) -> None:
        """Fill it."""
        self.running, self.state = running, state
        self.root = WithoutAgents(running.endpoint_url)
        self.kept = build(self.root)

    def paths(self, *asked: str) -> Told:
        """Ask for paths as a user does."""
        where = ("--endpoint-url", self.running.endpoint_url, "--region", HOME, "--quiet")
        return hexward("paths", *where, *asked, state=self.state)

    def contractor(self) -> "Caller":
        """Return the one who holds the key that was phished."""
        return Caller(self, self.kept["phished_key"], self.kept["phished_secret"])

    @contextmanager
    def changed(self, changes: list[Document]) -> Iterator[None]:
        """Make each change as it is told, and undo it as it is told."""
        for change in changes:
            self.root.call(change["call"]["operation"], HOME, change["call"]["arguments"])
        try:
            yield
        finally:
            for change in reversed(changes):
                self.root.call(change["undo"]["operation"], HOME, change["undo"]["arguments"])


class Caller:
    """Someone with credentials, who makes the calls that a path asks for."""

    def __init__(self, account: Account, key: str, secret: str, token: str | None = None) -> None:
        """Take the credentials."""
        self.account = account
        self.session = boto3.Session(key, secret, token, region_name=HOME)

    def client(self, service: str) -> Any:
        """Return a client that tries once."""
        own = Config(retries={"total_max_attempts": 1}, s3={"addressing_style": "path"}, proxies={})
        return self.session.client(service, endpoint_url=self.account.running.endpoint_url, config=own)

    def walk(self, path: Document) -> Iterator[object]:
        """Make the calls of a path, taking on each role on the way, and yield what each hands out."""
        who = self
        for step in path["steps"]:
            for ask in step["asks"] or [{"action": "sts:AssumeRole", "resource": step["to"]}]:
                got = who.call(ask["action"], ask["resource"])
                yield got
                who = got if isinstance(got, Caller) else who

    def call(self, action: str, resource: str) -> object:
        """Make the call that an action permits, on a resource or on all that its pattern means."""
        if action == "sts:AssumeRole":
            told = self.client("sts").assume_role(RoleArn=resource, RoleSessionName="walk")["Credentials"]
            return Caller(self.account, told["AccessKeyId"], told["SecretAccessKey"], told["SessionToken"])
        if action == "kms:Decrypt":
            sealed = self.account.root.call("kms:Encrypt", HOME, {"KeyId": resource, "Plaintext": b"label"})
            return self.client("kms").decrypt(CiphertextBlob=sealed["CiphertextBlob"])["Plaintext"]
        assert action == "s3:GetObject"
        bucket = resource.removeprefix("arn:aws:s3:::").removesuffix("/*")
        objects = self.account.root.call("s3:ListObjectsV2", HOME, {"Bucket": bucket})["Contents"]
        s3 = self.client("s3")
        return [s3.get_object(Bucket=bucket, Key=one["Key"])["Body"].read() for one in objects]


@pytest.fixture(scope="module")
def account(tmp_path_factory):
    folder = tmp_path_factory.mktemp("localemu")
    with localemu(folder, IAM_ENFORCEMENT="1", ROOT_ACCESS_KEYS=f"{ROOT_KEY},{VENDOR}") as running:
        made = Account(running, folder / "state")
        # The demo holds no label; a bucket without an object shows no read.
        label = {"Bucket": "brightwell-training-labels", "Key": "part-00000.jsonl", "Body": b"label"}
        made.root.call("s3:PutObject", HOME, label)
        yield made


def cut_of(document: Document, bucket: str) -> list[Document]:
    [cut] = [one for one in document["cuts"] if one["goal"] == f"arn:aws:s3:::{bucket}"]
    return list(cut["changes"])


def refused(error: pytest.ExceptionInfo[ClientError]) -> bool:
    return error.value.response["Error"]["Code"] in {"AccessDenied", "AccessDeniedException"}


@pytest.mark.parametrize("bucket", ["brightwell-training-conversations", "brightwell-training-labels"])
def test_the_contractor_reads_the_training_data_until_the_cheapest_cut_is_made(account, bucket):
    told = account.paths("--from", CONTRACTOR, "--to", bucket, "--format", "json")
    [path] = told.document["paths"]
    assert (told.code, path["sort"], path["source"].rpartition("/")[2]) == (1, "training data", CONTRACTOR)
    [change] = cut_of(told.document, bucket)
    before = account.paths("--to", bucket, "--format", "json").document["paths"]

    contractor = account.contractor()
    [read, *decrypted] = contractor.walk(path)
    assert read
    assert decrypted == [b"label"] * (bucket == "brightwell-training-labels")

    with account.changed([change]):
        for ask in path["steps"][-1]["asks"]:
            with pytest.raises(ClientError) as error:
                contractor.call(ask["action"], ask["resource"])
            assert refused(error)
        # The key itself is alive: what is refused is refused by policy.
        assert contractor.client("sts").get_caller_identity()["Arn"] == path["source"]
        left = account.paths("--to", bucket, "--format", "json").document["paths"]
        assert left == [one for one in before if one["source"] != path["source"]]

    assert next(contractor.walk(path)) == read


def test_all_who_reach_the_conversations_are_kept_from_them_by_one_cut(account):
    bucket = "brightwell-training-conversations"
    told = account.paths("--to", bucket, "--format", "json").document
    paths = {path["source"].rpartition(":")[2]: path for path in told["paths"]}
    walks = [
        (account.contractor(), paths[f"user/{CONTRACTOR}"]),
        (outsider(account), next(path for path in told["paths"] if f"::{VENDOR}:" in path["source"])),
    ]
    for caller, path in walks:
        *_, read = caller.walk(path)
        assert len(read) == 2

    with account.changed(cut_of(told, bucket)):
        for caller, path in walks:
            with pytest.raises(ClientError) as error:
                list(caller.walk(path))
            assert refused(error)
        after = account.paths("--to", bucket)
    assert (after.code, after.stdout) == (0, "0 paths to 0 goals\n")


def outsider(account: Account) -> Caller:
    """Return a user of the other account, who may take roles."""
    iam = Caller(account, VENDOR, VENDOR).client("iam")
    iam.create_user(UserName="annotator")
    lets = {"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [lets]})
    iam.put_user_policy(UserName="annotator", PolicyName="take-roles", PolicyDocument=document)
    key = iam.create_access_key(UserName="annotator")["AccessKey"]
    return Caller(account, key["AccessKeyId"], key["SecretAccessKey"])
