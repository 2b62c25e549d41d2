import json

import pytest

from hexward.controls.network.vector_store_private import vector_store_private
from hexward.inventory import Collection, NetworkPolicy, VectorStore
from hexward.inventory.opensearchserverless import NetworkRules
from hexward.model import Status
from tests.build import ACCOUNT, REGION, inventory, judge, seen

COLLECTION = seen(
    Collection, f"arn:aws:aoss:{REGION}:{ACCOUNT}:collection/c1", name="docs", type="VECTORSEARCH", address=None, kms_key=None, tags={}
)  # fmt: skip
BUCKET = f"arn:aws:s3vectors:{REGION}:{ACCOUNT}:bucket/docs"


def rules(resource: str = "collection/docs", *, public: bool = True) -> NetworkPolicy:
    return seen(NetworkPolicy, name="p", rules=(NetworkRules((resource,), public),))


def bucket(principal: object) -> VectorStore:
    statement = {"Effect": "Allow", "Principal": principal, "Action": "s3vectors:QueryVectors", "Resource": "*"}
    policy = json.dumps({"Version": "2012-10-17", "Statement": statement})
    return seen(VectorStore, BUCKET, of_ai=True, public=False, policy=policy)


PASS = inventory(COLLECTION, rules(public=False))
FAIL = inventory(COLLECTION, rules())


@pytest.mark.parametrize(
    ("policies", "public"),
    [
        ((), False),
        ((rules("collection/do*"),), True),
        ((rules("collection/*"), rules(public=False)), True),
        ((rules("collection/other"),), False),
        ((rules("collection/doc"),), False),
    ],
)
def test_a_rule_that_opens_a_collection_prevails(policies, public):
    [store] = inventory(COLLECTION, *policies).of(VectorStore).records
    assert store.public is public


@pytest.mark.parametrize(
    ("one", "status"),
    [
        (bucket("*"), Status.FAIL),
        (bucket({"AWS": f"arn:aws:iam::{ACCOUNT}:role/ask"}), Status.PASS),
        (seen(VectorStore, of_ai=True, policy=None), Status.UNKNOWN),
        (seen(VectorStore, of_ai=False, public=True), Status.NOT_APPLICABLE),
    ],
)
def test_judges_addresses_and_policies_of_stores_of_ai(one, status):
    assert judge(vector_store_private, one).status is status
