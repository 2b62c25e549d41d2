import pytest

from hexward.controls.trail.artifact_bucket_data_events import artifact_bucket_data_events
from hexward.inventory import Bucket, Model, Ref, Stage, Workload
from hexward.inventory.sagemaker import Container
from hexward.model import Status
from tests.build import inventory, judge, seen
from tests.controls.trail.trails import basic, region, trail

S3 = "AWS::S3::Object"
BUCKET = seen(Bucket, "arn:aws:s3:::models", name="models")
MODEL = seen(Model, primary_container=Container(model_data_url="s3://models/a/model.tar.gz"), containers=None)
JOB = seen(Workload, stage=Stage.TRAIN, outputs=(Ref("models", "TrainingJob.output_data_config"),))

PASS = inventory(BUCKET, MODEL, region(), trail(basic(S3, "arn:aws:s3:::models/")))
FAIL = inventory(BUCKET, MODEL, region(), trail(basic(S3, "arn:aws:s3:::models/a/")))


@pytest.mark.parametrize("user", [MODEL, JOB])
def test_what_training_writes_and_what_models_are_loaded_from_is_logged(user):
    assert (
        judge(artifact_bucket_data_events, BUCKET, user, region(), trail(basic(S3, "arn:aws:s3"))).status is Status.PASS
    )
    verdict = judge(artifact_bucket_data_events, BUCKET, user, region(), trail(basic()))
    assert [fault.aspect for fault in verdict.faults] == ["reads", "writes"]


def test_a_bucket_without_models_is_left_alone():
    assert judge(artifact_bucket_data_events, BUCKET, region(), trail()).status is Status.NOT_APPLICABLE
