"""A folder of YAML files becomes calls, and what one call answers is there for the next."""

import json
from collections.abc import Iterator

import pytest

from hexward.aws.emulated import Emulated
from hexward.drill.range import RangeError, emulated_account
from hexward.drill.seed import seed
from hexward.model import AccountError

pytestmark = pytest.mark.emulator

KEY_THEN_ALIAS = """
- what: A key in Frankfurt
  in: eu-central-1
  calls:
  - kms:CreateKey:
      Description: "of ${account}"
      Policy: [{Effect: Allow, Principal: {AWS: "*"}, Action: "kms:*", Resource: "*"}]
    keep: {key: KeyMetadata.KeyId}
"""
ALIAS = """
- what: Its name
  in: eu-central-1
  calls:
  - kms:CreateAlias: {AliasName: alias/seeded, TargetKeyId: "${key}"}
  - kms:ListAliases: {}
    keep: {first: Aliases.0.AliasName}
"""
NO_SUCH_KEY = "- {what: Nothing, in: us-east-1, calls: [{'kms:DisableKey': {KeyId: absent}}]}"


@pytest.fixture
def emulated() -> Iterator[Emulated]:
    with emulated_account() as running:
        yield Emulated(running.endpoint_url)


def written(folder, *texts):
    files = [folder / f"{number}.yml" for number in range(len(texts))]
    for file, text in zip(files, texts, strict=True):
        file.write_text(text)
    return files


def test_keeps_parts_of_an_answer_for_the_calls_of_a_later_file(emulated, tmp_path):
    told: list[str] = []
    seed(emulated, written(tmp_path, KEY_THEN_ALIAS, ALIAS), told.append)
    kms = emulated.client("kms", "eu-central-1")
    key = kms.describe_key(KeyId="alias/seeded")["KeyMetadata"]
    policy = json.loads(kms.get_key_policy(KeyId=key["KeyId"], PolicyName="default")["Policy"])

    assert told == ["A key in Frankfurt", "Its name"]
    assert key["Description"] == "of 123456789012"
    assert policy["Version"] == "2012-10-17"
    assert policy["Statement"][0]["Action"] == "kms:*"


def test_refuses_an_account_that_holds_something(emulated, tmp_path):
    emulated.client("iam", "us-east-1").create_user(UserName="somebody")
    with pytest.raises(RangeError, match="is not empty: iam:ListUsers finds 1"):
        seed(emulated, written(tmp_path, KEY_THEN_ALIAS))


def test_says_in_one_line_which_call_was_refused(emulated, tmp_path):
    with pytest.raises(AccountError, match=r"^kms:DisableKey in us-east-1 failed") as refusal:
        seed(emulated, written(tmp_path, NO_SUCH_KEY))
    assert "\n" not in str(refusal.value)
