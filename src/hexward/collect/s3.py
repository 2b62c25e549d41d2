"""Collects buckets, each from its own region, and the account-wide block on public access."""

from hexward.collect.table import Answers, Call, Table
from hexward.inventory import AccountPublicAccess, Bucket
from hexward.inventory.s3 import region_of
from hexward.inventory.sensitivity import is_released
from hexward.inventory.tags import from_pairs

NAME = {"Bucket": "$Name"}


def _not_told(answers: Answers) -> bool:
    """S3 tells a bucket's region in its listing; some answers leave it out."""
    return not answers["s3:ListBuckets"].get("BucketRegion")


def _may_be_released(answers: Answers) -> bool:
    """Only of released data sets anyone asks whether they are locked; tags that were not read might say so."""
    try:
        return is_released(from_pairs(answers["s3:GetBucketTagging"].get("TagSet", [])))
    except (KeyError, ValueError):
        return True


def _place(answers: Answers) -> object:
    told = answers["s3:ListBuckets"].get("BucketRegion")
    if told:
        return told
    if "s3:GetBucketLocation" not in answers:
        return None
    constraint = answers["s3:GetBucketLocation"].get("LocationConstraint")
    return region_of(constraint) if constraint is None or isinstance(constraint, str) else constraint


TABLES = (
    Table(
        AccountPublicAccess,
        "s3control",
        Call("GetPublicAccessBlock", {"AccountId": "$account"}, absent=("NoSuchPublicAccessBlockConfiguration",)),
        "",
        "arn:{partition}:s3:::*",
        everywhere=False,
    ),
    Table(
        Bucket,
        "s3",
        Call("ListBuckets", {"MaxBuckets": 1000}),
        "Buckets[]",
        "arn:{partition}:s3:::{Name}",
        details=(
            Call("GetBucketLocation", NAME, needed=_not_told),
            Call("GetBucketEncryption", NAME, absent=("ServerSideEncryptionConfigurationNotFoundError",)),
            Call("GetPublicAccessBlock", NAME, absent=("NoSuchPublicAccessBlockConfiguration",)),
            Call("GetBucketPolicy", NAME, absent=("NoSuchBucketPolicy",)),
            Call("GetBucketPolicyStatus", NAME, absent=("NoSuchBucketPolicy",)),
            Call("GetBucketVersioning", NAME),
            Call("GetBucketLogging", NAME),
            Call("GetBucketTagging", NAME, absent=("NoSuchTagSet", "NoSuchTagSetError")),
            Call(
                "GetObjectLockConfiguration",
                NAME,
                absent=("ObjectLockConfigurationNotFoundError",),
                needed=_may_be_released,
            ),
        ),
        everywhere=False,
        place=_place,
    ),
)
