import pytest

from hexward.controls.encryption.inference_experiment_customer_key import inference_experiment_customer_key
from hexward.inventory import InferenceExperiment, Key
from hexward.inventory.sagemaker_experiments import ExperimentData, Infrastructure, ModelVariant, RealTimeConfig
from tests.build import ACCOUNT, REGION, inventory, judge, seen

KEY = seen(Key, f"arn:aws:kms:{REGION}:{ACCOUNT}:key/k1", manager="CUSTOMER")


def experiment(volume: str | None, data: ExperimentData | None, *machines: str) -> InferenceExperiment:
    variants = tuple(ModelVariant(Infrastructure(RealTimeConfig(machine, 1))) for machine in machines)
    return seen(InferenceExperiment, kms_key=volume, data_storage_config=data, model_variants=variants)


PASS = inventory(experiment("k1", ExperimentData("s3://captured/", "k1"), "ml.m5.large"), KEY)
FAIL = inventory(experiment("k1", ExperimentData("s3://captured/"), "ml.m5.large"), KEY)


@pytest.mark.parametrize(
    ("volume", "data", "machines", "aspects"),
    [
        ("k1", None, ("ml.m5.large",), []),
        (None, None, ("ml.m5.large",), ["volume"]),
        (None, ExperimentData("s3://captured/"), ("ml.m5.large", "ml.g5.xlarge"), ["data", "volume"]),
        (None, ExperimentData("s3://captured/", "k1"), ("ml.g5.xlarge", "ml.g5.2xlarge"), []),
    ],
)
def test_judges_volumes_and_recorded_data_apart(volume, data, machines, aspects):
    verdict = judge(inference_experiment_customer_key, experiment(volume, data, *machines), KEY)
    assert [fault.aspect for fault in verdict.faults] == aspects
