"""Collects disks, the account's own snapshots with whom they are shared, and how each region encrypts by default."""

from hexward.collect.table import Call, Table
from hexward.inventory import EbsDefaults, Snapshot, Volume

ARN = "arn:{partition}:ec2:{region}:{account}:"
SHARED_WITH = {"SnapshotId": "$SnapshotId", "Attribute": "createVolumePermission"}

TABLES = (
    Table(
        EbsDefaults,
        "ec2",
        Call("GetEbsEncryptionByDefault"),
        "",
        ARN + "ebs-defaults",
        details=(Call("GetEbsDefaultKmsKeyId"),),
    ),
    Table(Volume, "ec2", Call("DescribeVolumes", {"MaxResults": 1000}), "Volumes[]", ARN + "volume/{VolumeId}"),
    Table(
        Snapshot,
        "ec2",
        Call("DescribeSnapshots", {"OwnerIds": ["self"], "MaxResults": 1000}),
        "Snapshots[]",
        # The ARN of a snapshot names no account.
        "arn:{partition}:ec2:{region}::snapshot/{SnapshotId}",
        details=(Call("DescribeSnapshotAttribute", SHARED_WITH),),
    ),
)
