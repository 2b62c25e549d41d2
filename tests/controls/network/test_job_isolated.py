import pytest

from hexward.controls.network.job_isolated import job_isolated
from hexward.inventory import Job, ProcessingJob
from hexward.inventory.jobs import JobNetwork
from hexward.inventory.sagemaker import Vpc
from hexward.inventory.sagemaker_jobs import NetworkConfig
from hexward.model import Status
from tests.build import inventory, judge, seen

VPC = Vpc(("sg-1",), ("subnet-1",))


def job(network: NetworkConfig | None) -> ProcessingJob:
    return seen(
        ProcessingJob,
        network_config=network,
        monitoring_schedule_arn=None,
        auto_ml_job_arn=None,
        training_job_arn=None,
    )


PASS = inventory(job(NetworkConfig(enable_network_isolation=True, vpc_config=VPC)))
FAIL = inventory(job(NetworkConfig(enable_network_isolation=False, vpc_config=VPC)))


def network(vpc: Vpc | None, *, isolated: bool | None) -> JobNetwork:
    return JobNetwork(vpc, isolated, encrypted=False)


@pytest.mark.parametrize(
    ("networks", "aspects"),
    [
        ({"": network(VPC, isolated=True)}, []),
        ({"": network(None, isolated=False)}, ["isolation", "vpc"]),
        ({"": network(VPC, isolated=None)}, []),
        ({"": network(None, isolated=None)}, ["vpc"]),
        ({"a": network(VPC, isolated=True), "b": network(VPC, isolated=False)}, ["isolation of b"]),
    ],
)
def test_judges_the_vpc_and_the_isolation_of_each_part(networks, aspects):
    assert [fault.aspect for fault in judge(job_isolated, seen(Job, networks=networks)).faults] == aspects


def test_a_transform_job_has_the_network_of_its_model():
    assert judge(job_isolated, seen(Job, networks={})).status is Status.NOT_APPLICABLE
