import pytest

from hexward.controls.encryption.training_bucket_customer_key import training_bucket_customer_key
from hexward.inventory import Bucket, Key, Ref, Stage, Workload
from hexward.inventory.s3 import DefaultEncryption, EncryptionRule
from hexward.model import Status
from tests.build import ACCOUNT, REGION, inventory, judge, seen

KEY_ARN = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/1"
JOB = seen(Workload, stage=Stage.TRAIN, inputs=(Ref("train", "TrainingJob.input_data_config"),))


def bucket(algorithm: str = "aws:kms", key: str | None = KEY_ARN) -> Bucket:
    rule = EncryptionRule(apply_server_side_encryption_by_default=DefaultEncryption(algorithm, key))
    return seen(Bucket, name="train", encryption=(rule,))


def key(manager: str) -> Key:
    return seen(Key, KEY_ARN, manager=manager)


PASS = inventory(bucket(), JOB, key("CUSTOMER"))
FAIL = inventory(bucket(), JOB, key("AWS"))


@pytest.mark.parametrize(
    ("bucket_", "others", "status"),
    [
        (bucket("AES256", None), (JOB,), Status.FAIL),
        (bucket("aws:kms", None), (JOB,), Status.FAIL),
        (bucket("aws:kms:dsse"), (JOB, key("CUSTOMER")), Status.PASS),
        (bucket("AES256", None), (), Status.NOT_APPLICABLE),
        (bucket(key="arn:aws:kms:us-east-1:999999999999:key/1"), (JOB,), Status.UNKNOWN),
    ],
)
def test_follows_the_bucket_to_its_key(bucket_, others, status):
    assert judge(training_bucket_customer_key, bucket_, *others).status is status
