"""Of a function's environment only references to AI things are kept, and never anything that looks like a secret."""

import base64
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexward.inventory.lambda_ import FunctionUrl
from hexward.inventory.lambda_environment import of_environment, references, secrets, stores

REFERRING = st.sampled_from(["ENDPOINT_NAME", "MODEL_ID", "model_bucket", "KNOWLEDGE_BASE_ID", "AGENT_ID", "GUARDRAIL"])
ALPHABET = string.ascii_letters + string.digits
CAPITALS = string.ascii_uppercase + string.digits
ACCESS_KEYS = st.builds("{}{}".format, st.sampled_from(["AKIA", "ASIA"]), st.text(CAPITALS, min_size=16, max_size=16))
HEXADECIMAL = st.binary(min_size=16, max_size=40).map(bytes.hex)
SECRET_KEYS = st.text(ALPHABET, min_size=37, max_size=37).map(lambda text: f"a{text[:18]}B{text[18:]}7")
SIGNED = st.binary(min_size=12, max_size=60).map(
    lambda raw: "eyJ" + base64.urlsafe_b64encode(raw).decode().replace("_", "-").rstrip("=")
)
VENDORS = st.text(ALPHABET, min_size=20, max_size=40).map("sk-proj-{}".format)
ARN = "arn:aws:secretsmanager:us-east-1:111122223333:secret:prod/db-AbCdEf"
SECRETS = ACCESS_KEYS | HEXADECIMAL | SECRET_KEYS | SIGNED | VENDORS


@given(REFERRING, SECRETS)
def test_a_value_that_looks_like_a_secret_is_dropped(name, secret):
    assert references({name: secret}) == {}


@given(REFERRING, SECRETS)
def test_a_secret_within_an_address_is_dropped(name, secret):
    hidden = (f"s3://key:{secret}@models/x", f"s3://models/x?X-Amz-Signature={secret}", f"https://user:{secret}@host/")
    assert [value for value in hidden if references({name: value})] == []


@pytest.mark.parametrize(
    "name",
    ["API_KEY", "MODEL_API_KEY", "ENDPOINT_TOKEN", "model_password", "AGENT_SECRET", "BUCKET_CREDENTIALS", "ENDPOINT_AUTH", "HOME", "STAGE",
     "DATABASE_URL", "AGENT_PWD", "agentPw", "MODEL_PW", "AGENT_WEBHOOK", "ENDPOINT_SIGNING_SALT"],
)  # fmt: skip
def test_a_variable_that_names_a_secret_or_no_ai_thing_is_dropped(name):
    assert references({name: "fraud-scoring"}) == {}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ENDPOINT_NAME", "fraud-scoring"),
        ("ENDPOINT_NAME", "huggingface-pytorch-inference-2026-01-31-12-00-00-000"),
        ("ENDPOINT_NAME", "ProductionFraudDetectionModelEndpoint4E8F1A2B"),
        ("MODEL_ID", "anthropic.claude-3-5-sonnet-20241022-v2:0"),
        ("MODEL_ID", "arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/abc123def456"),
        ("MODEL_BUCKET", "mlplatform-trainingdatabucketforfraudmodels4e8f1a2b-1x2y3z4a5b6c"),
        ("MODEL_BUCKET", "s3://models/fraud/v1/model.tar.gz"),
        ("KNOWLEDGE_BASE_ID", "ABCDEFGHIJ"),
        ("agentId", "QWERTY1234"),
        ("GUARDRAIL_ID", "gr1234567890"),
    ],
)
def test_a_reference_is_kept(name, value):
    assert references({name: value}) == {name: value}


@pytest.mark.parametrize("variables", [None, [], "MODEL_ID=x", 7])
def test_an_environment_of_another_shape_is_not_taken_for_an_empty_one(variables):
    with pytest.raises(ValueError, match="variables are a structure"):
        references(variables)


@given(st.dictionaries(st.text(max_size=12) | REFERRING, st.text(max_size=20) | st.integers() | st.none()))
def test_whatever_is_kept_was_there(variables):
    kept = references(variables)
    assert kept.items() <= variables.items()


