"""Whether S3 takes a bucket policy for public, by the rules of Block Public Access.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
"""

from ipaddress import ip_network

from hexward.iam.condition import Condition
from hexward.iam.operators import network
from hexward.iam.policy import Policy, Statement

LIMITING = {
    "aws:principalaccount",
    "aws:principalarn",
    "aws:principalorgid",
    "aws:principalorgpaths",
    "aws:sourceaccount",
    "aws:sourcearn",
    "aws:sourceip",
    "aws:sourceorgid",
    "aws:sourceorgpaths",
    "aws:sourceowner",
    "aws:sourcevpc",
    "aws:sourcevpce",
    "aws:userid",
    "s3:dataaccesspointaccount",
    "s3:dataaccesspointarn",
    "s3:x-amz-server-side-encryption-aws-kms-key-id",
}
"""Keys that make a grant to everyone private, if they are bound to fixed values."""

POSITIVE = {"stringequals", "stringequalsignorecase", "stringlike", "arnequals", "arnlike", "ipaddress"}
PRIVATE = [ip_network(text) for text in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")]
BROADEST = {4: 8, 6: 32}
"""The shortest prefix, by IP version, of a range that does not count as everyone."""


def is_public(policy: Policy) -> bool:
    """Say whether a bucket policy grants anything to the public, whichever the action."""
    return any(
        one.allow and _names_the_public(one) and not any(map(_limits, one.conditions)) for one in policy.statements
    )


def _names_the_public(statement: Statement) -> bool:
    named = statement.principals
    if named is None or named.everyone or named.excluded:
        return True
    return any(kind == "Federated" for kind, _ in named.written)


def _limits(condition: Condition) -> bool:
    qualifier, _, operator = condition.written.lower().rpartition(":")
    if condition.key not in LIMITING or operator not in POSITIVE or qualifier == "forallvalues":
        return False
    if not condition.values:
        return False
    if operator == "ipaddress":
        return all(map(_narrow, condition.values))
    return all(_fixed(condition.key, value) for value in condition.values)


def _narrow(text: str) -> bool:
    asked = network(text)
    if asked.version == 4 and any(asked.subnet_of(one) for one in PRIVATE if one.version == 4):  # noqa: PLR2004
        return True
    return asked.prefixlen >= BROADEST[asked.version]


def _fixed(key: str, value: str) -> bool:
    """Say whether a value has neither wildcard nor variable; the name of an access point may be a wildcard."""
    if key == "s3:dataaccesspointarn":
        value = value.rpartition(":")[0]
    return not any(mark in value for mark in "*?$")
