import pytest

from hexward.controls.encryption.vector_store_customer_key import vector_store_customer_key
from hexward.inventory import Key, VectorBucket, VectorStore
from hexward.inventory.s3vectors import VectorEncryption
from hexward.model import Status
from tests.build import ACCOUNT, REGION, inventory, judge, seen

KEY_ARN = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/k1"
KEY = seen(Key, KEY_ARN, manager="CUSTOMER")


def bucket(encryption: VectorEncryption | None) -> VectorBucket:
    arn = f"arn:aws:s3vectors:{REGION}:{ACCOUNT}:bucket/docs"
    return seen(VectorBucket, arn, name="docs", encryption=encryption, policy=None, tags={})


PASS = inventory(bucket(VectorEncryption("aws:kms", KEY_ARN)), KEY)
FAIL = inventory(bucket(VectorEncryption("AES256")), KEY)


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"of_ai": True, "encrypted": True, "key": KEY_ARN}, Status.PASS),
        ({"of_ai": True, "encrypted": True, "key": None}, Status.FAIL),
        ({"of_ai": True, "encrypted": False}, Status.FAIL),
        ({"of_ai": False}, Status.NOT_APPLICABLE),
        ({"encrypted": True, "key": None}, Status.UNKNOWN),
    ],
)
def test_asks_for_the_customers_key_where_vectors_of_ai_are(fields, status):
    assert judge(vector_store_customer_key, seen(VectorStore, kept_in=None, **fields), KEY).status is status
