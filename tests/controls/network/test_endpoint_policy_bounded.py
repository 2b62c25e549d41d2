import json
from typing import Any

import pytest

from hexward.controls.network.endpoint_policy_bounded import endpoint_policy_bounded
from hexward.inventory import Ref, Subnet, VpcEndpoint, Workload
from hexward.model import Status
from tests.build import ACCOUNT, REGION, inventory, judge, seen

SUBNET = seen(Subnet, subnet_id="subnet-1", vpc_id="vpc-1")
WORKLOAD = seen(Workload, subnets=(Ref("subnet-1", "vpc"),))
FULL: dict[str, Any] = {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}
"""What AWS writes where nobody wrote a policy."""

OWN = {"StringEquals": {"aws:PrincipalAccount": ACCOUNT}}
ORG = {"StringEquals": {"aws:PrincipalOrgID": "o-abcdefghij"}}
OUTSIDE = {"StringNotEquals": {"aws:ResourceOrgID": "o-abcdefghij"}}


def endpoint(service: str, *statements: dict[str, Any], vpc: str = "vpc-1") -> VpcEndpoint:
    return seen(
        VpcEndpoint, vpc_endpoint_id="vpce-1", vpc_id=vpc, service_name=service and f"com.amazonaws.{REGION}.{service}",
        policy=json.dumps({"Statement": statements}) if statements else None,
    )  # fmt: skip


PASS = inventory(endpoint("kms", {**FULL, "Condition": OWN}), SUBNET, WORKLOAD)
FAIL = inventory(endpoint("kms", FULL), SUBNET, WORKLOAD)


@pytest.mark.parametrize(
    ("changes", "aspects"),
    [
        ({"Condition": OWN}, []),
        ({"Condition": ORG}, []),
        ({"Principal": {"AWS": ACCOUNT}}, []),
        ({"Condition": {"StringEquals": {"aws:ResourceAccount": ACCOUNT}}}, []),
        ({"Resource": f"arn:aws:sagemaker:*:{ACCOUNT}:*"}, []),
        ({"Action": "sagemaker:InvokeEndpoint", "Resource": "arn:aws:sagemaker:*:*:endpoint/*"}, ["principals"]),
        ({"Action": ["sagemaker:Invoke*"]}, ["principals"]),
        ({"Action": None, "NotAction": "sagemaker:DeleteEndpoint"}, ["principals"]),
        ({"Condition": {"StringEquals": {"aws:SourceVpc": "vpc-1"}}}, ["principals"]),
        ({"Condition": {"Bool": {"aws:SecureTransport": "true"}}}, ["principals"]),
    ],
)
def test_keeps_strangers_from_what_is_theirs(changes, aspects):
    statement = {name: value for name, value in {**FULL, **changes}.items() if value is not None}
    faults = judge(endpoint_policy_bounded, endpoint("sagemaker.runtime", statement), SUBNET, WORKLOAD).faults
    assert [fault.aspect for fault in faults] == aspects


@pytest.mark.parametrize(
    ("statements", "aspects"),
    [
        ((FULL,), ["principals"]),
        (({**FULL, "Action": "s3:GetObject"},), ["principals"]),
        (({**FULL, "Resource": "arn:aws:s3:::brightwell-*"},), []),
        (({**FULL, "Condition": OWN},), ["buckets"]),
        (({**FULL, "Condition": ORG},), ["buckets"]),
        (({**FULL, "Condition": ORG, "Action": "s3:GetObject"},), []),
        (({**FULL, "Condition": ORG}, {**FULL, "Effect": "Deny", "Condition": OUTSIDE}), []),
        (({**FULL, "Condition": OWN, "Resource": "arn:aws:s3:::brightwell-*"},), []),
        (({**FULL, "Condition": {"StringEquals": {"aws:ResourceAccount": ACCOUNT}}},), []),
    ],
)
def test_keeps_this_accounts_data_from_buckets_of_others(statements, aspects):
    faults = judge(endpoint_policy_bounded, endpoint("s3", *statements), SUBNET, WORKLOAD).faults
    assert [fault.aspect for fault in faults] == aspects


def test_an_action_that_no_resource_limits_is_not_held_against_it():
    login = {**FULL, "Action": "ecr:GetAuthorizationToken"}
    assert judge(endpoint_policy_bounded, endpoint("ecr.api", login), SUBNET, WORKLOAD).status is Status.PASS


@pytest.mark.parametrize(
    ("one", "workload", "status"),
    [
        (endpoint("", FULL), WORKLOAD, Status.NOT_APPLICABLE),
        (endpoint("kms"), WORKLOAD, Status.NOT_APPLICABLE),
        (endpoint("kms", FULL, vpc="vpc-2"), WORKLOAD, Status.NOT_APPLICABLE),
        (endpoint("kms", FULL), seen(Workload), Status.UNKNOWN),
        (endpoint("kms", {**FULL, "Condition": {"NoSuchOperator": {"a": "b"}}}), WORKLOAD, Status.UNKNOWN),
    ],
)
def test_only_policies_around_ai_workloads_are_judged(one, workload, status):
    assert judge(endpoint_policy_bounded, one, SUBNET, workload).status is status
