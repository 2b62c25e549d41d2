import json

import pytest

from hexward.controls.network.data_store_private import data_store_private
from hexward.inventory import DataStore, DBInstance
from hexward.model import Status
from tests.build import ACCOUNT, REGION, inventory, judge, seen

TABLE = f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/chats"


def database(*, public: bool) -> DBInstance:
    return seen(
        DBInstance, f"arn:aws:rds:{REGION}:{ACCOUNT}:db:predictions", name="predictions", cluster=None, address=None,
        encrypted=True, kms_key_id=None, publicly_accessible=public, tags={"data-class": "confidential"},
    )  # fmt: skip


def table(principal: object = "*", action: str = "dynamodb:*", **condition: object) -> DataStore:
    statement = {"Effect": "Allow", "Principal": principal, "Action": action, "Resource": TABLE, "Condition": condition}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    return seen(DataStore, TABLE, of_ai=True, public=False, policy=policy)


PASS = inventory(database(public=False))
FAIL = inventory(database(public=True))


@pytest.mark.parametrize(
    ("one", "status"),
    [
        (table(), Status.FAIL),
        (table(action="dynamodb:Query"), Status.FAIL),
        (table(action="dynamodb:DescribeTable"), Status.PASS),
        (table(StringEquals={"aws:PrincipalOrgID": "o-ours"}), Status.PASS),
        (table({"AWS": "arn:aws:iam::999999999999:root"}), Status.PASS),
        (table(NoSuchOperator={"aws:SourceIp": "10.0.0.0/8"}), Status.UNKNOWN),
        (seen(DataStore, of_ai=True, public=False, policy=None), Status.PASS),
        (seen(DataStore, of_ai=True, public=True), Status.FAIL),
        (seen(DataStore, of_ai=True, policy=None), Status.UNKNOWN),
        (seen(DataStore, of_ai=False, public=True), Status.NOT_APPLICABLE),
        (seen(DataStore, public=True, policy=None), Status.UNKNOWN),
    ],
)
def test_judges_addresses_and_policies_of_stores_of_ai(one, status):
    assert judge(data_store_private, one).status is status
