"""S3's meaning of public, with the examples of its documentation.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
"""

import pytest

from hexward.iam import Policies, PolicyError
from hexward.iam.parse import parse
from hexward.iam.policy import Layer
from hexward.iam.public import is_public
from tests.iam.build import ABROAD, HOME, allow, deny, policy, to


def if_(operator, key, value):
    return allow("s3:PutObject", Principal="*", Condition={operator: {key: value}})


@pytest.mark.parametrize(
    ("statement", "public"),
    [
        (allow("s3:PutObject", Principal="*"), True),
        (allow("s3:PutObject", Principal=to("*")), True),
        (allow("s3:PutObject", Principal={"Federated": "graph.facebook.com"}), True),
        (allow("s3:PutObject", NotPrincipal=to(HOME)), True),
        (allow("s3:PutObject", Principal=to(ABROAD)), False),
        (allow("s3:PutObject", Principal={"Service": "cloudtrail.amazonaws.com"}), False),
        (deny("s3:PutObject", Principal="*"), False),
        (if_("StringLike", "aws:SourceVpc", "vpc-*"), True),
        (if_("StringEquals", "aws:SourceVpc", "vpc-91237329"), False),
        (if_("StringEqualsIfExists", "aws:SourceVpc", "vpc-91237329"), True),
        (if_("ForAllValues:StringEquals", "aws:PrincipalOrgID", "o-1"), True),
        (if_("ForAnyValue:StringEquals", "aws:PrincipalOrgPaths", "o-1/r-1/"), False),
        (if_("StringNotEquals", "aws:SourceVpc", "vpc-91237329"), True),
        (if_("StringEquals", "aws:SourceVpc", "${aws:username}"), True),
        (if_("StringEquals", "aws:PrincipalOrgID", ["o-1", "o-2"]), False),
        (if_("StringLike", "aws:PrincipalOrgID", ["o-1", "*"]), True),
        (if_("StringEquals", "aws:UserAgent", "me"), True),
        (if_("StringEquals", "aws:PrincipalOrgID", []), True),
        (if_("IpAddress", "aws:SourceIp", "203.0.113.0/24"), False),
        (if_("IpAddress", "aws:SourceIp", "0.0.0.0/1"), True),
        (if_("IpAddress", "aws:SourceIp", "10.0.0.0/8"), False),
        (if_("IpAddress", "aws:SourceIp", ["203.0.113.0/24", "0.0.0.0/0"]), True),
        (if_("IpAddress", "aws:SourceIp", "2001:db8::/32"), False),
        (if_("IpAddress", "aws:SourceIp", "2001::/16"), True),
        (if_("ArnLike", "s3:DataAccessPointArn", f"arn:aws:s3:us-west-2:{HOME}:accesspoint/*"), False),
        (if_("ArnLike", "s3:DataAccessPointArn", "arn:aws:s3:us-west-2:*:accesspoint/*"), True),
    ],
)
def test_a_policy_is_public_unless_it_grants_to_fixed_values(statement, public):
    assert is_public(parse(policy(statement), Layer.RESOURCE)) is public
    assert is_public(parse(policy(allow(Principal=to(HOME)), statement), Layer.RESOURCE)) is public


@pytest.mark.parametrize("block", [{"RestrictPublicBuckets": "true"}, {"PublicAccessBlockConfiguration": []}])
def test_malformed_settings_are_refused(block):
    with pytest.raises(PolicyError, match="public_access_block"):
        _ = Policies(public_access_block=block).compiled


@pytest.mark.parametrize(
    "grant", [{}, {"GranteePrincipal": "x"}, {"GranteePrincipal": "arn:aws:iam::1:user/*", "Operations": ["Decrypt"]}]
)
def test_malformed_grants_are_refused(grant):
    with pytest.raises(PolicyError, match=r"grants\[0\]"):
        _ = Policies(grants=(grant,)).compiled
