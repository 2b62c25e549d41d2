from typing import Any

import pytest

from hexward.controls.encryption.data_store_customer_key import data_store_customer_key
from hexward.inventory import DataStore, DBInstance, Function, Key
from hexward.model import Status
from tests.build import ACCOUNT, REGION, inventory, judge, seen

KEY_ARN = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/k1"
CUSTOMER, AWS = (seen(Key, KEY_ARN, manager=manager) for manager in ("CUSTOMER", "AWS"))


def database(tags: dict[str, str], *, encrypted: bool = True) -> DBInstance:
    return seen(
        DBInstance, f"arn:aws:rds:{REGION}:{ACCOUNT}:db:predictions", name="predictions", cluster=None, address=None,
        encrypted=encrypted, kms_key_id=KEY_ARN, publicly_accessible=False, tags=tags,
    )  # fmt: skip


def store(**changes: Any) -> DataStore:
    return seen(DataStore, **{"of_ai": True, "kept_in": None, "encrypted": True, "key": KEY_ARN, **changes})


PASS = inventory(database({"stage": "infer"}), CUSTOMER)
FAIL = inventory(database({"stage": "infer"}, encrypted=False), CUSTOMER)


@pytest.mark.parametrize(
    ("one", "key", "status"),
    [
        (store(), AWS, Status.FAIL),
        (store(key=None), CUSTOMER, Status.FAIL),
        (store(encrypted=False, key=None), CUSTOMER, Status.FAIL),
        (store(key=f"arn:aws:kms:{REGION}:999999999999:key/k1"), CUSTOMER, Status.UNKNOWN),
        (store(of_ai=False, key=None), CUSTOMER, Status.NOT_APPLICABLE),
        (store(kept_in="aurora", key=None), CUSTOMER, Status.NOT_APPLICABLE),
        (seen(DataStore, kept_in=None, encrypted=False, key=None), CUSTOMER, Status.UNKNOWN),
    ],
)
def test_asks_for_the_customers_key_where_ai_data_is(one, key, status):
    assert judge(data_store_customer_key, one, key).status is status


def test_a_database_whose_tags_were_not_read_is_unknown():
    listed = inventory(database({}).punched("tags"), AWS)
    [one] = listed.of(DataStore).records
    assert (
        judge(data_store_customer_key, one, AWS, *(r for r in listed if isinstance(r, Function))).status
        is Status.UNKNOWN
    )
