"""Buckets, and the account-wide block on public access."""

import re
from typing import Annotated, Any

import msgspec

from hexward.inventory.inventory import Inventory
from hexward.inventory.kms import Key, key_of
from hexward.inventory.policy import document
from hexward.inventory.record import At, Listing, Part, Record, exists, record
from hexward.inventory.tags import Tags, from_pairs


class PublicAccessBlock(Part):
    """The four switches; https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html."""

    block_public_acls: bool
    ignore_public_acls: bool
    block_public_policy: bool
    restrict_public_buckets: bool


_URI = re.compile(r"s3[an]?://(?P<bucket>[^/]+)")
_ARN = re.compile(r"arn:[a-z-]+:s3:::(?P<bucket>[^/]+)")
_ADDRESS = re.compile(
    # The last `s3` of the host is the service's: names of buckets may hold dots and more of them.
    r"https://(?:(?P<bucket>[^/]+)\.)?(?i:s3(?:[.-](?:dualstack|fips|accelerate|external-1|[a-z]{2}(?:-[a-z]+)+-\d+))*"
    r"\.amazonaws\.com(?:\.cn)?)(?::443)?(?:/(?P<first>[^/?#]*))?(?:[/?#]|$)"
)

SWITCHES = PublicAccessBlock.__struct_fields__


class DefaultEncryption(Part):
    """How objects are encrypted where the writer does not say."""

    sse_algorithm: str = msgspec.field(name="SSEAlgorithm")
    kms_master_key_id: str | None = msgspec.field(name="KMSMasterKeyID", default=None)


class BlockedEncryption(Part):
    """Kinds of encryption that no upload may have: SSE-C, with a key that the uploader keeps, or NONE."""

    encryption_type: tuple[str, ...] = ()


class EncryptionRule(Part):
    """One rule of a bucket's encryption; AWS keeps exactly one."""

    apply_server_side_encryption_by_default: DefaultEncryption | None = None
    bucket_key_enabled: bool | None = None
    blocked_encryption_types: BlockedEncryption | None = None


class AccessLogging(Part):
    """Where a bucket's access logs go."""

    target_bucket: str
    target_prefix: str


class Retention(Part):
    """How long objects are locked by themselves: COMPLIANCE for everyone, GOVERNANCE but for those who may lift it."""

    mode: str | None = None


class LockRule(Part):
    """What is done to each object that is written."""

    default_retention: Retention | None = None


class ObjectLock(Part):
    """Whether a bucket can lock objects, and which ones it locks by itself."""

    object_lock_enabled: str | None = None
    rule: LockRule | None = None

    @property
    def locks_by_itself(self) -> bool:
        """Say whether every object that is written is locked for a time."""
        return self.rule is not None and self.rule.default_retention is not None


def region_of(constraint: Any) -> str:  # noqa: ANN401
    """Return the region of a bucket's location constraint: empty is us-east-1, and EU is eu-west-1.

    https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html
    """
    return "eu-west-1" if constraint == "EU" else str(constraint or "us-east-1")


@record
class AccountPublicAccess(Record):
    """The account-wide block on public access to S3; `block` is None where it was never set."""

    block: Annotated[PublicAccessBlock | None, At("s3control:GetPublicAccessBlock", "PublicAccessBlockConfiguration")]


@record
class Bucket(Record):
    """A bucket. What a bucket does not have (no policy, no tags, no encryption rule) is None.

    `object_lock` is asked of buckets of released data sets alone.
    """

    name: Annotated[str, At("s3:ListBuckets", "Buckets[].Name")]
    encryption: Annotated[
        tuple[EncryptionRule, ...] | None, At("s3:GetBucketEncryption", "ServerSideEncryptionConfiguration.Rules")
    ]
    block: Annotated[PublicAccessBlock | None, At("s3:GetPublicAccessBlock", "PublicAccessBlockConfiguration")]
    policy: Annotated[str | None, At("s3:GetBucketPolicy", "Policy", document)]
    public: Annotated[bool | None, At("s3:GetBucketPolicyStatus", "PolicyStatus.IsPublic")]
    versioning: Annotated[str | None, At("s3:GetBucketVersioning", "Status")]
    mfa_delete: Annotated[str | None, At("s3:GetBucketVersioning", "MFADelete")]
    logging: Annotated[AccessLogging | None, At("s3:GetBucketLogging", "LoggingEnabled")]
    tags: Annotated[Tags | None, At("s3:GetBucketTagging", "TagSet", from_pairs)]
    object_lock: Annotated[ObjectLock | None, At("s3:GetObjectLockConfiguration", "ObjectLockConfiguration")]

    @property
    def default_encryption(self) -> DefaultEncryption | None:
        """Return the rule in force, None where the bucket has none. Raises NotCollected if it was not read."""
        for rule in self.encryption or ():
            if rule.apply_server_side_encryption_by_default is not None:
                return rule.apply_server_side_encryption_by_default
        return None

    @property
    def blocks_uploaders_keys(self) -> bool:
        """Say whether the bucket takes no upload under a key that only the uploader has. Raises NotCollected as above.

        https://docs.aws.amazon.com/AmazonS3/latest/userguide/blocking-unblocking-s3-c-encryption-gpb.html
        """
        blocked = (rule.blocked_encryption_types for rule in self.encryption or ())
        return any(one is not None and "SSE-C" in one.encryption_type for one in blocked)

    @property
    def key_references(self) -> tuple[str, ...]:
        """Return the text by which the bucket names the key of its default encryption, if it names one."""
        encryption = self.default_encryption
        return () if encryption is None or encryption.kms_master_key_id is None else (encryption.kms_master_key_id,)


def key_of_bucket(inventory: Inventory, bucket: Bucket) -> Key | None:
    """Return the key of a bucket's default encryption; None for S3's own and for the one that AWS manages for S3.

    Raises NotCollected where the key was not seen, for instance in another account.
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
    """
    encryption = bucket.default_encryption
    if encryption is None or not encryption.sse_algorithm.startswith("aws:kms") or encryption.kms_master_key_id is None:
        return None
    return key_of(inventory, encryption.kms_master_key_id, bucket.region)


def blocks(inventory: Inventory, bucket: Bucket, switch: str) -> bool:
    """Say whether one of the four switches on public access is on for a bucket: its own, or the account's.

    Raises NotCollected where neither is known to be on and one was not read.
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
    """
    account = inventory.by(AccountPublicAccess, "arn", f"arn:{inventory.partition}:s3:::*")
    holders: Listing[AccountPublicAccess | Bucket] = Listing((bucket, *account.records), account.gaps)
    return exists(holders, lambda one: one.block is not None and getattr(one.block, switch))


def bucket_of(uri: str) -> str | None:
    """Return the bucket's name in an S3 URI, ARN or https address of an object; None if the text is none of these.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html tells how addresses name buckets.
    """
    for form in (_URI, _ARN):
        if found := form.match(uri):
            return found["bucket"]
    if found := _ADDRESS.match(uri):
        return found["bucket"] or found["first"] or None
    return None
