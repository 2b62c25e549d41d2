"""The IAM action of a call has the name that policies know it by."""

import pytest

from hexward.aws import action_of


@pytest.mark.parametrize(
    ("call", "action"),
    [
        ("s3:ListBuckets", "s3:ListAllMyBuckets"),
        ("s3:ListObjectsV2", "s3:ListBucket"),
        ("s3:GetBucketEncryption", "s3:GetEncryptionConfiguration"),
        ("s3:GetPublicAccessBlock", "s3:GetBucketPublicAccessBlock"),
        ("s3control:GetPublicAccessBlock", "s3:GetAccountPublicAccessBlock"),
        ("kms:DescribeKey", "kms:DescribeKey"),
        ("sts:GetCallerIdentity", ""),
    ],
)
def test_is_the_one_of_the_service_authorization_reference(call, action):
    assert action_of(call) == action
