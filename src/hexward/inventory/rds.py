"""Databases and clusters of them; RDS tells those of Aurora, Neptune and DocumentDB too."""

from typing import Annotated

from hexward.inventory.record import At, Record, record
from hexward.inventory.tags import Tags, from_pairs

INSTANCES = "rds:DescribeDBInstances"
CLUSTERS = "rds:DescribeDBClusters"


@record
class DBInstance(Record):
    """A database server. Where it is part of a `cluster`, its data lies in the cluster's storage.

    https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DBInstance.html
    """

    name: Annotated[str, At(INSTANCES, "DBInstances[].DBInstanceIdentifier")]
    cluster: Annotated[str | None, At(INSTANCES, "DBInstances[].DBClusterIdentifier")]
    address: Annotated[str | None, At(INSTANCES, "DBInstances[].Endpoint.Address")]
    encrypted: Annotated[bool, At(INSTANCES, "DBInstances[].StorageEncrypted")]
    kms_key_id: Annotated[str | None, At(INSTANCES, "DBInstances[].KmsKeyId")]
    publicly_accessible: Annotated[bool, At(INSTANCES, "DBInstances[].PubliclyAccessible")]
    tags: Annotated[Tags, At(INSTANCES, "DBInstances[].TagList", from_pairs)]

    @property
    def key_references(self) -> tuple[str, ...]:
        """Return the text by which it names the key that encrypts it, if one does."""
        return () if self.kms_key_id is None else (self.kms_key_id,)

    @property
    def names(self) -> tuple[str, ...]:
        """Return the texts by which a function may name it."""
        return tuple(text for text in (self.name, self.arn, self.address) if text)


@record
class DBCluster(Record):
    """A cluster of database servers. `publicly_accessible` is None for Aurora, where each server has a switch of its own.

    https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DBCluster.html
    """

    name: Annotated[str, At(CLUSTERS, "DBClusters[].DBClusterIdentifier")]
    address: Annotated[str | None, At(CLUSTERS, "DBClusters[].Endpoint")]
    reader_address: Annotated[str | None, At(CLUSTERS, "DBClusters[].ReaderEndpoint")]
    encrypted: Annotated[bool, At(CLUSTERS, "DBClusters[].StorageEncrypted")]
    kms_key_id: Annotated[str | None, At(CLUSTERS, "DBClusters[].KmsKeyId")]
    publicly_accessible: Annotated[bool | None, At(CLUSTERS, "DBClusters[].PubliclyAccessible")]
    tags: Annotated[Tags, At(CLUSTERS, "DBClusters[].TagList", from_pairs)]

    @property
    def key_references(self) -> tuple[str, ...]:
        """Return the text by which it names the key that encrypts it, if one does."""
        return () if self.kms_key_id is None else (self.kms_key_id,)

    @property
    def names(self) -> tuple[str, ...]:
        """Return the texts by which a function may name it."""
        return tuple(text for text in (self.name, self.arn, self.address, self.reader_address) if text)
