import pytest

from hexward.controls.encryption.feature_group_customer_key import feature_group_customer_key
from hexward.inventory import FeatureGroup, Key
from hexward.inventory.sagemaker_features import FeatureStorage, OfflineStore, OnlineStore, OnlineStoreSecurity
from tests.build import ACCOUNT, REGION, inventory, judge, seen

KEY = seen(Key, f"arn:aws:kms:{REGION}:{ACCOUNT}:key/k1", manager="CUSTOMER")
AWSS = seen(Key, f"arn:aws:kms:{REGION}:{ACCOUNT}:key/k2", manager="AWS")


def online(key: str | None, storage: str | None = None, *, on: bool | None = True) -> OnlineStore:
    security = None if key is None else OnlineStoreSecurity(key)
    return OnlineStore(enable_online_store=on, security_config=security, storage_type=storage)


def offline(key: str | None) -> OfflineStore:
    return OfflineStore(FeatureStorage("s3://features/", key))


def group(online: OnlineStore | None, offline: OfflineStore | None) -> FeatureGroup:
    return seen(FeatureGroup, online_store_config=online, offline_store_config=offline)


PASS = inventory(group(online("k1"), offline("k1")), KEY)
FAIL = inventory(group(online("k1"), offline(None)), KEY)


@pytest.mark.parametrize(
    ("online", "offline", "aspects"),
    [
        (online("k1"), None, []),
        (online("k1"), offline("k2"), ["offline"]),
        (online(None), offline("k1"), ["online"]),
        (online("k2", "Standard"), offline(None), ["offline", "online"]),
        (online(None, "Standard_V2"), None, ["online"]),
        (online(None, "InMemory"), None, []),
        (online(None, on=False), offline("k1"), []),
        (online(None, on=None), offline("k1"), []),
    ],
)
def test_judges_the_stores_apart(online, offline, aspects):
    verdict = judge(feature_group_customer_key, group(online, offline), KEY, AWSS)
    assert [fault.aspect for fault in verdict.faults] == aspects
