import pytest

from hexward.controls.encryption.key_per_class import key_per_class
from hexward.inventory import Alias, Bucket, DBCluster, DBInstance, DynamoTable, Key, Ref, Volume, Workload
from hexward.inventory.dynamodb import TableEncryption
from hexward.inventory.s3 import DefaultEncryption, EncryptionRule
from hexward.model import Status
from tests.build import ACCOUNT, REGION, inventory, judge, seen

KEY_ARN = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/k1"
ALIAS = seen(Alias, f"arn:aws:kms:{REGION}:{ACCOUNT}:alias/ai", name="alias/ai", target_key_id="k1")


def key(manager: str = "CUSTOMER") -> Key:
    return seen(Key, KEY_ARN, key_id="k1", manager=manager)


def bucket(word: str, key: str = KEY_ARN) -> Bucket:
    rule = EncryptionRule(apply_server_side_encryption_by_default=DefaultEncryption("aws:kms", key))
    return seen(Bucket, name="b", encryption=(rule,), tags={"data-class": word})


def volume(word: str, region: str = REGION) -> Volume:
    return seen(Volume, region=region, kms_key_id=KEY_ARN, tags={"data-class": word})


def workload(word: str | None, source: str = "NotebookInstance.kms_key_id") -> Workload:
    told = None if word is None else Ref(word, "tag")
    return seen(Workload, keys=(Ref(KEY_ARN, source),), sensitivity=told)


PASS = inventory(key(), bucket("confidential"), volume("confidential"))
FAIL = inventory(key(), bucket("confidential"), volume("public"))

TABLE = seen(DynamoTable, encryption=TableEncryption(KEY_ARN), tags={"data-class": "internal"})


@pytest.mark.parametrize(
    ("others", "status"),
    [
        ((), Status.NOT_APPLICABLE),
        ((seen(Volume, kms_key_id=KEY_ARN, tags=None),), Status.NOT_APPLICABLE),
        ((bucket("public"), TABLE), Status.FAIL),
        ((bucket("public", "alias/ai"), ALIAS, volume("pii")), Status.FAIL),
        ((bucket("pii"), volume("restricted")), Status.PASS),
        ((bucket("public"), seen(DBInstance, kms_key_id=KEY_ARN, tags={"data-class": "pii"})), Status.FAIL),
        ((bucket("public"), seen(DBCluster, kms_key_id=KEY_ARN, tags={"data-class": "pii"})), Status.FAIL),
        ((bucket("public"), seen(DBCluster, kms_key_id=None, tags={"data-class": "pii"})), Status.PASS),
        ((bucket("public"), workload("confidential")), Status.FAIL),
        ((bucket("public"), workload("confidential", "TrainingJob.output_data_config")), Status.PASS),
        ((bucket("public"), workload(None)), Status.PASS),
        ((bucket("public"), seen(Volume, kms_key_id=KEY_ARN)), Status.UNKNOWN),
        ((bucket("public"), seen(Workload)), Status.UNKNOWN),
        ((bucket("public"), volume("pii", "eu-west-1")), Status.PASS),
    ],
)
def test_counts_the_classes_of_whatever_names_the_key(others, status):
    assert judge(key_per_class, key(), *others).status is status


def test_keys_of_aws_are_not_judged():
    assert judge(key_per_class, key("AWS"), bucket("public"), volume("pii")).status is Status.NOT_APPLICABLE
