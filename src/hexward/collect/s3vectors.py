"""Collects vector buckets and their policies."""

from hexward.collect.table import Call, Table
from hexward.inventory import VectorBucket

NAME = {"vectorBucketName": "$vectorBucketName"}

TABLES = (
    Table(
        VectorBucket,
        "s3vectors",
        Call("ListVectorBuckets", {"maxResults": 500}),
        "vectorBuckets[]",
        "{vectorBucketArn}",
        details=(
            Call("GetVectorBucket", NAME),
            Call("GetVectorBucketPolicy", NAME, absent=("NotFoundException",)),
            Call("ListTagsForResource", {"resourceArn": "$vectorBucketArn"}),
        ),
    ),
)
