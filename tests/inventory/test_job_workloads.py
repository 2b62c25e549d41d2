"""Jobs are workloads that use what their settings name; a transform job uses what its model names."""

from typing import Any

import pytest

from hexward.inventory import (
    AutoMLJob,
    HyperParameterTuningJob,
    Model,
    NotCollected,
    ProcessingJob,
    Record,
    Ref,
    Stage,
    TransformJob,
    Workload,
)
from hexward.inventory.record import read, sources
from hexward.model import Gap, Reason
from tests.build import ACCOUNT, REGION, inventory, seen

ROLE = f"arn:aws:iam::{ACCOUNT}:role/ml"
VPC = {"SecurityGroupIds": ["sg-1"], "Subnets": ["subnet-1", "subnet-2"]}
ARN = f"arn:aws:sagemaker:{REGION}:{ACCOUNT}:"
OWN: dict[type[Record], dict[str, Any]] = {
    ProcessingJob: {
        "name": "p", "role_arn": ROLE, "image_uri": "image:1", "tags": [{"Key": "data-class", "Value": "restricted"}],
        "processing_inputs": [
            {"InputName": "a", "S3Input": {"S3Uri": "s3://raw/a", "S3DataType": "S3Prefix"}},
            {"InputName": "b", "DatasetDefinition": {"AthenaDatasetDefinition": {"OutputS3Uri": "s3://queried/"}}},
            {"InputName": "c", "DatasetDefinition": {"RedshiftDatasetDefinition": {"OutputS3Uri": "s3://unloaded/"}}},
        ],
        "processing_output_config": {"Outputs": [{"S3Output": {"S3Uri": "s3://clean/p"}}], "KmsKeyId": "alias/output"},
        "cluster_config": {"InstanceType": "ml.m5.large", "InstanceCount": 1, "VolumeKmsKeyId": "alias/volume"},
        "network_config": {"VpcConfig": VPC},
        "monitoring_schedule_arn": None, "auto_ml_job_arn": None, "training_job_arn": None,
    },
    TransformJob: {
        "name": "t", "model_name": "m", "input_s3_uri": "s3://questions/", "tags": [],
        "transform_output": {"S3OutputPath": "s3://answers/", "KmsKeyId": "alias/output"},
        "transform_resources": {"InstanceType": "ml.m5.large", "InstanceCount": 1, "VolumeKmsKeyId": "alias/volume"},
        "data_capture_config": {"DestinationS3Uri": "s3://captured/", "KmsKeyId": "alias/capture"}, "auto_ml_job_arn": None,
    },
    Model: {
        "name": "m", "execution_role_arn": ROLE, "vpc_config": VPC, "containers": None,
        "primary_container": {"Image": "image:2", "ModelDataUrl": "s3://models/m.tar.gz"},
    },
    HyperParameterTuningJob: {
        "name": "h", "tags": [], "training_job_definition": None,
        "training_job_definitions": [
            {
                "DefinitionName": name, "RoleArn": ROLE, "AlgorithmSpecification": {"TrainingImage": f"image:{name}"},
                "InputDataConfig": [
                    {"ChannelName": "x", "DataSource": {"S3DataSource": {"S3Uri": f"s3://train-{name}/"}}},
                    {"ChannelName": "y", "DataSource": {"FileSystemDataSource": {}}},
                ],
                "OutputDataConfig": {"S3OutputPath": "s3://models/", "KmsKeyId": "alias/output"},
                "ResourceConfig": {"InstanceType": "ml.m5.large", "InstanceCount": 1, "VolumeKmsKeyId": f"alias/{name}"},
                "VpcConfig": VPC,
            }
            for name in ("a", "b")
        ],
    },
    AutoMLJob: {
        "name": "l", "role_arn": ROLE, "tags": [],
        "input_data_config": [{"DataSource": {"S3DataSource": {"S3Uri": "s3://train/"}}}, {}],
        "output_data_config": {"S3OutputPath": "s3://models/", "KmsKeyId": "alias/output"},
        "security_config": {"VolumeKmsKeyId": "alias/volume", "VpcConfig": VPC},
    },
}  # fmt: skip


def made[R: Record](kind: type[R], **changed: object) -> R:
    """Build a record of the fields of a kind, in AWS's spelling, with some changed."""
    given = {**OWN[kind], **changed}
    values = {name: None if v is None else read(sources(kind)[name], v) for name, v in given.items()}
    return seen(kind, "", region=REGION, **values)


