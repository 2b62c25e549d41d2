import pytest

from hexward.controls.encryption.bucket_public_access_blocked import bucket_public_access_blocked
from hexward.inventory import AccountPublicAccess, Bucket
from hexward.inventory.s3 import PublicAccessBlock
from hexward.model import Status
from tests.build import inventory, judge, seen

ON = PublicAccessBlock(
    block_public_acls=True, ignore_public_acls=True, block_public_policy=True, restrict_public_buckets=True
)
ACLS = PublicAccessBlock(
    block_public_acls=True, ignore_public_acls=True, block_public_policy=False, restrict_public_buckets=False
)
POLICIES = PublicAccessBlock(
    block_public_acls=False, ignore_public_acls=False, block_public_policy=True, restrict_public_buckets=True
)


def bucket(block: PublicAccessBlock | None, *, public: bool | None = False) -> Bucket:
    return seen(Bucket, block=block, public=public)


def account(block: PublicAccessBlock | None) -> AccountPublicAccess:
    return seen(AccountPublicAccess, "arn:aws:s3:::*", block=block)


PASS = inventory(bucket(ON), account(None))
FAIL = inventory(bucket(None), account(None))


@pytest.mark.parametrize(
    ("bucket_", "account_", "aspects"),
    [
        (bucket(None), ON, []),
        (bucket(ACLS), POLICIES, []),
        (bucket(ACLS), None, ["switches"]),
        (bucket(POLICIES), ACLS, []),
        (bucket(ACLS, public=True), None, ["switches", "policy"]),
        (bucket(POLICIES, public=True), None, ["switches"]),
        (bucket(ON, public=True), None, []),
        (bucket(None, public=None), None, ["switches"]),
    ],
)
def test_each_switch_may_be_on_for_the_bucket_or_the_account(bucket_, account_, aspects):
    verdict = judge(bucket_public_access_blocked, bucket_, account(account_))
    assert [fault.aspect for fault in verdict.faults] == aspects


@pytest.mark.parametrize(
    ("bucket_", "account_", "status"),
    [
        (bucket(ON), seen(AccountPublicAccess, "arn:aws:s3:::*"), Status.PASS),
        (bucket(ACLS), seen(AccountPublicAccess, "arn:aws:s3:::*"), Status.UNKNOWN),
        (seen(Bucket), account(ON), Status.PASS),
        (seen(Bucket), account(ACLS), Status.UNKNOWN),
    ],
)
def test_what_was_not_read_matters_only_where_the_other_leaves_it_open(bucket_, account_, status):
    assert judge(bucket_public_access_blocked, bucket_, account_).status is status
