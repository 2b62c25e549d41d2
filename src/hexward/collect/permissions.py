"""What Hexward may do in an account to audit it: exactly the calls that the collectors declare, all of them reads."""

from typing import Any

from hexward.aws import action_of
from hexward.collect.collect import tables

ALWAYS = ("sts:GetCallerIdentity", "ec2:DescribeRegions")
"""Calls that every audit makes, whatever it collects."""


def calls() -> tuple[str, ...]:
    """Return every call that an audit may make, as `client:Operation`."""
    return tuple(sorted({*ALWAYS, *(call for table in tables() for call in table.calls)}))


def actions() -> tuple[str, ...]:
    """Return the IAM actions that those calls need."""
    return tuple(sorted({action for call in calls() if (action := action_of(call))}))


def policy() -> dict[str, Any]:
    """Return the read-only IAM policy.

    `iam:GenerateCredentialReport` has IAM write a report for the account and changes nothing else.
    """
    statement = {"Sid": "HexwardReads", "Effect": "Allow", "Action": list(actions()), "Resource": "*"}
    return {"Version": "2012-10-17", "Statement": [statement]}


def template() -> dict[str, Any]:
    """Return a CloudFormation template of a role that holds the policy, for `hexward audit --role-arn`."""
    trust = {
        "Effect": "Allow",
        "Principal": {"AWS": {"Ref": "AuditorArn"}},
        "Action": "sts:AssumeRole",
        "Condition": {"StringEquals": {"sts:ExternalId": {"Ref": "ExternalId"}}},
    }
    return {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Description": "The role by which Hexward reads this account; it can change nothing.",
        "Parameters": {
            "AuditorArn": {
                "Type": "String",
                "Description": "ARN of the user or role that runs Hexward",
                "AllowedPattern": "arn:aws[a-z-]*:iam::[0-9]{12}:(user|role)/.+",
            },
            "ExternalId": {
                "Type": "String",
                "Description": "A text that only you and the auditor know; give it as --external-id",
                "MinLength": 8,
                "NoEcho": True,
            },
        },
        "Resources": {
            "Reader": {
                "Type": "AWS::IAM::Role",
                "Properties": {
                    "Description": "Read-only access for Hexward",
                    "MaxSessionDuration": 3600,
                    "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [trust]},
                    "Policies": [{"PolicyName": "hexward-reads", "PolicyDocument": policy()}],
                },
            }
        },
        "Outputs": {"RoleArn": {"Description": "Give it as --role-arn", "Value": {"Fn::GetAtt": ["Reader", "Arn"]}}},
    }
