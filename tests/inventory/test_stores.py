"""Each service's store is told in one way: whether it is AI's, its key, whether it is encrypted, and whether the internet reaches it."""

from typing import Any

import pytest

from hexward.inventory import (
    Collection,
    DataStore,
    DBCluster,
    DBInstance,
    DynamoTable,
    OpenSearchDomain,
    Record,
    VectorBucket,
    VectorStore,
)
from hexward.inventory.dynamodb import TableEncryption
from hexward.inventory.opensearch import DomainVpc, EncryptionAtRest
from hexward.inventory.s3vectors import VectorEncryption
from hexward.inventory.stores import Store
from hexward.model import Gap, Reason
from tests.build import inventory, seen

KEY = "arn:aws:kms:us-east-1:111122223333:key/k1"
OWN = EncryptionAtRest(enabled=True, kms_key_id=KEY)
AI = {"stage": "infer"}
INSTANCE: dict[str, Any] = {
    "name": "a",
    "cluster": None,
    "address": None,
    "kms_key_id": KEY,
    "encrypted": True,
    "publicly_accessible": False,
}
CLUSTER: dict[str, Any] = {"name": "c", "address": None, "reader_address": None, "kms_key_id": KEY, "encrypted": True}
DOMAIN: dict[str, Any] = {"name": "d", "address": None, "addresses": None, "tags": AI}
COLLECTION: dict[str, Any] = {"name": "v", "address": "https://x.us-east-1.aoss.amazonaws.com", "tags": {}}


def store(kind: type[Store], one: Record, *others: Record) -> Store:
    [found] = [made for made in inventory(one, *others).of(kind).records if made.arn == one.arn]
    return found


def told(kind: type[Store], one: Record, *others: Record) -> tuple[Any, ...]:
    made = store(kind, one, *others)
    return made.of_ai, made.encrypted, made.key_references, made.public


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (seen(DBInstance, **INSTANCE, tags=AI), (True, True, (KEY,), False)),
        (seen(DBInstance, **{**INSTANCE, "publicly_accessible": True}, tags={}), (False, True, (KEY,), True)),
        (seen(DBCluster, **CLUSTER, publicly_accessible=None, tags=AI), (True, True, (KEY,), False)),
        (seen(DBCluster, **CLUSTER, publicly_accessible=True, tags=AI), (True, True, (KEY,), True)),
        (seen(DynamoTable, name="t", encryption=None, policy=None, tags=AI), (True, True, (), False)),
        (
            seen(DynamoTable, name="t", encryption=TableEncryption(KEY), policy="{}", tags={}),
            (False, True, (KEY,), False),
        ),
    ],
)
def test_a_data_store_is_told_by_its_service(one, expected):
    assert told(DataStore, one) == expected


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (seen(OpenSearchDomain, **DOMAIN, encryption=OWN, vpc=DomainVpc("vpc-1")), (True, True, (KEY,), False)),
        (seen(OpenSearchDomain, **DOMAIN, encryption=EncryptionAtRest(enabled=False), vpc=None), (True, False, (), True)),
        (seen(OpenSearchDomain, **DOMAIN, encryption=None, vpc=None), (True, False, (), True)),
        (seen(Collection, **COLLECTION, type="VECTORSEARCH", kms_key=KEY), (True, True, (KEY,), False)),
        (seen(Collection, **COLLECTION, type="SEARCH", kms_key="auto"), (False, True, (), False)),
        (seen(VectorBucket, name="b", encryption=VectorEncryption("AES256"), policy=None, tags={}), (True, True, (), False)),
    ],
)  # fmt: skip
def test_a_vector_store_is_told_by_its_service(one, expected):
    assert told(VectorStore, one) == expected


def test_a_server_of_an_ai_cluster_is_ais_and_its_data_are_the_clusters():
    cluster = seen(DBCluster, **CLUSTER, publicly_accessible=None, tags=AI)
    server = seen(DBInstance, **{**INSTANCE, "cluster": "c"}, tags={})
    made = store(DataStore, server, cluster)
    assert (made.of_ai, made.kept_in, made.key_references) == (True, "c", ())
    assert store(DataStore, server, seen(DBCluster, **CLUSTER, publicly_accessible=None, tags={})).of_ai is False
    assert "of_ai" in store(DataStore, server, seen(DBCluster, **CLUSTER, publicly_accessible=None)).gaps


def test_a_gap_in_one_field_leaves_the_others_known():
    made = store(DataStore, seen(DBInstance, **INSTANCE))
    assert set(made.gaps) == {"of_ai"}
    assert made.encrypted


def test_a_kind_that_was_not_listed_is_a_gap_of_the_stores():
    gap = Gap(Reason.DENIED, "no", "rds:DescribeDBClusters", region="us-east-1")
    listing = inventory(unlisted={(DBCluster, "us-east-1"): gap}).of(DataStore)
    assert [missing.gap for missing in listing.gaps] == [gap]
