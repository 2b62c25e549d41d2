import pytest

from hexward.controls.trail.training_bucket_data_events import training_bucket_data_events
from hexward.inventory import Bucket, Ref, Stage, Workload
from hexward.inventory.event_selectors import FieldSelector
from hexward.model import Status
from tests.build import inventory, judge, seen
from tests.controls.trail.trails import advanced, basic, region, trail

S3 = "AWS::S3::Object"
BUCKET = seen(Bucket, "arn:aws:s3:::train", name="train")
JOB = seen(Workload, stage=Stage.TRAIN, inputs=(Ref("train", "TrainingJob.input_data_config"),))
WHOLE = basic(S3, "arn:aws:s3:::train/")

PASS = inventory(BUCKET, JOB, region(), trail(WHOLE))
FAIL = inventory(BUCKET, JOB, region(), trail(basic(S3, "arn:aws:s3:::train/raw/")))


@pytest.mark.parametrize(
    ("one", "aspects"),
    [
        (trail(basic(S3, "arn:aws:s3")), []),
        (trail(advanced("Data", S3)), []),
        (trail(WHOLE, everywhere=False), []),
        (trail(basic()), ["reads", "writes"]),
        (trail(WHOLE, logging=False), ["reads", "writes"]),
        (trail(WHOLE, error="AccessDenied"), ["reads", "writes"]),
        (trail(advanced("Data", S3, FieldSelector("readOnly", equals=("false",)))), ["reads"]),
        (trail(advanced("Data", S3, FieldSelector("eventName", equals=("GetObject",)))), ["reads", "writes"]),
    ],
)
def test_reads_and_writes_of_the_whole_bucket_are_logged(one, aspects):
    verdict = judge(training_bucket_data_events, BUCKET, JOB, region(), one)
    assert [fault.aspect for fault in verdict.faults] == aspects


def test_two_trails_may_share_the_halves():
    reads, writes = (basic(S3, "arn:aws:s3", read_write_type=half) for half in ("ReadOnly", "WriteOnly"))
    other = trail(writes, arn="arn:aws:cloudtrail:us-east-1:111122223333:trail/writes")
    here = region(trail().arn, other.arn)
    assert judge(training_bucket_data_events, BUCKET, JOB, here, trail(reads), other).status is Status.PASS


def test_says_that_a_prefix_is_only_a_part():
    [reads, _] = judge(training_bucket_data_events, BUCKET, *list(FAIL)[1:]).faults
    assert reads.says == "reads of training data are logged only in part: a selector narrows them"


@pytest.mark.parametrize(
    "others",
    [
        (JOB,),
        (JOB, region()),
        (JOB, region("arn:aws:cloudtrail:us-east-1:999999999999:trail/organisation")),
        (JOB, region(), trail(basic()).punched("advanced_event_selectors")),
    ],
)
def test_a_trail_that_was_not_seen_might_log_it(others):
    assert judge(training_bucket_data_events, BUCKET, *others).status is Status.UNKNOWN


def test_a_bucket_that_no_training_reads_is_left_alone():
    assert judge(training_bucket_data_events, BUCKET, region(), trail()).status is Status.NOT_APPLICABLE
