import pytest

from hexward.controls.encryption.training_bucket_versioned import training_bucket_versioned
from hexward.inventory import Bucket, Ref, Stage, Workload
from hexward.model import Status
from tests.build import inventory, judge, seen

JOB = seen(Workload, stage=Stage.TRAIN, inputs=(Ref("train", "job"),))


def bucket(state: str | None) -> Bucket:
    return seen(Bucket, name="train", versioning=state)


PASS = inventory(bucket("Enabled"), JOB)
FAIL = inventory(bucket("Suspended"), JOB)


@pytest.mark.parametrize(
    ("job", "status"),
    [
        (JOB, Status.FAIL),
        (seen(Workload, stage=Stage.INFER, inputs=(Ref("train", "model"),)), Status.NOT_APPLICABLE),
        (seen(Workload, inputs=(Ref("train", "job"),)), Status.UNKNOWN),
    ],
)
def test_asks_it_of_buckets_that_training_reads(job, status):
    assert judge(training_bucket_versioned, bucket(None), job).status is status
