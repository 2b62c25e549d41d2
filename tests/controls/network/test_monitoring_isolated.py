import pytest

from hexward.controls.network.monitoring_isolated import monitoring_isolated
from hexward.inventory import ModelBiasJobDefinition, MonitoringJob
from hexward.inventory.sagemaker_jobs import NetworkConfig
from hexward.inventory.sagemaker_monitoring import MonitoringCluster
from hexward.model import Status
from tests.build import inventory, judge, seen

ISOLATED = NetworkConfig(enable_network_isolation=True)
OPEN = NetworkConfig(enable_network_isolation=False)


def definition(network: NetworkConfig | None) -> ModelBiasJobDefinition:
    cluster = MonitoringCluster("ml.m5.large", 1)
    return seen(ModelBiasJobDefinition, name="bias", cluster_config=cluster, network_config=network, kms_key_id=None)


PASS = inventory(definition(ISOLATED))
FAIL = inventory(definition(OPEN))


@pytest.mark.parametrize(
    ("network", "status"),
    [
        (ISOLATED, Status.PASS),
        (OPEN, Status.FAIL),
        (NetworkConfig(enable_inter_container_traffic_encryption=True), Status.FAIL),
        (None, Status.FAIL),
    ],
)
def test_isolation_that_is_not_configured_is_off(network, status):
    assert judge(monitoring_isolated, seen(MonitoringJob, network_config=network)).status is status