def workload(*records: Record) -> Workload:
    [one] = inventory(*records).of(Workload)
    return one


def values(refs: tuple[Ref, ...]) -> list[str]:
    return [ref.value for ref in refs]


def test_a_processing_job():
    one = workload(made(ProcessingJob))
    assert (one.name, one.stage, one.role_arns) == ("p", Stage.PROCESS, (ROLE,))
    assert (one.subnet_ids, one.security_group_ids) == (("subnet-1", "subnet-2"), ("sg-1",))
    assert (one.input_buckets, one.output_buckets) == (("raw", "queried", "unloaded"), ("clean",))
    assert (values(one.keys), values(one.images)) == (["alias/output", "alias/volume"], ["image:1"])
    assert one.sensitivity == Ref("restricted", "tag")


def test_a_processing_job_of_nothing_but_code():
    one = workload(
        made(ProcessingJob, processing_inputs=None, processing_output_config=None, network_config=None, role_arn=None)
    )
    assert (one.roles, one.subnets, one.inputs, one.outputs) == ((), (), (), ())


@pytest.mark.parametrize(
    ("starter", "count"),
    [
        ({"training_job_arn": f"{ARN}training-job/x"}, 0),
        ({"auto_ml_job_arn": f"{ARN}automl-job/x"}, 0),
        ({"monitoring_schedule_arn": f"{ARN}monitoring-schedule/x"}, 1),
    ],
)
def test_what_runs_as_part_of_another_workload_is_none_of_its_own(starter, count):
    assert len(inventory(made(ProcessingJob, **starter)).of(Workload)) == count


def test_a_transform_job_is_inference_with_its_models_role_network_and_image():
    one = workload(made(TransformJob), made(Model))
    assert (one.name, one.stage, one.role_arns) == ("t", Stage.INFER, (ROLE,))
    assert (one.subnet_ids, one.security_group_ids) == (("subnet-1", "subnet-2"), ("sg-1",))
    assert (one.input_buckets, one.output_buckets) == (("questions", "models"), ("answers", "captured"))
    assert values(one.keys) == ["alias/output", "alias/capture", "alias/volume"]
    assert values(one.images) == ["image:2"]


def test_a_transform_job_whose_model_was_deleted_has_its_data_alone():
    one = workload(made(TransformJob))
    assert (one.roles, one.subnets, one.images, one.input_buckets) == ((), (), (), ("questions",))


def test_a_transform_job_whose_model_may_exist_is_not_known_to_have_none():
    gap = Gap(Reason.DENIED, "no", "sagemaker:ListModels", region=REGION)
    [one] = inventory(made(TransformJob), unlisted={(Model, REGION): gap}).of(Workload)
    with pytest.raises(NotCollected):
        _ = one.roles


def test_a_transform_job_of_an_automl_job_is_part_of_it():
    assert len(inventory(made(TransformJob, auto_ml_job_arn=f"{ARN}automl-job/x")).of(Workload)) == 0


def test_a_tuning_job_uses_what_all_of_its_definitions_do():
    one = workload(made(HyperParameterTuningJob))
    assert (one.name, one.stage, one.role_arns) == ("h", Stage.TRAIN, (ROLE,))
    assert (one.subnet_ids, one.security_group_ids) == (("subnet-1", "subnet-2"), ("sg-1",))
    assert (one.input_buckets, one.output_buckets) == (("train-a", "train-b"), ("models",))
    assert values(one.keys) == ["alias/output", "alias/a", "alias/b"]
    assert values(one.images) == ["image:a", "image:b"]


def test_an_automl_job():
    one = workload(made(AutoMLJob))
    assert (one.name, one.stage, one.role_arns) == ("l", Stage.TRAIN, (ROLE,))
    assert (one.subnet_ids, one.security_group_ids) == (("subnet-1", "subnet-2"), ("sg-1",))
    assert (one.input_buckets, one.output_buckets) == (("train",), ("models",))
    assert (values(one.keys), one.images) == (["alias/output", "alias/volume"], ())


def test_an_automl_job_without_security_settings_has_no_network_of_ours():
    one = workload(made(AutoMLJob, security_config=None))
    assert (one.subnets, one.security_groups, values(one.keys)) == ((), (), ["alias/output"])
