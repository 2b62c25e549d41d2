import pytest

from hexward.controls.encryption.traffic_between_training_hosts_encrypted import (
    traffic_between_training_hosts_encrypted,
)
from hexward.inventory import TrainingJob
from hexward.inventory.sagemaker_training import InstanceGroup, Resources
from hexward.model import Status
from tests.build import inventory, judge, seen


def job(*, encrypted: bool | None, machines: Resources) -> TrainingJob:
    return seen(
        TrainingJob,
        enable_inter_container_traffic_encryption=encrypted,
        resource_config=machines,
        tuning_job_arn=None,
        auto_ml_job_arn=None,
    )


TWO = Resources(instance_type="ml.m5.large", instance_count=2)
PASS = inventory(job(encrypted=True, machines=TWO))
FAIL = inventory(job(encrypted=False, machines=TWO))


@pytest.mark.parametrize(
    ("machines", "status"),
    [
        (TWO, Status.FAIL),
        (Resources(instance_type="ml.m5.large", instance_count=1), Status.NOT_APPLICABLE),
        (Resources(instance_groups=(InstanceGroup("ml.m5.large", 1), InstanceGroup("ml.g5.xlarge", 1))), Status.FAIL),
        (Resources(selected_instance_type="ml.p5.48xlarge", selected_instance_count=4), Status.FAIL),
        (Resources(), Status.UNKNOWN),
    ],
)
def test_asks_it_of_jobs_on_several_machines(machines, status):
    assert judge(traffic_between_training_hosts_encrypted, job(encrypted=None, machines=machines)).status is status
