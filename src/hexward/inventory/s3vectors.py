"""Vector buckets, which hold embeddings and nothing else."""

from typing import Annotated

from hexward.inventory.policy import document
from hexward.inventory.record import At, Part, Record, record
from hexward.inventory.tags import Tags

BUCKETS = "s3vectors:ListVectorBuckets"


class VectorEncryption(Part, rename="camel"):
    """How vectors are encrypted; AWS's own key of S3 stands as AES256."""

    sse_type: str | None = None
    kms_key_arn: str | None = None


@record
class VectorBucket(Record):
    """A vector bucket; indexes in it may be made with a key of their own, which is not collected.

    https://docs.aws.amazon.com/AmazonS3/latest/API/API_S3VectorBuckets_VectorBucket.html
    """

    name: Annotated[str, At(BUCKETS, "vectorBuckets[].vectorBucketName")]
    encryption: Annotated[
        VectorEncryption | None, At("s3vectors:GetVectorBucket", "vectorBucket.encryptionConfiguration")
    ]
    policy: Annotated[str | None, At("s3vectors:GetVectorBucketPolicy", "policy", document)]
    tags: Annotated[Tags, At("s3vectors:ListTagsForResource", "tags")]
