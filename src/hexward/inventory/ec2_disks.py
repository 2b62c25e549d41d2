"""Disks of machines, their snapshots, and how a region encrypts those that are made."""

from typing import Annotated

from hexward.inventory.record import At, Part, Record, record
from hexward.inventory.tags import Tags, from_pairs

VOLUMES = "ec2:DescribeVolumes"
PERMISSIONS = "ec2:DescribeSnapshotAttribute"


class VolumePermission(Part):
    """Who may make volumes of a snapshot: an account, or the group `all`, which is everyone."""

    user_id: str | None = None
    group: str | None = None


@record
class EbsDefaults(Record):
    """What a region does to a volume that is made without a word about encryption. `key_id` may be an alias.

    https://docs.aws.amazon.com/ebs/latest/userguide/encryption-by-default.html
    """

    encrypted: Annotated[bool, At("ec2:GetEbsEncryptionByDefault", "EbsEncryptionByDefault")]
    key_id: Annotated[str, At("ec2:GetEbsDefaultKmsKeyId", "KmsKeyId")]


@record
class Volume(Record):
    """A disk; `state` is `in-use` while it is attached to a machine. `kms_key_id` is None where it is not encrypted.

    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Volume.html
    """

    state: Annotated[str, At(VOLUMES, "Volumes[].State")]
    encrypted: Annotated[bool, At(VOLUMES, "Volumes[].Encrypted")]
    kms_key_id: Annotated[str | None, At(VOLUMES, "Volumes[].KmsKeyId")]
    tags: Annotated[Tags | None, At(VOLUMES, "Volumes[].Tags", from_pairs)]

    @property
    def key_references(self) -> tuple[str, ...]:
        """Return the text by which it names the key that encrypts it, if one does."""
        return () if self.kms_key_id is None else (self.kms_key_id,)


@record
class Snapshot(Record):
    """A copy of a disk that the account owns, and who may make disks of it."""

    permissions: Annotated[tuple[VolumePermission, ...], At(PERMISSIONS, "CreateVolumePermissions")]
