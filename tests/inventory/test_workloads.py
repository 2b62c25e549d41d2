"""A workload uses what a field, an environment variable or a tag names, and says which; what was not read stays unknown."""

from typing import Any

import pytest

from hexward.inventory import (
    Bucket,
    Domain,
    Endpoint,
    EndpointConfig,
    Function,
    Model,
    NotCollected,
    NotebookInstance,
    Record,
    Ref,
    Stage,
    TrainingJob,
    Workload,
    bucket_named,
)
from hexward.inventory.record import read, sources
from hexward.model import Gap, Reason
from tests.build import ACCOUNT, REGION, inventory, seen

ROLE = f"arn:aws:iam::{ACCOUNT}:role/ml"
KEY = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/1"
VPC = {"SecurityGroupIds": ["sg-1"], "Subnets": ["subnet-1", "subnet-2"]}
OWN: dict[type[Record], dict[str, Any]] = {
    NotebookInstance: {
        "name": "n", "role_arn": ROLE, "subnet_id": "subnet-1", "security_groups": ["sg-1"], "kms_key_id": KEY, "tags": [],
    },
    Domain: {
        "name": "d", "subnet_ids": ["subnet-1"], "kms_key_id": None, "tags": [],
        "default_user_settings": {"ExecutionRole": ROLE, "SecurityGroups": ["sg-1"]},
    },
    TrainingJob: {
        "name": "j", "role_arn": ROLE, "vpc_config": VPC, "tags": [],
        "input_data_config": [
            {"ChannelName": "a", "DataSource": {"S3DataSource": {"S3Uri": "s3://train/a"}}},
            {"ChannelName": "b", "DataSource": {"FileSystemDataSource": {}}},
        ],
        "output_data_config": {"S3OutputPath": "s3://models/j", "KmsKeyId": KEY},
        "resource_config": {"InstanceType": "ml.m5.large", "InstanceCount": 1, "VolumeKmsKeyId": "alias/volume"},
        "algorithm_specification": {"TrainingImage": "image:1"},
    },
    Endpoint: {"name": "e", "endpoint_config_name": "c", "tags": []},
    EndpointConfig: {
        "name": "c", "kms_key_id": KEY, "production_variants": [{"VariantName": "v", "ModelName": "m"}],
        "shadow_production_variants": None,
        "data_capture_config": {"DestinationS3Uri": "s3://captured/e"},
    },
    Model: {
        "name": "m", "execution_role_arn": ROLE, "vpc_config": VPC, "containers": None,
        "primary_container": {"Image": "image:2", "ModelDataUrl": "s3://models/m.tar.gz"},
    },
    Function: {
        "name": "f", "role": ROLE, "vpc_config": {"SubnetIds": ["subnet-1"], "SecurityGroupIds": ["sg-1"]}, "kms_key_arn": None,
        "url": [{"FunctionUrl": "https://x.lambda-url.us-east-1.on.aws/", "FunctionArn": "f", "AuthType": "NONE"}], "tags": {},
    },
    Bucket: {"tags": None},
}  # fmt: skip


def made[R: Record](kind: type[R], **changed: object) -> R:
    """Build a record of the fields of a kind, in AWS's spelling, with some changed; `...` leaves one unread."""
    given = {name: value for name, value in {**OWN[kind], **changed}.items() if value is not ...}
    values = {name: None if v is None else read(sources(kind)[name], v) for name, v in given.items()}
    return seen(kind, f"arn:aws:test:{REGION}:{ACCOUNT}:{kind.__name__}", region=REGION, **values)


def function(references: dict[str, str] | None, **changed: object) -> Function:
    one = made(Function, **changed)
    return Function.partial(one.gaps, arn=one.arn, account=ACCOUNT, region=REGION, **one.known(), references=references)


def bucket(name: str, tags: dict[str, str] | None) -> Bucket:
    return seen(Bucket, f"arn:aws:s3:::{name}", region=REGION, name=name, tags=tags)


def workload(*records: Record) -> Workload:
    [one] = inventory(*records).of(Workload)
    return one


def values(refs: tuple[Ref, ...]) -> list[str]:
    return [ref.value for ref in refs]


def test_a_notebook():
    one = workload(made(NotebookInstance))
    assert (one.name, one.stage, one.region, one.account) == ("n", Stage.DEVELOP, REGION, ACCOUNT)
    assert one.roles == (Ref(ROLE, "NotebookInstance.role_arn"),)
    assert one.subnets == (Ref("subnet-1", "NotebookInstance.subnet_id"),)
    assert one.security_groups == (Ref("sg-1", "NotebookInstance.security_groups"),)
    assert one.keys == (Ref(KEY, "NotebookInstance.kms_key_id"),)
    assert (one.inputs, one.outputs, one.images, one.entries) == ((), (), (), ())


