"""What is copied, and into whose bucket."""

import pytest

from hexward.events.copies import bucket_accounts, copied

POINT = "arn:aws:s3:eu-west-1:111122223333:accesspoint/models"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("models/v7/a.safetensors", ("models", "v7/a.safetensors")),
        ("/models/v7/a%20b.pt?versionId=3HL4kqtJ", ("models", "v7/a b.pt")),
        (f"{POINT}/object/v7/a.pt", (POINT, "v7/a.pt")),
        ("models/object/a.pt", ("models", "object/a.pt")),
        ("", ("", "")),
        (5, ("", "")),
    ],
)
def test_tells_what_is_copied(source, expected):
    assert copied({"bucketName": "other", "key": "x", "x-amz-copy-source": source}) == expected


def test_a_request_without_parameters_copies_nothing():
    assert copied(None) == ("", "")


def test_tells_whose_bucket_is_written():
    own = {"type": "AWS::S3::Bucket", "ARN": "arn:aws:s3:::models", "accountId": "111122223333"}
    other = {"type": "AWS::S3::Bucket", "ARN": "arn:aws:s3:::evil", "accountId": "999988887777"}
    item = {"type": "AWS::S3::Object", "ARN": "arn:aws:s3:::evil/x"}
    assert bucket_accounts([own, other, item], "evil") == {"999988887777"}
    assert bucket_accounts([own], "evil") == frozenset()
    assert bucket_accounts(None, "evil") == frozenset()
