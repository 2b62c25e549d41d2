import pytest

from hexward.controls.trail.training_bucket_access_logged import training_bucket_access_logged
from hexward.inventory import Bucket, Ref, Stage, Workload
from hexward.inventory.s3 import AccessLogging
from hexward.model import Status
from tests.build import inventory, judge, seen
from tests.controls.trail.trails import basic, region, trail

JOB = seen(Workload, stage=Stage.TRAIN, inputs=(Ref("train", "TrainingJob.input_data_config"),))
LOGS = AccessLogging("logs", "train/")


def bucket(logging: AccessLogging | None = None) -> Bucket:
    return seen(Bucket, "arn:aws:s3:::train", name="train", logging=logging)


PASS = inventory(bucket(LOGS), JOB, region(), trail(basic()))
FAIL = inventory(bucket(), JOB, region(), trail(basic()))


@pytest.mark.parametrize(
    ("others", "status"),
    [
        ((JOB, region(), trail(basic("AWS::S3::Object", "arn:aws:s3"))), Status.PASS),
        ((JOB, region(), trail(basic("AWS::S3::Object", "arn:aws:s3:::train/raw"))), Status.FAIL),
        ((JOB,), Status.UNKNOWN),
        ((), Status.NOT_APPLICABLE),
    ],
)
def test_data_events_of_the_whole_bucket_stand_for_access_logs(others, status):
    assert judge(training_bucket_access_logged, bucket(), *others).status is status
