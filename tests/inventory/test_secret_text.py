"""Scripts are searched for what secrets look like, and nothing of them is kept but kinds and lines."""

from base64 import b64encode

import pytest

from hexward.inventory.sagemaker_lifecycle import secrets
from hexward.inventory.secret_text import SecretHit, secrets_in

KEY_ID = "AKIA" + "ABCDEFGHIJKLMNOP"
TOKEN = "hf_" + "a1B2c3D4e5" * 3


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (f"aws configure set aws_access_key_id {KEY_ID}", "access key id"),
        ("-----BEGIN RSA PRIVATE KEY-----", "private key"),
        ("echo '-----BEGIN OPENSSH PRIVATE KEY-----' > ~/.ssh/id", "private key"),
        (f"huggingface-cli login --token {TOKEN}", "vendor token"),
        ("pip install --extra-index-url https://ci:s3cr3t-word@pypi.example.com/simple x", "password in an address"),
        ("redis-cli -u redis://:hunter2@cache:6379", "password in an address"),
        ("curl https://hooks.slack.com/services/T0/B0/abc", "vendor token"),
        ("export DB_PASSWORD=hunter2-hunter2", "secret in a variable"),
        ('API_KEY: "a1b2c3d4e5f6"', "secret in a variable"),
        ("jupyter lab --NotebookApp.token=a1b2c3d4e5", "secret in a variable"),
        ('export AWS_SECRET_ACCESS_KEY="abcd1234efgh5678"', "secret in a variable"),
    ],
)
def test_tells_the_kind_and_the_line(line, kind):
    assert list(secrets_in(f"#!/bin/bash\n{line}\n")) == [SecretHit(kind, 2)]


@pytest.mark.parametrize(
    "line",
    [
        "TOKEN=$(aws secretsmanager get-secret-value --secret-id prod/db-2 --query SecretString)",
        "export DB_PASSWORD=${DB_PASSWORD_2024}",
        "SECRET_NAME=prod-database-1",
        "SECRET=arn:aws:secretsmanager:us-east-1:111122223333:secret:db-1",
        "git clone https://github.com/example/project1.git",
        "git clone https://ci:$GIT_TOKEN@git.example.com/project1.git",
        "pip install tokenizers==0.19.1",
        "token=",
        "MODEL=sagemaker-sk-learn-inference-2024-01-01",
        "# the password is fetched from Secrets Manager",
    ],
)
def test_takes_what_only_refers_to_a_secret_for_none(line):
    assert list(secrets_in(line)) == []


def script(text: str) -> dict[str, str]:
    return {"Content": b64encode(text.encode()).decode()}


def test_scripts_are_read_from_base64():
    assert secrets([script("echo"), script(f"\n\n{KEY_ID}")]) == (SecretHit("access key id", 3),)


@pytest.mark.parametrize("raw", [None, {}, ["x"], [{"Content": None}], [{"Content": "not base64!"}]])
def test_what_is_no_list_of_scripts_cannot_be_read(raw):
    with pytest.raises(ValueError, match="script"):
        secrets(raw)
