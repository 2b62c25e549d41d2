"""Copies within S3: from which object, and into whose bucket.

https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from hexward.events.policies import listed

SOURCE = "x-amz-copy-source"
"""The header that names what is copied: `/BUCKET/KEY?versionId=…`, or the ARN of an access point and `/object/KEY`."""


def copied(parameters: object) -> tuple[str, str]:
    """Return the bucket, or access point, and the key that a request copies; empty texts for one that copies nothing."""
    named = parameters.get(SOURCE) if isinstance(parameters, Mapping) else None
    if not isinstance(named, str):
        return "", ""
    path = unquote(named.partition("?versionId=")[0]).lstrip("/")
    point, by_point, key = path.partition("/object/")
    if by_point and point.startswith("arn:"):
        return point, key
    bucket, _, key = path.partition("/")
    return bucket, key


def bucket_accounts(resources: object, bucket: object) -> frozenset[str]:
    """Return whose bucket a record says that one is: account ids, of which CloudTrail tells at most one."""
    return frozenset(
        str(one["accountId"])
        for one in listed(resources)
        if isinstance(one, Mapping) and "accountId" in one and _is_named(one, bucket)
    )


def _is_named(resource: Mapping[str, Any], bucket: object) -> bool:
    return str(resource.get("ARN") or resource.get("arn")).rpartition(":")[2] == bucket
