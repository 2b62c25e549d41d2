"""Whatever names the key of AI data that it holds is among the holders, with every text by which it does."""

import pytest

from hexward.inventory import (
    AutoMLJob,
    DataQualityJobDefinition,
    FeatureGroup,
    HyperParameterTuningJob,
    InferenceExperiment,
    ModelBiasJobDefinition,
    ModelExplainabilityJobDefinition,
    ModelQualityJobDefinition,
    MonitoringSchedule,
    ProcessingJob,
    TransformJob,
)
from hexward.inventory.purpose import HOLDERS
from hexward.inventory.sagemaker_experiments import ExperimentData
from hexward.inventory.sagemaker_features import FeatureStorage, OfflineStore, OnlineStore, OnlineStoreSecurity
from hexward.inventory.sagemaker_jobs import BatchCapture, ProcessingOutputs
from hexward.inventory.sagemaker_monitoring import (
    InlineDefinition,
    MonitoringCluster,
    MonitoringOutput,
    MonitoringResources,
)
from hexward.inventory.sagemaker_training import Algorithm, OutputData, TrainingDefinition
from tests.build import inventory, seen

WRITTEN = OutputData("s3://models/", "k1")
CLUSTER = MonitoringCluster("ml.m5.large", 1, "k2")
DEFINITION = TrainingDefinition("role", Algorithm(), WRITTEN)
INLINE = InlineDefinition(MonitoringResources(CLUSTER), MonitoringOutput("k1"))


@pytest.mark.parametrize(
    ("one", "keys"),
    [
        (seen(ProcessingJob, processing_output_config=ProcessingOutputs((), "k1")), ("k1",)),
        (seen(ProcessingJob, processing_output_config=None), ()),
        (
            seen(TransformJob, transform_output=WRITTEN, data_capture_config=BatchCapture("s3://captured/", "k2")),
            ("k1", "k2"),
        ),
        (seen(TransformJob, transform_output=None, data_capture_config=None), ()),
        (
            seen(HyperParameterTuningJob, training_job_definition=DEFINITION, training_job_definitions=None),
            ("k1",),
        ),
        (seen(AutoMLJob, output_data_config=WRITTEN), ("k1",)),
        *(
            (seen(kind, kms_key_id="k1", cluster_config=CLUSTER), ("k1", "k2"))
            for kind in (
                DataQualityJobDefinition,
                ModelBiasJobDefinition,
                ModelExplainabilityJobDefinition,
                ModelQualityJobDefinition,
            )
        ),
        (seen(MonitoringSchedule, job_definition=INLINE), ("k1", "k2")),
        (seen(MonitoringSchedule, job_definition=None), ()),
        (
            seen(
                FeatureGroup,
                online_store_config=OnlineStore(security_config=OnlineStoreSecurity("k1")),
                offline_store_config=OfflineStore(FeatureStorage("s3://features/", "k2")),
            ),
            ("k1", "k2"),
        ),
        (seen(FeatureGroup, online_store_config=OnlineStore(), offline_store_config=None), ()),
        (seen(InferenceExperiment, kms_key="k1", data_storage_config=ExperimentData("s3://c/", "k2")), ("k1", "k2")),
        (seen(InferenceExperiment, kms_key=None, data_storage_config=None), ()),
    ],
)
def test_names_its_keys(one, keys):
    assert type(one) in HOLDERS
    assert one.key_references == keys
    for key in keys:
        assert inventory(one).by(type(one), "key_references", key).records == (one,)
