import pytest

from hexward.controls.encryption.monitoring_traffic_encrypted import monitoring_traffic_encrypted
from hexward.inventory import DataQualityJobDefinition, MonitoringJob
from hexward.inventory.machines import Machines
from hexward.inventory.sagemaker_jobs import NetworkConfig
from hexward.inventory.sagemaker_monitoring import MonitoringCluster
from hexward.model import Status
from tests.build import inventory, judge, seen

ENCRYPTED = NetworkConfig(enable_inter_container_traffic_encryption=True)
CLEAR = NetworkConfig(enable_inter_container_traffic_encryption=False)
ISOLATED = NetworkConfig(enable_network_isolation=True)


def definition(network: NetworkConfig | None) -> DataQualityJobDefinition:
    cluster = MonitoringCluster("ml.m5.large", 2)
    return seen(DataQualityJobDefinition, name="drift", cluster_config=cluster, network_config=network, kms_key_id=None)


PASS = inventory(definition(ENCRYPTED))
FAIL = inventory(definition(CLEAR))


@pytest.mark.parametrize(
    ("network", "count", "inline", "status"),
    [
        (ENCRYPTED, 2, False, Status.PASS),
        (CLEAR, 2, False, Status.FAIL),
        (ISOLATED, 2, False, Status.FAIL),
        (None, 2, False, Status.FAIL),
        (None, 1, False, Status.NOT_APPLICABLE),
        (None, 1, True, Status.FAIL),
        (ENCRYPTED, 1, True, Status.PASS),
    ],
)
def test_definitions_on_several_machines_and_schedules_own_jobs_are_asked(network, count, inline, status):
    machines = Machines(("ml.m5.large",), count, None)
    job = seen(MonitoringJob, inline=inline, machines=machines, network_config=network)
    assert judge(monitoring_traffic_encrypted, job).status is status