@given(st.sampled_from(["TABLE_NAME", "VECTOR_COLLECTION", "SECRET_NAME", "X"]), SECRETS)
def test_no_store_is_named_by_what_looks_like_a_secret(name, secret):
    hidden = (secret, f"https://user:{secret}@db.x.us-east-1.rds.amazonaws.com", f"postgres://user:{secret}@host/db")
    assert [value for value in hidden if stores({name: value})] == []


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("SESSION_TABLE", "chat_sessions.v2", "chat_sessions.v2"),
        ("HOST", "predictions.abc.us-east-1.rds.amazonaws.com", "predictions.abc.us-east-1.rds.amazonaws.com"),
        ("SEARCH_URL", "https://search-docs-x1.eu-west-1.es.amazonaws.com:443/", "search-docs-x1.eu-west-1.es.amazonaws.com"),
        ("X", ARN, ARN),
        ("DB_SECRET_NAME", "prod/db", "prod/db"),
        ("DB_SECRET", "prod/db", None),
        ("TABLE_KEY", "chat", None),
        ("DATABASE_PWD", "hunter2", None),
        ("CLUSTER_PW", "hunter2", None),
        ("DB_NAME", "ghp_" + "a1B2" * 9, None),
        ("STAGE", "prod", None),
        ("HOST", "predictions.example.com", None),
    ],
)  # fmt: skip
def test_a_store_is_named_by_its_arn_its_host_or_a_variable_for_it(name, value, kept):
    assert stores({name: value}).get(name) == kept


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DB_PASSWORD", "hunter2"),
        ("PGPASSWORD", "hunter2"),
        ("SMTP_PASS", "hunter2"),
        ("CONFIG", "Server=db;Password=hunter2-hunter2"),
        ("NOTIFY_URL", "https://hooks.slack.com/services/T00000000/B00000000/abcdefgh"),
        ("CACHE", "redis://:hunter2@cache.internal:6379/0"),
        ("openaiApiKey", "x"),
        ("SLACK_TOKEN", "x"),
        ("JWT_SECRET", "x"),
        ("CONFIG", "sk-" + "a" * 24),
        ("CONFIG", "AKIA" + "A" * 16),
        ("DATABASE_URL", "postgres://app:hunter2@db.internal/app"),
        ("PEM", "-----BEGIN RSA PRIVATE KEY-----"),
    ],
)
def test_a_secret_is_known_by_its_variable_or_by_its_form_and_only_the_variable_is_kept(name, value):
    assert secrets({name: value}) == [name]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MAX_TOKENS", "4096"),
        ("DB_SECRET_ARN", ARN),
        ("API_KEY", ARN),
        ("DB_PASSWORD", "/prod/db/password"),
        ("USE_TOKEN", "true"),
        ("PARTITION_KEY", "customer"),
        ("TOKENIZER", "bert-base"),
        ("MODEL", "sagemaker-sk-learn-inference-2024-01-01"),
        ("BYPASS", "on"),
        ("GIT_SHA", "0123456789abcdef0123456789abcdef01234567"),
        ("DATABASE_URL", "postgres://db.internal:5432/app"),
        ("API_KEY", ""),
    ],
)
def test_what_only_sounds_like_a_secret_is_none(name, value):
    assert secrets({name: value}) == []


@pytest.mark.parametrize(
    ("arn", "alias"),
    [
        ("arn:aws:lambda:us-east-1:111122223333:function:ask", ""),
        ("arn:aws:lambda:us-east-1:111122223333:function:ask:live", "live"),
    ],
)
def test_an_address_is_the_functions_or_an_aliass(arn, alias):
    assert FunctionUrl("https://x.lambda-url.us-east-1.on.aws/", arn, "NONE").alias == alias


environment = of_environment(references)


def test_an_environment_that_could_not_be_decrypted_is_a_gap_and_not_empty():
    with pytest.raises(ValueError, match="could not be decrypted"):
        environment({"Error": {"ErrorCode": "AccessDeniedException"}})
    assert environment({"Variables": {"MODEL_ID": "m"}}) == {"MODEL_ID": "m"}
    assert environment({}) == {}
