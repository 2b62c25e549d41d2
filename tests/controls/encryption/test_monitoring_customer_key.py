import pytest

from hexward.controls.encryption.monitoring_customer_key import monitoring_customer_key
from hexward.inventory import Key, ModelQualityJobDefinition, MonitoringJob
from hexward.inventory.machines import Machines
from hexward.inventory.sagemaker_monitoring import MonitoringCluster
from tests.build import ACCOUNT, REGION, inventory, judge, seen

KEY = seen(Key, f"arn:aws:kms:{REGION}:{ACCOUNT}:key/k1", manager="CUSTOMER")


def definition(output: str | None) -> ModelQualityJobDefinition:
    cluster = MonitoringCluster("ml.m5.large", 1, "k1")
    return seen(ModelQualityJobDefinition, name="q", cluster_config=cluster, network_config=None, kms_key_id=output)


PASS = inventory(definition("k1"), KEY)
FAIL = inventory(definition(None), KEY)


@pytest.mark.parametrize(
    ("output", "volume", "machine", "aspects"),
    [
        ("k1", "k1", "ml.m5.large", []),
        (None, None, "ml.m5.large", ["output", "volume"]),
        ("k1", None, "ml.g5.xlarge", []),
    ],
)
def test_judges_reports_and_volumes_apart(output, volume, machine, aspects):
    job = seen(MonitoringJob, kms_key_id=output, machines=Machines((machine,), 1, volume))
    assert [fault.aspect for fault in judge(monitoring_customer_key, job, KEY).faults] == aspects
