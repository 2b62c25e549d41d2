"""Jobs of every kind are judged alike; what another job or a schedule started is judged there."""

from typing import Any

import pytest

from hexward.inventory import (
    AutoMLJob,
    HyperParameterTuningJob,
    Job,
    NotCollected,
    ProcessingJob,
    Record,
    TransformJob,
)
from hexward.inventory.jobs import JobNetwork
from hexward.inventory.machines import Machines
from hexward.inventory.record import read, sources
from hexward.inventory.sagemaker import Vpc
from hexward.model import Gap, Reason
from tests.build import REGION, inventory, seen

VPC = Vpc(("sg-1",), ("subnet-1",))
GIVEN = {"SecurityGroupIds": ["sg-1"], "Subnets": ["subnet-1"]}
ALONE = dict.fromkeys(("monitoring_schedule_arn", "auto_ml_job_arn", "training_job_arn"))


def made[R: Record](kind: type[R], **given: Any) -> R:
    """Build a record of values in AWS's spelling."""
    values = {name: None if value is None else read(sources(kind)[name], value) for name, value in given.items()}
    return seen(kind, "", region=REGION, **values)


def job(*records: Record) -> Job:
    [one] = inventory(*records).of(Job)
    return one


def processing(**changed: Any) -> ProcessingJob:
    given = {
        "name": "clean",
        "processing_output_config": {
            "Outputs": [{"S3Output": {"S3Uri": "s3://clean/"}}, {"FeatureStoreOutput": {"FeatureGroupName": "f"}}],
            "KmsKeyId": "k1",
        },
        "cluster_config": {"InstanceType": "ml.m5.large", "InstanceCount": 2, "VolumeKmsKeyId": "k2"},
        "network_config": {"EnableNetworkIsolation": True, "VpcConfig": GIVEN},
    }
    return made(ProcessingJob, **{**given, **ALONE, **changed})


def test_a_processing_job():
    one = job(processing())
    assert (one.name, one.outputs) == ("clean", {"": "k1"})
    assert one.machines == {"": Machines(("ml.m5.large",), 2, "k2")}
    assert one.networks == {"": JobNetwork(VPC, isolated=True, encrypted=False)}


def test_a_processing_job_that_writes_to_a_feature_store_alone_has_no_output_to_encrypt():
    outputs = {"Outputs": [{"FeatureStoreOutput": {"FeatureGroupName": "f"}}]}
    assert job(processing(processing_output_config=outputs)).outputs == {}
    assert job(processing(processing_output_config=None)).outputs == {}


def test_a_processing_job_without_network_settings_is_neither_isolated_nor_encrypted():
    assert job(processing(network_config=None)).networks == {"": JobNetwork(None, isolated=False, encrypted=False)}


def test_a_processing_job_may_run_on_machines_that_sagemaker_selected():
    selected = {"SelectedInstanceType": "ml.g5.xlarge", "SelectedInstanceCount": 3}
    assert job(processing(cluster_config=selected)).machines == {"": Machines(("ml.g5.xlarge",), 3, None)}


@pytest.mark.parametrize("starter", ALONE)
def test_what_another_started_is_judged_there(starter):
    assert len(inventory(processing(**{starter: "arn:aws:sagemaker:us-east-1:111122223333:x/y"})).of(Job)) == 0


def test_a_job_of_which_nothing_was_read_stands_for_itself():
    gap = Gap(Reason.DENIED, "no", "sagemaker:DescribeProcessingJob")
    one = job(ProcessingJob.partial(dict.fromkeys(sources(ProcessingJob), gap), arn="a", region="us-east-1"))
    for name in sources(Job):
        with pytest.raises(NotCollected, match="denied"):
            getattr(one, name)


def test_a_transform_job_has_the_network_of_its_model():
    one = job(
        made(
            TransformJob,
            name="batch",
            auto_ml_job_arn=None,
            transform_output={"S3OutputPath": "s3://answers/", "KmsKeyId": "k1"},
            transform_resources={"InstanceType": "ml.m5.large", "InstanceCount": 4},
        )
    )
    assert (one.outputs, one.networks) == ({"": "k1"}, {})
    assert one.machines == {"": Machines(("ml.m5.large",), 4, None)}


def definition(name: str | None, **changed: Any) -> dict[str, Any]:
    given = {
        "DefinitionName": name,
        "RoleArn": "arn:aws:iam::111122223333:role/tune",
        "AlgorithmSpecification": {"TrainingImage": "image:1", "TrainingInputMode": "File"},
        "OutputDataConfig": {"S3OutputPath": "s3://models/", "KmsKeyId": "k1"},
        "ResourceConfig": {"InstanceType": "ml.m5.large", "InstanceCount": 1},
    }
    return {key: value for key, value in {**given, **changed}.items() if value is not None}


def test_a_tuning_job_with_one_definition():
    tuning = made(
        HyperParameterTuningJob,
        name="search",
        training_job_definition=definition(None, EnableNetworkIsolation=True, VpcConfig=GIVEN),
        training_job_definitions=None,
    )
    one = job(tuning)
    assert (one.name, one.outputs) == ("search", {"": "k1"})
    assert one.networks == {"": JobNetwork(VPC, isolated=True, encrypted=False)}


def test_a_tuning_job_with_several_definitions_is_judged_by_each():
    choices = {
        "InstanceConfigs": [
            {"InstanceType": "ml.m5.large", "InstanceCount": 1},
            {"InstanceType": "ml.g5.xlarge", "InstanceCount": 3},
        ],
        "VolumeKmsKeyId": "k2",
    }
    tuning = made(
        HyperParameterTuningJob,
        name="search",
        training_job_definition=None,
        training_job_definitions=[
            definition("a"),
            definition("b", ResourceConfig=None, HyperParameterTuningResourceConfig=choices),
        ],
    )
    assert job(tuning).machines == {
        "a": Machines(("ml.m5.large",), 1, None),
        "b": Machines(("ml.m5.large", "ml.g5.xlarge"), 3, "k2"),
    }


@pytest.mark.parametrize(
    ("security", "network", "key"),
    [
        (None, JobNetwork(None, isolated=None, encrypted=False), None),
        (
            {"VolumeKmsKeyId": "k2", "EnableInterContainerTrafficEncryption": True, "VpcConfig": GIVEN},
            JobNetwork(VPC, isolated=None, encrypted=True),
            "k2",
        ),
    ],
)
def test_an_automl_job(security, network, key):
    output = {"S3OutputPath": "s3://models/"}
    one = job(made(AutoMLJob, name="auto", output_data_config=output, security_config=security))
    assert (one.outputs, one.networks, one.machines) == ({"": None}, {"": network}, {"": Machines((), None, key)})


def test_a_kind_that_could_not_be_listed_leaves_a_gap():
    given = inventory(processing(), unlisted={(AutoMLJob, "us-east-1"): Gap(Reason.DENIED, "no", region="us-east-1")})
    assert [gap.gap.detail for gap in given.of(Job).gaps] == ["no"]
