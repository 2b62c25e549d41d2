import pytest

from hexward.controls.encryption.artifact_bucket_customer_key import artifact_bucket_customer_key
from hexward.inventory import Bucket, Key, Model, Ref, Stage, Workload
from hexward.inventory.s3 import DefaultEncryption, EncryptionRule
from hexward.inventory.sagemaker import Container, ModelDataSource, S3DataSource
from hexward.model import Status
from tests.build import ACCOUNT, REGION, inventory, judge, seen

KEY = seen(Key, f"arn:aws:kms:{REGION}:{ACCOUNT}:key/k1", manager="CUSTOMER")
FILE = Container(model_data_url="s3://models/a/model.tar.gz")
FOLDER = Container(model_data_source=ModelDataSource(S3DataSource("s3://models/a/")))


def bucket(algorithm: str, key: str | None = None) -> Bucket:
    rule = EncryptionRule(apply_server_side_encryption_by_default=DefaultEncryption(algorithm, key))
    return seen(Bucket, name="models", encryption=(rule,))


def model(*containers: Container) -> Model:
    return seen(Model, primary_container=None, containers=containers)


PASS = inventory(bucket("aws:kms", "k1"), KEY, model(FILE))
FAIL = inventory(bucket("aws:kms"), KEY, model(FILE))


@pytest.mark.parametrize(
    ("others", "status"),
    [
        ((model(FOLDER),), Status.FAIL),
        ((model(Container(model_data_url="s3://elsewhere/model.tar.gz")),), Status.NOT_APPLICABLE),
        ((model(Container(image="image")),), Status.NOT_APPLICABLE),
        ((seen(Workload, stage=Stage.TRAIN, outputs=(Ref("models", "job"),)),), Status.FAIL),
        ((seen(Workload, stage=Stage.INFER, outputs=(Ref("models", "capture"),)),), Status.NOT_APPLICABLE),
        ((seen(Model),), Status.UNKNOWN),
    ],
)
def test_judges_buckets_that_models_come_from_or_go_to(others, status):
    assert judge(artifact_bucket_customer_key, bucket("AES256"), *others).status is status
