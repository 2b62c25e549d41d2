"""Agents, knowledge bases, agent runtimes and jobs that tune models are workloads; what was not read stays unknown."""

from typing import Any

import pytest

from hexward.inventory import (
    Agent,
    AgentRuntime,
    Bucket,
    DataSource,
    KnowledgeBase,
    ModelCustomizationJob,
    Record,
    Ref,
    Stage,
    Workload,
)
from hexward.inventory.purpose import holds_models, holds_training_data
from hexward.inventory.record import read, sources
from tests.build import ACCOUNT, REGION, inventory, seen

ROLE = f"arn:aws:iam::{ACCOUNT}:role/ml"
KEY = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/1"
RUNTIME_VPC = {"networkMode": "VPC", "networkModeConfig": {"securityGroups": ["sg-1"], "subnets": ["subnet-1"]}}
IMAGE = {"containerConfiguration": {"containerUri": "image:1"}}
CODE = {"codeConfiguration": {"code": {"s3": {"bucket": "code", "prefix": "a.zip"}}}}
OWN: dict[type[Record], dict[str, Any]] = {
    Agent: {"id": "a", "name": "a", "role_arn": ROLE, "customer_encryption_key_arn": KEY, "tags": {"sensitivity": "internal"}},
    KnowledgeBase: {"id": "k", "name": "k", "role_arn": ROLE, "tags": {}},
    DataSource: {
        "knowledge_base_id": "k", "name": "d", "kms_key_arn": KEY,
        "configuration": {"type": "S3", "s3Configuration": {"bucketArn": "arn:aws:s3:::docs"}},
    },
    AgentRuntime: {"name": "r", "role_arn": ROLE, "network": RUNTIME_VPC, "artifact": IMAGE, "tags": {}},
    ModelCustomizationJob: {
        "name": "j", "role_arn": ROLE, "training_data_config": {"s3Uri": "s3://train/a.jsonl"}, "output_model_kms_key_arn": KEY,
        "validators": [{"s3Uri": "s3://valid/b.jsonl"}], "vpc_config": {"subnetIds": ["subnet-1"], "securityGroupIds": ["sg-1"]},
    },
}  # fmt: skip
BUCKETS = [seen(Bucket, f"arn:aws:s3:::{name}", name=name, tags=None) for name in ("docs", "train", "valid", "logs")]


def made[R: Record](kind: type[R], **changed: object) -> R:
    """Build a record of the fields of a kind, in AWS's spelling, with some changed; `...` leaves one unread."""
    given = {name: value for name, value in {**OWN[kind], **changed}.items() if value is not ...}
    values = {name: None if v is None else read(sources(kind)[name], v) for name, v in given.items()}
    return seen(kind, f"arn:aws:test:{REGION}:{ACCOUNT}:{kind.__name__}", region=REGION, **values)


def workload(*records: Record) -> Workload:
    [one] = inventory(*records, *BUCKETS).of(Workload)
    return one


def test_an_agent_answers_and_has_no_network_of_ours():
    one = workload(made(Agent))
    assert (one.name, one.stage, one.subnet_ids, one.security_group_ids) == ("a", Stage.INFER, (), ())
    assert one.roles == (Ref(ROLE, "Agent.role_arn"),)
    assert one.keys == (Ref(KEY, "Agent.customer_encryption_key_arn"),)
    assert one.sensitivity == Ref("internal", "tag")


def test_a_knowledge_base_processes_what_its_sources_hold():
    elsewhere = made(DataSource, knowledge_base_id="other", configuration={"type": "MANAGED_KNOWLEDGE_BASE_CONNECTOR"})
    web = made(DataSource, kms_key_arn=None, configuration={"type": "WEB"})
    one = workload(made(KnowledgeBase), made(DataSource), web, elsewhere)
    assert (one.name, one.stage, one.role_arns) == ("k", Stage.PROCESS, (ROLE,))
    assert one.inputs == (Ref("docs", "DataSource.configuration"),)
    assert one.keys == (Ref(KEY, "DataSource.kms_key_arn"),)


def test_what_a_managed_connector_reads_is_unknown():
    one = workload(made(KnowledgeBase), made(DataSource, configuration={"type": "MANAGED_KNOWLEDGE_BASE_CONNECTOR"}))
    assert set(one.gaps) == {"inputs", "sensitivity"}


@pytest.mark.parametrize(
    ("artifact", "images", "inputs"), [(IMAGE, ["image:1"], ()), (CODE, [], ("code",)), (None, [], ())]
)
def test_an_agent_runtime_runs_an_image_or_code(artifact, images, inputs):
    one = workload(made(AgentRuntime, artifact=artifact))
    assert (one.name, one.stage, one.role_arns) == ("r", Stage.INFER, (ROLE,))
    assert (one.subnet_ids, one.security_group_ids) == (("subnet-1",), ("sg-1",))
    assert ([ref.value for ref in one.images], one.input_buckets) == (images, inputs)


def test_a_public_agent_runtime_is_in_no_subnet():
    assert workload(made(AgentRuntime, network={"networkMode": "PUBLIC"})).subnet_ids == ()


def test_a_job_that_tunes_a_model_trains_on_examples_and_logs():
    logs = {"invocationLogsConfig": {"invocationLogSource": {"s3Uri": "s3://logs/x/"}}}
    for data, buckets in (({"s3Uri": "s3://train/a.jsonl"}, ("train", "valid")), (logs, ("logs", "valid"))):
        one = workload(made(ModelCustomizationJob, training_data_config=data))
        assert (one.stage, one.input_buckets, one.outputs) == (Stage.TRAIN, buckets, ())
        assert (one.subnet_ids, one.security_group_ids) == (("subnet-1",), ("sg-1",))


def test_its_bucket_holds_training_data_and_no_model():
    account = inventory(made(ModelCustomizationJob), *BUCKETS)
    assert [one.name for one in BUCKETS if holds_training_data(account, one)] == ["train", "valid"]
    assert not any(holds_models(account, one) for one in BUCKETS)


def test_a_knowledge_base_with_a_source_that_was_not_read_leaves_open_nothing_about_training():
    account = inventory(made(KnowledgeBase), made(DataSource, configuration=...), *BUCKETS)
    assert not any(holds_training_data(account, one) for one in BUCKETS)


@pytest.mark.parametrize(
    ("kind", "field", "unknown"),
    [
        (Agent, "role_arn", {"roles"}),
        (Agent, "tags", {"sensitivity"}),
        (KnowledgeBase, "id", {"inputs", "keys", "sensitivity"}),
        (DataSource, "configuration", {"inputs", "sensitivity"}),
        (DataSource, "kms_key_arn", {"keys"}),
        (AgentRuntime, "network", {"subnets", "security_groups"}),
        (AgentRuntime, "artifact", {"images", "inputs"}),
        (ModelCustomizationJob, "training_data_config", {"inputs", "sensitivity"}),
        (ModelCustomizationJob, "vpc_config", {"subnets", "security_groups"}),
    ],
    ids=lambda value: value if isinstance(value, str) else value.__name__ if isinstance(value, type) else "",
)
def test_a_gap_in_one_field_leaves_the_others_known(kind, field, unknown):
    kinds = (KnowledgeBase, DataSource) if kind is DataSource else (kind,)
    one = workload(*(made(of, **({field: ...} if of is kind else {})) for of in kinds))
    assert set(one.gaps) == unknown
    assert set(one.known()) == set(sources(Workload)) - unknown