def test_a_notebook_outside_any_vpc_has_no_network_of_ours():
    one = workload(made(NotebookInstance, subnet_id=None, security_groups=None, kms_key_id=None))
    assert (one.subnet_ids, one.security_group_ids, one.keys) == ((), (), ())


def test_a_studio_domain():
    one = workload(made(Domain))
    assert (one.name, one.stage) == ("d", Stage.DEVELOP)
    assert one.roles == (Ref(ROLE, "Domain.default_user_settings.execution_role"),)
    assert values(one.subnets) == ["subnet-1"]
    assert one.security_groups == (Ref("sg-1", "Domain.default_user_settings.security_groups"),)
    assert one.keys == ()


def test_a_training_job():
    one = workload(made(TrainingJob), bucket("train", None))
    assert (one.name, one.stage) == ("j", Stage.TRAIN)
    assert one.role_arns == (ROLE,)
    assert one.subnet_ids == ("subnet-1", "subnet-2")
    assert one.security_group_ids == ("sg-1",)
    assert one.inputs == (Ref("train", "TrainingJob.input_data_config"),)
    assert one.outputs == (Ref("models", "TrainingJob.output_data_config"),)
    assert one.keys == (
        Ref(KEY, "TrainingJob.output_data_config"),
        Ref("alias/volume", "TrainingJob.resource_config"),
    )
    assert values(one.images) == ["image:1"]


def test_an_endpoint_is_followed_to_its_configuration_and_its_models():
    one = workload(made(Endpoint), made(EndpointConfig), made(Model), bucket("models", None))
    assert (one.name, one.stage) == ("e", Stage.INFER)
    assert one.roles == (Ref(ROLE, "Model.execution_role_arn"),)
    assert one.subnets == (Ref("subnet-1", "Model.vpc_config"), Ref("subnet-2", "Model.vpc_config"))
    assert one.inputs == (Ref("models", "Model.containers"),)
    assert one.outputs == (Ref("captured", "EndpointConfig.data_capture_config"),)
    assert one.keys == (Ref(KEY, "EndpointConfig.kms_key_id"),)
    assert values(one.images) == ["image:2"]


def test_an_endpoint_of_a_pipeline_has_the_images_of_all_its_containers():
    containers = [{"Image": "a"}, {"Image": "b", "ModelDataSource": {"S3DataSource": {"S3Uri": "s3://data/x/"}}}]
    model = made(Model, primary_container=None, containers=containers)
    one = workload(made(Endpoint), made(EndpointConfig), model, bucket("data", None))
    assert (values(one.images), one.input_buckets) == (["a", "b"], ("data",))


def test_a_model_of_another_region_is_another_model():
    other = made(Model)
    away = Model.partial({}, arn="arn:aws:test:eu-west-1::m", account=ACCOUNT, region="eu-west-1", **other.known())
    one = workload(made(Endpoint), made(EndpointConfig), away)
    assert one.gaps["roles"].reason is Reason.GONE
    assert one.keys == (Ref(KEY, "EndpointConfig.kms_key_id"),)


@pytest.mark.parametrize(
    ("variant", "container", "unknown"),
    [
        ({"VariantName": "v"}, {"Image": "i"}, {"roles", "subnets", "security_groups", "inputs", "images", "sensitivity"}),
        ({"VariantName": "v", "ModelName": "m"}, {"ModelPackageName": "p"}, {"inputs", "images", "sensitivity"}),
    ],
    ids=["inference components", "a model package"],
)  # fmt: skip
def test_what_is_held_where_nobody_looks_is_unknown(variant, container, unknown):
    config, model = made(EndpointConfig, production_variants=[variant]), made(Model, primary_container=container)
    one = workload(made(Endpoint), config, model)
    assert set(one.gaps) == unknown


@pytest.mark.parametrize(
    ("references", "tags", "stage"),
    [
        ({"ENDPOINT_NAME": "e"}, {}, Stage.INFER),
        ({"MODEL_ID": "anthropic.claude"}, {"workload": "Processing"}, Stage.PROCESS),
        ({}, {"workload": "training"}, Stage.TRAIN),
        (None, {"workload": "inference"}, Stage.INFER),
    ],
)
def test_a_function_that_names_ai_things_or_is_tagged_is_a_workload(references, tags, stage):
    assert workload(function(references, tags=tags)).stage is stage


