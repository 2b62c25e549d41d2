import pytest

from hexward.controls.network.training_job_isolated import training_job_isolated
from hexward.inventory import AutoMLJob, HyperParameterTuningJob, TrainingJob
from hexward.inventory.sagemaker import Vpc
from hexward.model import Status
from tests.build import inventory, judge, seen

VPC = Vpc(("sg-1",), ("subnet-1",))


ARN = "arn:aws:sagemaker:us-east-1:111122223333:"


def job(vpc: Vpc | None, *, isolated: bool | None, tuning: str | None = None, automl: str | None = None) -> TrainingJob:
    return seen(
        TrainingJob, vpc_config=vpc, enable_network_isolation=isolated, tuning_job_arn=tuning, auto_ml_job_arn=automl
    )


PASS = inventory(job(VPC, isolated=True))
FAIL = inventory(job(VPC, isolated=False))


@pytest.mark.parametrize(
    ("vpc", "isolated", "aspects"),
    [
        (VPC, None, ["isolation"]),
        (None, True, ["vpc"]),
        (None, False, ["isolation", "vpc"]),
    ],
)
def test_judges_the_vpc_and_the_isolation_apart(vpc, isolated, aspects):
    assert [f.aspect for f in judge(training_job_isolated, job(vpc, isolated=isolated)).faults] == aspects


@pytest.mark.parametrize(
    ("tuning", "automl", "status"),
    [
        (f"{ARN}hyper-parameter-tuning-job/t", None, Status.NOT_APPLICABLE),
        (f"{ARN}hyper-parameter-tuning-job/deleted", None, Status.FAIL),
        (None, f"{ARN}automl-job/a", Status.NOT_APPLICABLE),
        (None, f"{ARN}automl-job/not-seen", Status.FAIL),
    ],
)
def test_a_run_of_a_search_is_judged_with_it_if_it_was_seen(tuning, automl, status):
    searches = (
        seen(HyperParameterTuningJob, f"{ARN}hyper-parameter-tuning-job/t"),
        seen(AutoMLJob, f"{ARN}automl-job/a"),
    )
    one = job(None, isolated=False, tuning=tuning, automl=automl)
    assert judge(training_job_isolated, one, *searches).status is status
