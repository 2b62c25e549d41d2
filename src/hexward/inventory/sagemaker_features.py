"""SageMaker's feature store: groups of features, kept online for inference, offline for training, or both.

https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DescribeFeatureGroup.html
"""

from typing import Annotated

from hexward.inventory.record import At, Part, Record, record
from hexward.inventory.reference import named

GROUP = "sagemaker:DescribeFeatureGroup"


class OnlineStoreSecurity(Part):
    """The key of an online store; None for one that AWS owns."""

    kms_key_id: str | None = None


class OnlineStore(Part):
    """A store that answers while a model serves; of storage type Standard where none is told."""

    enable_online_store: bool | None = None
    security_config: OnlineStoreSecurity | None = None
    storage_type: str | None = None

    @property
    def kms_key_id(self) -> str | None:
        """Return what names its key, if anything does."""
        return None if self.security_config is None else self.security_config.kms_key_id


class FeatureStorage(Part):
    """Where an offline store is kept in S3, and with which key."""

    s3_uri: str
    kms_key_id: str | None = None


class OfflineStore(Part):
    """The history of all features, in S3."""

    s3_storage_config: FeatureStorage


@record
class FeatureGroup(Record):
    """A table of features."""

    name: Annotated[str, At(GROUP, "FeatureGroupName")]
    online_store_config: Annotated[OnlineStore | None, At(GROUP, "OnlineStoreConfig")]
    offline_store_config: Annotated[OfflineStore | None, At(GROUP, "OfflineStoreConfig")]

    @property
    def key_references(self) -> tuple[str, ...]:
        """Return the texts by which it names the keys of its stores."""
        online, offline = self.online_store_config, self.offline_store_config
        return named(
            None if online is None else online.kms_key_id,
            None if offline is None else offline.s3_storage_config.kms_key_id,
        )
