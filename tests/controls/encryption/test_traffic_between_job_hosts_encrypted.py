import pytest

from hexward.controls.encryption.traffic_between_job_hosts_encrypted import traffic_between_job_hosts_encrypted
from hexward.inventory import Job, ProcessingJob
from hexward.inventory.jobs import JobNetwork
from hexward.inventory.machines import Machines
from hexward.inventory.sagemaker_jobs import NetworkConfig, ProcessingCluster
from hexward.model import Status
from tests.build import inventory, judge, seen

CLEAR, ENCRYPTED = (JobNetwork(None, isolated=False, encrypted=encrypted) for encrypted in (False, True))


def job(*, encrypted: bool) -> ProcessingJob:
    network = NetworkConfig(enable_inter_container_traffic_encryption=encrypted)
    return seen(
        ProcessingJob,
        network_config=network,
        cluster_config=ProcessingCluster("ml.m5.large", 2),
        monitoring_schedule_arn=None,
        auto_ml_job_arn=None,
        training_job_arn=None,
    )


PASS = inventory(job(encrypted=True))
FAIL = inventory(job(encrypted=False))


def machines(count: int | None) -> Machines:
    return Machines(("ml.m5.large",), count, None)


@pytest.mark.parametrize(
    ("networks", "counts", "status"),
    [
        ({"": CLEAR}, {"": 1}, Status.NOT_APPLICABLE),
        ({"": CLEAR}, {"": 2}, Status.FAIL),
        ({"": CLEAR}, {"": None}, Status.FAIL),
        ({"": ENCRYPTED}, {"": None}, Status.PASS),
        ({}, {"": 2}, Status.NOT_APPLICABLE),
        ({"a": ENCRYPTED, "b": CLEAR}, {"a": 2, "b": 1}, Status.PASS),
        ({"a": ENCRYPTED, "b": CLEAR}, {"a": 1, "b": 2}, Status.FAIL),
    ],
)
def test_asks_it_of_each_part_on_several_machines(networks, counts, status):
    one = seen(Job, networks=networks, machines={part: machines(count) for part, count in counts.items()})
    assert judge(traffic_between_job_hosts_encrypted, one).status is status
