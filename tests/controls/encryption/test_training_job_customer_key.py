import pytest

from hexward.controls.encryption.training_job_customer_key import training_job_customer_key
from hexward.inventory import Key, TrainingJob
from hexward.inventory.sagemaker_training import InstanceGroup, OutputData, Resources
from tests.build import ACCOUNT, REGION, inventory, judge, seen

KEY = seen(Key, f"arn:aws:kms:{REGION}:{ACCOUNT}:key/k1", manager="CUSTOMER")


def job(output: str | None, machines: Resources) -> TrainingJob:
    return seen(
        TrainingJob,
        output_data_config=OutputData("s3://models/", output),
        resource_config=machines,
        tuning_job_arn=None,
        auto_ml_job_arn=None,
    )


def machine(kind: str | None, key: str | None = None) -> Resources:
    return Resources(instance_type=kind, instance_count=1, volume_kms_key_id=key)


def mixed(*kinds: str) -> Resources:
    return Resources(instance_groups=tuple(InstanceGroup(kind, 2) for kind in kinds))


PASS = inventory(job("k1", machine("ml.m5.large", "k1")), KEY)
FAIL = inventory(job("k1", machine("ml.m5.large")), KEY)


@pytest.mark.parametrize(
    ("output", "machines", "aspects"),
    [
        (None, machine("ml.m5.large", "k1"), ["output"]),
        (None, machine("ml.m5.large"), ["output", "volume"]),
        ("k1", machine("ml.g5.xlarge"), []),
        ("k1", machine("ml.p4d.24xlarge"), []),
        ("k1", machine("ml.g4dn.xlarge"), []),
        ("k1", machine("ml.p6-b200.48xlarge"), []),
        ("k1", machine("ml.m7i-flex.large"), ["volume"]),
        ("k1", machine("ml.trn1.32xlarge"), []),
        ("k1", Resources(selected_instance_type="ml.p5.48xlarge"), []),
        ("k1", mixed("ml.g5.xlarge", "ml.g5.xlarge"), []),
        ("k1", mixed("ml.g5.xlarge", "ml.c5.xlarge"), ["volume"]),
        ("k1", machine(None), ["volume"]),
    ],
)
def test_judges_output_and_volumes_apart(output, machines, aspects):
    verdict = judge(training_job_customer_key, job(output, machines), KEY)
    assert [fault.aspect for fault in verdict.faults] == aspects
