"""The name of a bucket is found in every way by which AWS's settings write it, and in nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexward.inventory import AccountPublicAccess, Bucket, NotCollected
from hexward.inventory.s3 import PublicAccessBlock, blocks, bucket_of, region_of
from hexward.model import Gap, Reason
from tests.build import inventory, seen

# https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
NAMES = st.from_regex(r"[a-z0-9](?:[a-z0-9-]|\.(?=[a-z0-9])){1,20}[a-z0-9]", fullmatch=True) | st.sampled_from(
    [
        "s3.models",
        "s3-models",
        "my.s3.bucket",
        "models.s3",
        "a.s3-x",
        "amazonaws.com",
        "s3.us-east-1",
        "x.s3.amazonaws.com",
        "arn",
        "s3a",
    ]
)
KEYS = st.sampled_from(["", "/", "/train/data.csv", "/a b/c?d=e", "/s3://other/x", "/arn:aws:s3:::other/x"])
REGIONS = st.sampled_from(["us-east-1", "eu-west-1", "us-gov-west-1", "ap-southeast-3"])
PARTITIONS = st.sampled_from(["aws", "aws-cn", "aws-us-gov", "aws-iso-b"])


@given(st.sampled_from(["s3://", "s3a://", "s3n://"]), NAMES, KEYS)
def test_in_a_uri(scheme, name, key):
    assert bucket_of(f"{scheme}{name}{key}") == name


@given(PARTITIONS, NAMES, KEYS)
def test_in_an_arn(partition, name, key):
    assert bucket_of(f"arn:{partition}:s3:::{name}{key}") == name


@given(
    NAMES,
    st.sampled_from(["s3.{}", "s3-{}", "s3.dualstack.{}", "s3-fips.{}", "s3-fips.dualstack.{}", "s3", "s3-accelerate",
                     "s3-accelerate.dualstack", "s3-external-1"]),
    REGIONS, st.sampled_from([".amazonaws.com", ".amazonaws.com.cn"]), KEYS,
)  # fmt: skip
def test_in_front_of_the_host(name, service, region, domain, key):
    assert bucket_of(f"https://{name}.{service.format(region)}{domain}{key}") == name


@given(NAMES, st.sampled_from(["s3.{}", "s3-{}", "s3.dualstack.{}", "s3"]), REGIONS, KEYS)
def test_first_in_the_path(name, service, region, key):
    assert bucket_of(f"https://{service.format(region)}.amazonaws.com/{name}{key}") == name


@given(st.text(max_size=40) | st.from_regex(r"(s3|https|arn):?/?/?[a-z0-9.:/-]{0,40}", fullmatch=True))
def test_any_text_has_a_name_or_none(text):
    name = bucket_of(text)
    assert name is None or (name in text and name and "/" not in name)


@pytest.mark.parametrize(
    "text",
    [
        "", "models", "s3://", "s3:///key", "arn:aws:s3:::", "arn:aws:s3:us-east-1:111122223333:accesspoint/models",
        "https://s3.amazonaws.com", "https://s3.us-east-1.amazonaws.com/", "https://models.example.com/s3.amazonaws.com",
        "https://api.s3.example.com/x", "https://s3.amazonaws.com.example.com/models/x", "https://[",
        "https://models-111122223333.s3-accesspoint.us-east-1.amazonaws.com/x",
        "arn:aws:iam::111122223333:role/models", "https://runtime.sagemaker.us-east-1.amazonaws.com/endpoints/e",
    ],
)  # fmt: skip
def test_not_in_other_texts(text):
    assert bucket_of(text) is None


@pytest.mark.parametrize(
    ("constraint", "region"),
    [(None, "us-east-1"), ("", "us-east-1"), ("EU", "eu-west-1"), ("eu-west-1", "eu-west-1")],
)
def test_the_region_of_a_location_constraint(constraint, region):
    assert region_of(constraint) == region


def block(on: object) -> PublicAccessBlock | None:
    return PublicAccessBlock(*(on,) * 4) if isinstance(on, bool) else None


def holder[R: (Bucket, AccountPublicAccess)](kind: type[R], arn: str, on: object) -> R:
    return seen(kind, arn) if on is UNREAD else seen(kind, arn, block=block(on))


ACCOUNT_ARN = "arn:aws:s3:::*"
UNREAD = "unread"


@pytest.mark.parametrize("of_account", [True, False, None, UNREAD])
@pytest.mark.parametrize("of_bucket", [True, False, None, UNREAD])
def test_a_switch_is_on_by_the_bucket_or_by_the_account(of_bucket, of_account):
    bucket = holder(Bucket, "arn:aws:s3:::train", of_bucket)
    account = holder(AccountPublicAccess, ACCOUNT_ARN, of_account)
    given_ = inventory(bucket, account)
    if True in {of_bucket, of_account}:
        assert blocks(given_, bucket, "block_public_policy")
    elif UNREAD in {of_bucket, of_account}:
        with pytest.raises(NotCollected):
            blocks(given_, bucket, "block_public_policy")
    else:
        assert not blocks(given_, bucket, "block_public_policy")


def test_an_account_that_could_not_be_asked_may_have_the_switch_on():
    gap = Gap(Reason.DENIED, "refused")
    bucket = seen(Bucket, block=block(on=False))
    with pytest.raises(NotCollected):
        blocks(
            inventory(bucket, unlisted={(AccountPublicAccess, "aws-global"): gap}), bucket, "restrict_public_buckets"
        )
