import pytest

from hexward.controls.encryption.job_customer_key import job_customer_key
from hexward.inventory import Job, Key, TransformJob
from hexward.inventory.machines import Machines
from hexward.inventory.sagemaker_jobs import TransformResources
from hexward.inventory.sagemaker_training import OutputData
from tests.build import ACCOUNT, REGION, inventory, judge, seen

KEY = seen(Key, f"arn:aws:kms:{REGION}:{ACCOUNT}:key/k1", manager="CUSTOMER")
VOLUME, DISKS = ("ml.m5.large",), ("ml.g5.xlarge",)


def batch(output: str | None) -> TransformJob:
    return seen(
        TransformJob,
        name="batch",
        auto_ml_job_arn=None,
        transform_output=OutputData("s3://answers/", output),
        transform_resources=TransformResources("ml.m5.large", 1, "k1"),
    )


PASS = inventory(batch("k1"), KEY)
FAIL = inventory(batch(None), KEY)


@pytest.mark.parametrize(
    ("outputs", "machines", "aspects"),
    [
        ({}, {"": Machines(VOLUME, 1, "k1")}, []),
        ({}, {"": Machines(DISKS, 1, None)}, []),
        ({}, {"": Machines((), None, None)}, ["volume"]),
        ({"": None}, {"": Machines(VOLUME, 1, None)}, ["output", "volume"]),
        ({"": "k1"}, {"": Machines((*VOLUME, *DISKS), 1, None)}, ["volume"]),
        (
            {"a": "k1", "b": None},
            {"a": Machines(VOLUME, 1, None), "b": Machines(VOLUME, 1, "k1")},
            ["output of b", "volume of a"],
        ),
    ],
)
def test_judges_each_output_and_volume(outputs, machines, aspects):
    verdict = judge(job_customer_key, seen(Job, outputs=outputs, machines=machines), KEY)
    assert [fault.aspect for fault in verdict.faults] == aspects
