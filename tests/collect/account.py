"""One thing of every kind, told as fully as AWS's shapes allow, and a collection of it into memory."""

from base64 import b64encode
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any

import boto3
from botocore.model import ListShape, MapShape, Shape, StructureShape

from hexward.aws import Connection, Pages, Reader
from hexward.collect.chore import chores
from hexward.collect.collect import Collector, tables
from hexward.collect.table import Table
from hexward.inventory import Record
from hexward.inventory.iam import Login
from hexward.model import Gap
from tests.aws.recorded import Telling
from tests.aws.shapes import output
from tests.build import ACCOUNT, NOW, REGION

DOCUMENT = '{"Statement":[],"Version":"2012-10-17"}'
NAME = "x1"
"""What every text is, unless AWS allows only certain words."""

ROW = {
    "user": NAME, **dict.fromkeys(Login.__struct_fields__, "N/A"),
    "password_enabled": "true", "mfa_active": "false", "access_key_1_active": "true", "access_key_2_active": "false",
    "access_key_1_last_rotated": "2025-03-02T12:00:00+00:00",
}  # fmt: skip
REPORT = f"{','.join(ROW)}\n{','.join(ROW.values())}\n"

TEXTS = {
    "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": []},
    "BucketRegion": REGION,
    "CloudTrailEvent": '{"eventName": "AttachRolePolicy", "requestParameters": {"roleName": "x1", "policyArn": "arn:x1"}}',
    "CreatedAt": "2025-03-02T12:00:00.000Z",
    "Content": b64encode(b"#!/bin/sh\n").decode(),
    "Document": {"Version": "2012-10-17", "Statement": []},
    "Policy": DOCUMENT,
    "PolicyDocument": {"Version": "2012-10-17", "Statement": []},
    "State": "COMPLETE",
    "KeySpec": "SYMMETRIC_DEFAULT",
    "KeyState": "Enabled",
    "Origin": "AWS_KMS",
    "KeyManager": "CUSTOMER",
    "ControlStatus": "DISABLED",
    "policyText": DOCUMENT,
    "CustomResponseBody.Content": NAME,
    "RestApi.policy": DOCUMENT,
    "TargetGroup.TargetType": "lambda",
    "TargetSummary.Arn": "arn:aws:sagemaker:us-east-1:111122223333:pipeline/x1",
    "VpcEndpoint.PolicyDocument": DOCUMENT,
    "VpcPeeringConnectionStateReason.Code": "active",
    "policy": DOCUMENT,
}
"""Members whose texts say more than a name, alone or after the shape that they stand in."""

SHAPES = {"PolicyContent": '{"Statement":[],"Version":"2012-10-17","services":{"default":{"opt_out_policy":"optOut"}}}'}
"""The same by the shape's name, where members of one name hold different things."""

BLOBS = {"Content": REPORT.encode()}
"""Members whose bytes say more than one letter."""

TOLD: Mapping[str, Telling] = {
    "s3:GetBucketTagging": {"TagSet": [{"Key": "dataset-status", "Value": "released"}]},
}
"""Answers without which other calls are not made."""

DOCUMENTS = {"policy": [{"AllowFromPublic": False, "Rules": [{"Resource": ["collection/x1"]}]}]}
"""Members that AWS leaves to be any JSON."""

PLAIN = {"string": NAME, "character": "x", "boolean": True, "integer": 1, "long": 1, "float": 1.0, "double": 1.0,
         "timestamp": datetime(2025, 3, 2, tzinfo=UTC), "blob": b"x"}  # fmt: skip


LEFT_OUT = {"NextToken", "Error"}
"""Members that AWS gives in place of others: the next page, and what went wrong."""

ENDLESS = {"Details": "ResourceDetails"}
"""Members, with their shapes, that describe a resource of every kind there is."""


def full(shape: Shape, name: str = "", above: tuple[str, ...] = ()) -> Any:
    """Return a value with every member that the shape has; shapes inside themselves end at the second round."""
    if getattr(shape, "is_document_type", False):
        return DOCUMENTS.get(name, {})
    if isinstance(shape, StructureShape):
        within = (*above, shape.name)
        members = {
            n: m
            for n, m in shape.members.items()
            if m.name not in above and n not in LEFT_OUT and ENDLESS.get(n) != m.name
        }
        return {name: full(member, name, within) for name, member in members.items()}
    if isinstance(shape, ListShape):
        return [] if shape.member.name in above else [full(shape.member, name, above)]
    if isinstance(shape, MapShape):
        words = getattr(shape.key, "enum", None) or [NAME]
        return {word: full(shape.value, "", above) for word in words}
    return plain(shape, name, above)


def plain(shape: Shape, name: str, above: tuple[str, ...]) -> Any:
    """Return the value of a shape without members: a special one if there is one, for the member's name or its place."""
    if shape.name in SHAPES:
        return SHAPES[shape.name]
    special: Mapping[str, Mapping[str, Any]] = {"string": TEXTS, "blob": BLOBS}
    told = special.get(shape.type_name, {})
    for place in (f"{above[-1]}.{name}" if above else "", name):
        if place in told:
            return told[place]
    return (getattr(shape, "enum", None) or [PLAIN[shape.type_name]])[0]


@cache
def whole() -> Mapping[str, Telling]:
    """Return the fullest answer to every call of every table."""
    return {**{call: full(output(call)) for table in tables() for call in table.calls}, **TOLD}


def no_client(service: str, region: str) -> Any:
    raise AssertionError(f"{service} in {region} was asked outside the reader")


AUDITOR = f"arn:aws:iam::{ACCOUNT}:user/auditor"
CONNECTION = Connection(boto3.Session(region_name=REGION), ACCOUNT, AUDITOR, "aws", no_client)


class Seen:
    """What a collection told: records, and the gap, if any, of each kind and region."""

    def __init__(self) -> None:
        self.records: list[Record] = []
        self.listings: dict[tuple[type[Record], str], Gap | None] = {}

    def add(self, one: Record) -> None:
        self.records.append(one)

    def listed(self, kind: type[Record], region: str, gap: Gap | None) -> None:
        self.listings[kind, region] = gap

    def of[R: Record](self, kind: type[R]) -> list[R]:
        return [one for one in self.records if type(one) is kind]

    @property
    def gaps(self) -> list[Gap]:
        """Every gap of a record or of a listing."""
        of_listings = [gap for gap in self.listings.values() if gap is not None]
        return [*of_listings, *(gap for one in self.records for gap in one.gaps.values())]


def collected(pages: Pages, wanted: Iterable[Table] | None = None, regions: tuple[str, ...] = (REGION,)) -> Seen:
    """Collect an account to its end."""
    seen = Seen()
    collector = Collector(Reader(pages, ACCOUNT), CONNECTION, regions, NOW)
    for _ in collector.collect(chores(tables() if wanted is None else wanted, regions), seen):
        pass
    return seen