@pytest.mark.parametrize(
    ("references", "tags"),
    [(None, {}), ({}, {}), ({"BUCKET": "b"}, {}), ({}, {"workload": "web"}), ({}, {"team": "ml"})],
)
def test_any_other_function_is_none(references, tags):
    assert list(inventory(function(references, tags=tags)).of(Workload)) == []


def test_a_function_reads_the_buckets_that_its_environment_names():
    one = workload(function({"ENDPOINT": "e", "DATA_BUCKET": "s3://train/x"}), bucket("train", {"data-class": "pii"}))
    assert one.inputs == (Ref("train", "Function.references"),)
    assert one.sensitivity == Ref("restricted", "tag of train")
    assert one.entries == (Ref("https://x.lambda-url.us-east-1.on.aws/", "Function.url"),)


def test_a_function_that_may_be_one_is_kept_with_its_gaps():
    one = function({}, tags=...)
    listed = workload(one)
    assert (listed.name, listed.role_arns) == ("f", (ROLE,))
    assert set(listed.gaps) == {"stage", "sensitivity"}


@pytest.mark.parametrize(
    ("kind", "field", "unknown"),
    [
        (NotebookInstance, "role_arn", {"roles"}),
        (NotebookInstance, "tags", {"sensitivity"}),
        (Domain, "default_user_settings", {"roles", "security_groups"}),
        (TrainingJob, "vpc_config", {"subnets", "security_groups"}),
        (TrainingJob, "input_data_config", {"inputs", "sensitivity"}),
        (TrainingJob, "output_data_config", {"outputs", "keys"}),
        (Endpoint, "tags", {"sensitivity"}),
        (EndpointConfig, "kms_key_id", {"keys"}),
        (EndpointConfig, "data_capture_config", {"outputs"}),
        (Model, "execution_role_arn", {"roles"}),
        (Model, "vpc_config", {"subnets", "security_groups"}),
        (Model, "primary_container", {"inputs", "images", "sensitivity"}),
    ],
    ids=lambda value: value if isinstance(value, str) else value.__name__ if isinstance(value, type) else "",
)
def test_a_gap_in_one_field_leaves_the_others_known(kind, field, unknown):
    of_endpoint = [Endpoint, EndpointConfig, Model] if kind in {Endpoint, EndpointConfig, Model} else [kind]
    records = [made(one, **({field: ...} if one is kind else {})) for one in of_endpoint]
    one = workload(*records, bucket("train", None), bucket("models", None))
    assert set(one.gaps) == unknown
    assert set(one.known()) == set(sources(Workload)) - unknown


def test_kinds_that_were_not_listed_leave_the_list_of_workloads_open():
    gap = Gap(Reason.DENIED, "no", "sagemaker:ListEndpoints", region=REGION)
    listing = inventory(made(NotebookInstance), unlisted={(Endpoint, REGION): gap}).of(Workload)
    assert len(listing) == 1
    with pytest.raises(NotCollected, match="Workload"):
        list(listing)


@pytest.mark.parametrize(
    ("own", "of_bucket", "sensitivity"),
    [
        ([], None, None),
        ([{"Key": "data-class", "Value": "internal"}], None, Ref("internal", "tag")),
        ([], {"Data_Class": "PII"}, Ref("restricted", "tag of train")),
        ([{"Key": "sensitivity", "Value": "public"}], {"sensitivity": "confidential"}, Ref("confidential", "tag of train")),
        ([{"Key": "sensitivity", "Value": "confidential"}], {"sensitivity": "public"}, Ref("confidential", "tag")),
        ([{"Key": "classification", "Value": "mars"}], None, Ref("restricted", "tag")),
    ],
)  # fmt: skip
def test_is_as_sensitive_as_the_most_sensitive_thing_it_reads(own, of_bucket, sensitivity):
    assert workload(made(TrainingJob, tags=own), bucket("train", of_bucket)).sensitivity == sensitivity


def test_a_bucket_that_was_not_seen_leaves_the_sensitivity_open_unless_it_is_the_highest_already():
    assert set(workload(made(TrainingJob)).gaps) == {"sensitivity"}
    restricted = made(TrainingJob, tags=[{"Key": "data-class", "Value": "restricted"}])
    assert workload(restricted).sensitivity == Ref("restricted", "tag")


def test_a_bucket_of_another_account_is_not_taken_for_none():
    with pytest.raises(NotCollected, match="Bucket"):
        bucket_named(inventory(bucket("train", None)), "theirs")
    assert bucket_named(inventory(bucket("train", None)), "train").name == "train"
