"""An ordinary month of an AI start-up as CloudTrail would log it, generated: what detections must keep quiet about.

    python benchmarks/ordinary_month.py FOLDER [--events 200000] [--theft]

Benign logs at scale are public nowhere, so these are made up. The assumptions, which decide what a false alarm rate is worth:

- One account, two regions, February 2026, UTC+1. Eight engineers work from 8 to 18 on weekdays, some into the evening, none on the
  holiday (the 17th); they come through IAM Identity Center with a second factor, from an office or from home, on desktop clients.
- A pipeline deploys five to ten times on weekdays: stacks, functions, endpoints; CloudFormation makes buckets, roles, keys, permissions
  of functions and templates of machines for it. Training runs every night, on GPU machines that the
  account has used before; it reads the training bucket by the thousand objects.
- Two functions and an endpoint answer around the clock: they invoke models and endpoints, and load model files when they start.
- Auto scaling starts and ends machines; Config, Inspector and backups look at everything; a security audit reads all of IAM on Mondays.
- On call: six nights with one person at the console between 1 and 4, who reads, restarts an endpoint and stops a job.
- A new hire joins on the 9th: an administrator makes a user and a password. The same day somebody renews an access key of their own.
- On the 20th a new NAT gateway gives the inference role another address. Sessions of home offices change their address every few days.
- One call in a hundred is refused, as happens where rights are narrow.

`--theft` plants what must be found: at 02:17 on the 25th a stolen key of a contractor lists the models' bucket and copies the weights.
"""

import argparse
import gzip
import json
import math
import random
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import chain
from pathlib import Path
from typing import Any

ACCOUNT = "111122223333"
FIRST = datetime(2026, 2, 1, tzinfo=UTC)
DAYS = 28
HOLIDAY = 17
WEEKEND = (6, 7)
NEW_HIRE = 9
NEW_NAT = 20
THEFT = datetime(2026, 2, 25, 1, 17, tzinfo=UTC)
"""17 minutes past two in the account's own time."""

REGIONS = ("eu-west-1", "us-east-1")
ENGINEERS = ("ana", "ben", "chloe", "dmitri", "emre", "farah", "gita", "henk")
OFFICE = "203.0.113.10"
BROWSER = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 Chrome/141.0 Safari/537.36"
SDK = "Boto3/1.44.5 md/Botocore#1.44.5 lang/python#3.13.0"
CLI = "aws-cli/2.31.0 md/awscrt#0.28.0 lang/python#3.13.7"

type Event = dict[str, Any]

READS = {
    "sagemaker": ("ListTrainingJobs", "DescribeTrainingJob", "ListEndpoints", "DescribeEndpoint", "ListModels"),
    "s3": ("ListBuckets", "GetBucketLocation", "GetBucketPolicy", "GetBucketEncryption"),
    "ec2": ("DescribeInstances", "DescribeVpcs", "DescribeSecurityGroups", "DescribeSubnets"),
    "logs": ("DescribeLogGroups", "FilterLogEvents", "GetLogEvents"),
    "iam": ("GetRole", "ListRoles", "ListAttachedRolePolicies", "GetPolicy"),
    "cloudwatch": ("DescribeAlarms", "GetMetricData", "ListMetrics"),
    "bedrock": ("ListFoundationModels", "GetFoundationModel", "ListGuardrails"),
    "ecr": ("DescribeRepositories", "DescribeImages", "GetAuthorizationToken"),
    "kms": ("DescribeKey", "ListAliases"),
    "lambda": ("ListFunctions20150331", "GetFunction20150331v2"),
}
SOURCES = {"cloudwatch": "monitoring"}


class Month:
    """Makes the events of a month, day by day, in order of time."""

    def __init__(self, total: int, seed: int = 7) -> None:
        """Take about how many events there are to be; the same seed gives the same month."""
        self.random = random.Random(seed)  # noqa: S311  (a made-up month needs no secrets)
        self.total = total
        self.number = 0
        self.homes = {name: f"198.51.{self.random.randrange(100, 255)}.{n + 10}" for n, name in enumerate(ENGINEERS)}

    def events(self) -> Iterator[Event]:
        """Yield every event of the month."""
        for day in range(1, DAYS + 1):
            yield from sorted(self.day(day), key=lambda event: event["eventTime"])

    def day(self, day: int) -> Iterator[Event]:
        """Yield the events of one day, in no order."""
        midnight = FIRST + timedelta(days=day - 1) - timedelta(hours=1)
        works = (FIRST + timedelta(days=day - 1)).isoweekday() not in WEEKEND and day != HOLIDAY
        if day % 4 == 0:
            name = self.random.choice(ENGINEERS)
            self.homes[name] = f"198.51.{self.random.randrange(100, 255)}.{self.random.randrange(2, 250)}"
        yield from self.machines(midnight, day)
        yield from self.training(midnight + timedelta(hours=2))
        if works:
            for name in ENGINEERS:
                yield from self.engineer(name, midnight)
            yield from self.deploys(midnight)
        if day % 5 == 3:
            yield from self.on_call(midnight)
        if day == NEW_HIRE:
            yield from self.new_hire(midnight + timedelta(hours=10))
        if (FIRST + timedelta(days=day - 1)).isoweekday() == 1:
            yield from self.security_audit(midnight + timedelta(hours=6))

    def share(self, part: float) -> int:
        """Return how many events of a day a part of the whole is, never none."""
        return max(1, math.ceil(self.total / DAYS * part))

    def machines(self, midnight: datetime, day: int) -> Iterator[Event]:
        """Yield what answers and watches around the clock."""
        nat = "52.17.4.20" if day < NEW_NAT else "54.72.9.31"
        inference = role("inference-support-chat", "support-chat")
        for at in self.times(midnight, 24, self.share(0.42)):
            kind = self.random.random()
            if kind < 0.7:
                model = "arn:aws:bedrock:eu-west-1::foundation-model/anthropic.claude-haiku-4-5"
                yield self.event(at, "bedrock", "InvokeModel", inference, nat, SDK, {"modelId": model}, read=True)
            elif kind < 0.98:
                yield self.event(at, "sagemaker", "InvokeEndpoint", inference, nat, SDK, {"endpointName": "ranking"}, read=True, data=True)  # fmt: skip
            else:
                yield self.object(at, inference, nat, "acme-model-artifacts", "ranking/v7/model.tar.gz")
        config = role("aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig", "AWSConfig-Describe")
        for at in self.times(midnight, 24, self.share(0.2)):
            service, name = self.read()
            yield self.event(at, service, name, config, "config.amazonaws.com", "config.amazonaws.com", read=True, by="config.amazonaws.com")  # fmt: skip
        scaling = role("aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling", "AutoScaling")
        for at in self.times(midnight, 24, self.share(0.005)):
            name = self.random.choice(("RunInstances", "TerminateInstances"))
            asked = {"instanceType": "m7g.large", "instancesSet": {"items": [{"minCount": 1, "maxCount": 1}]}}
            yield self.event(at, "ec2", name, scaling, "autoscaling.amazonaws.com", "autoscaling.amazonaws.com", asked, by="autoscaling.amazonaws.com")  # fmt: skip
        backup = role("backup", "AWSBackup")
        for at in self.times(midnight + timedelta(hours=3), 1, self.share(0.002)):
            yield self.event(at, "ec2", "CreateSnapshot", backup, "backup.amazonaws.com", "backup.amazonaws.com", {"volumeId": "vol-1"}, by="backup.amazonaws.com")  # fmt: skip

    def training(self, begin: datetime) -> Iterator[Event]:
        """Yield the nightly run: the pipeline starts a job, and the job reads its data and writes a model."""
        pipeline, job = role("training-pipeline", "nightly"), role("training-job", "SageMaker")
        arn = f"arn:aws:iam::{ACCOUNT}:role/training-job"
        asked = {
            "trainingJobName": f"nightly-{begin:%Y%m%d}", "roleArn": arn, "enableNetworkIsolation": True,
            "resourceConfig": {"instanceType": "ml.g5.12xlarge", "instanceCount": 2, "volumeSizeInGB": 200},
            "algorithmSpecification": {"trainingImage": f"{ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com/train@sha256:1"},
        }  # fmt: skip
        yield self.event(begin, "sagemaker", "CreateTrainingJob", pipeline, "52.17.4.20", SDK, asked)
        for at in self.times(begin, 3, self.share(0.22)):
            yield self.object(
                at, job, "10.1.2.3", "acme-training-data", f"2026/{self.random.randrange(100_000)}.parquet"
            )
        yield self.object(
            begin + timedelta(hours=3), job, "10.1.2.3", "acme-model-artifacts", "ranking/v8/model.tar.gz", "PutObject"
        )

    def engineer(self, name: str, midnight: datetime) -> Iterator[Event]:
        """Yield a working day of one person: a sign-in, a few hundred reads, some changes, now and then a refusal."""
        address = self.random.choice((OFFICE, self.homes[name]))
        person = sso("MLEngineer", name)
        begin = midnight + timedelta(hours=8, minutes=self.random.randrange(90))
        hours = 9 if self.random.random() < 0.8 else 13
        login = self.event(begin, "signin", "ConsoleLogin", person, address, BROWSER)
        login |= {"eventType": "AwsConsoleSignIn", "additionalEventData": {"MFAUsed": "Yes", "MobileVersion": "No"},
                  "responseElements": {"ConsoleLogin": "Success"}}  # fmt: skip
        yield login
        for at in self.times(begin, hours, self.share(0.13 / len(ENGINEERS))):
            service, called = self.read()
            agent = self.random.choice((BROWSER, CLI))
            yield self.event(at, service, called, person, address, agent, read=True)
        for at in self.times(begin, hours, self.share(0.004 / len(ENGINEERS))):
            yield self.object(at, person, address, "acme-training-data", f"2026/{self.random.randrange(50)}.parquet")
        for at in self.times(begin, hours, 2):
            called, asked = self.random.choice(CHANGES)
            yield self.event(at, "sagemaker", called, person, address, BROWSER, asked)

    def deploys(self, midnight: datetime) -> Iterator[Event]:
        """Yield what the pipeline does on a working day."""
        for at in self.times(midnight + timedelta(hours=9), 8, self.random.randrange(5, 11)):
            deployer = role("deploy", "github-actions")
            yield self.event(at, "sts", "AssumeRoleWithWebIdentity", web("deploy"), "140.82.112.4", SDK, {"roleArn": f"arn:aws:iam::{ACCOUNT}:role/deploy"}, read=True)  # fmt: skip
            steps: tuple[tuple[str, str, Event], ...] = (
                ("cloudformation", "UpdateStack", {"stackName": "support-chat"}),
                ("lambda", "UpdateFunctionCode20150331v2", {"functionName": "support-chat"}),
                ("lambda", "UpdateFunctionConfiguration20150331v2", {"functionName": "support-chat"}),
                (
                    "sagemaker",
                    "CreateModel",
                    {"modelName": "ranking-8", "executionRoleArn": f"arn:aws:iam::{ACCOUNT}:role/inference"},
                ),
                ("sagemaker", "CreateEndpointConfig", {"endpointConfigName": "ranking-8"}),
                ("sagemaker", "UpdateEndpoint", {"endpointName": "ranking"}),
                ("ecr", "PutImage", {"repositoryName": "train", "imageTag": "8"}),
                ("iam", "PutRolePolicy", {"roleName": "support-chat", "policyName": "own", "policyDocument": "{}"}),
                ("logs", "PutRetentionPolicy", {"logGroupName": "/aws/lambda/support-chat", "retentionInDays": 365}),
            )
            for number, (service, name, asked) in enumerate(steps):
                yield self.event(
                    at + timedelta(seconds=20 * number), service, name, deployer, "140.82.112.4", SDK, asked
                )

            for number, (service, name, asked) in enumerate(STACK):
                by = "cloudformation.amazonaws.com"
                yield self.event(at + timedelta(seconds=25 + number), service, name, deployer, by, by, asked, by=by)

    def on_call(self, midnight: datetime) -> Iterator[Event]:
        """Yield a night at the console: reads, an endpoint restarted, a job stopped."""
        name = self.random.choice(ENGINEERS)
        person, address = sso("OnCall", name), self.homes[name]
        begin = midnight + timedelta(hours=1, minutes=self.random.randrange(180))
        for at in self.times(begin, 1, 40):
            service, called = self.read()
            yield self.event(at, service, called, person, address, BROWSER, read=True)
        yield self.event(
            begin + timedelta(minutes=20),
            "sagemaker",
            "UpdateEndpoint",
            person,
            address,
            BROWSER,
            {"endpointName": "ranking"},
        )
        yield self.event(
            begin + timedelta(minutes=30),
            "sagemaker",
            "StopTrainingJob",
            person,
            address,
            BROWSER,
            {"trainingJobName": "stuck"},
        )

    def new_hire(self, at: datetime) -> Iterator[Event]:
        """Yield the first day of somebody: a user and a password, and elsewhere a key that its owner renews."""
        admin = sso("Administrator", "ana")
        steps: tuple[tuple[str, Event], ...] = (
            ("CreateUser", {"userName": "ivo"}),
            ("AddUserToGroup", {"userName": "ivo", "groupName": "ml"}),
            ("CreateLoginProfile", {"userName": "ivo", "passwordResetRequired": True}),
        )
        for number, (name, asked) in enumerate(steps):
            yield self.event(
                at + timedelta(minutes=number), "iam", name, admin, OFFICE, BROWSER, asked, region="us-east-1"
            )
        robot = user("metrics-robot", "AKIAROBOTROBOTROBOT1")
        yield self.event(
            at + timedelta(hours=1),
            "iam",
            "CreateAccessKey",
            robot,
            OFFICE,
            CLI,
            {"userName": "metrics-robot"},
            region="us-east-1",
        )
        yield self.event(
            at + timedelta(hours=2),
            "iam",
            "DeleteAccessKey",
            robot,
            OFFICE,
            CLI,
            {"userName": "metrics-robot"},
            region="us-east-1",
        )

    def security_audit(self, begin: datetime) -> Iterator[Event]:
        """Yield the weekly audit, which asks for everything that there is, as an intruder would."""
        auditor = role("security-audit", "weekly")
        for at in self.times(begin, 1, self.share(0.03)):
            service, name = self.read()
            yield self.event(at, service, name, auditor, "52.17.4.20", SDK, read=True)
        for name in (
            "GetAccountAuthorizationDetails",
            "GenerateCredentialReport",
            "GetCredentialReport",
            "ListUsers",
            "ListAccessKeys",
        ):
            yield self.event(begin, "iam", name, auditor, "52.17.4.20", SDK, read=True, region="us-east-1")

    def times(self, begin: datetime, hours: float, count: int) -> Iterator[datetime]:
        """Yield moments spread over some hours."""
        for _ in range(count):
            yield begin + timedelta(seconds=self.random.random() * hours * 3600)

    def read(self) -> tuple[str, str]:
        """Choose a call that only looks."""
        service = self.random.choice(tuple(READS))
        return service, self.random.choice(READS[service])

    def object(self, at: datetime, who: Event, address: str, bucket: str, key: str, name: str = "GetObject") -> Event:
        """Return the data event of one object."""
        made = self.event(
            at, "s3", name, who, address, SDK, {"bucketName": bucket, "key": key}, read=name == "GetObject", data=True
        )
        made["additionalEventData"] = {"bytesTransferredOut": self.random.randrange(1_000_000, 60_000_000)}
        made["resources"] = [{"type": "AWS::S3::Object", "ARN": f"arn:aws:s3:::{bucket}/{key}"},
                             {"type": "AWS::S3::Bucket", "ARN": f"arn:aws:s3:::{bucket}", "accountId": ACCOUNT}]  # fmt: skip
        return made

    def event(  # noqa: PLR0913
        self, at: datetime, service: str, name: str, who: Event, address: str, agent: str, asked: Event | None = None, *,
        read: bool = False, data: bool = False, by: str = "", region: str = "",
    ) -> Event:  # fmt: skip
        """Return one event; one in a hundred of those by people and programs is refused."""
        self.number += 1
        made: Event = {
            "eventVersion": "1.11", "userIdentity": {**who, **({"invokedBy": by} if by else {})},
            "eventTime": f"{at:%Y-%m-%dT%H:%M:%SZ}", "eventSource": f"{SOURCES.get(service, service)}.amazonaws.com", "eventName": name,
            "awsRegion": region or REGIONS[self.number % 20 == 0], "sourceIPAddress": address, "userAgent": agent,
            "requestParameters": asked, "responseElements": None, "requestID": f"r-{self.number:012d}", "eventID": f"e-{self.number:012d}",
            "readOnly": read, "eventType": "AwsApiCall", "managementEvent": not data, "recipientAccountId": ACCOUNT,
            "eventCategory": "Data" if data else "Management",
        }  # fmt: skip
        if not by and self.random.random() < 0.01 and name != "ConsoleLogin":
            made |= {"errorCode": "AccessDenied", "errorMessage": "not authorized", "responseElements": None}
        return made


CHANGES: tuple[tuple[str, Event], ...] = (
    ("CreateNotebookInstanceLifecycleConfig", {"notebookInstanceLifecycleConfigName": "packages"}),
    ("StartNotebookInstance", {"notebookInstanceName": "lab"}),
    ("StopNotebookInstance", {"notebookInstanceName": "lab"}),
    ("CreatePresignedDomainUrl", {"domainId": "d-1", "userProfileName": "own"}),
    ("StopTrainingJob", {"trainingJobName": "try-3"}),
    ("DeleteEndpoint", {"endpointName": "try-3"}),
    ("DeleteModel", {"modelName": "try-3"}),
    ("CreateProcessingJob", {"processingJobName": "try-4", "roleArn": f"arn:aws:iam::{ACCOUNT}:role/processing"}),
)


OWN = f"arn:aws:iam::{ACCOUNT}:root"
ENCRYPTED = {
    "Effect": "Deny",
    "Principal": "*",
    "Action": "s3:*",
    "Condition": {"Bool": {"aws:SecureTransport": "false"}},
}
STACK: tuple[tuple[str, str, Event], ...] = (
    ("s3", "CreateBucket", {"bucketName": "support-chat-assets"}),
    ("s3", "PutBucketEncryption", {"bucketName": "support-chat-assets", "ServerSideEncryptionConfiguration": {"Rule": {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": f"arn:aws:kms:eu-west-1:{ACCOUNT}:key/1"}}}}),
    ("s3", "PutBucketPublicAccessBlock", {"bucketName": "support-chat-assets", "PublicAccessBlockConfiguration": {"RestrictPublicBuckets": True, "BlockPublicPolicy": True, "BlockPublicAcls": True, "IgnorePublicAcls": True}}),
    ("s3", "PutBucketPolicy", {"bucketName": "support-chat-assets", "bucketPolicy": {"Statement": [ENCRYPTED, {"Effect": "Allow", "Principal": {"AWS": OWN}, "Action": "s3:GetObject"}, {"Effect": "Allow", "Principal": {"CanonicalUser": "a" * 64}, "Action": "s3:GetObject"}]}}),
    ("kms", "PutKeyPolicy", {"keyId": "1", "policyName": "default", "policy": json.dumps({"Statement": [{"Effect": "Allow", "Principal": {"AWS": OWN}, "Action": "kms:*", "Resource": "*"}]})}),
    ("iam", "CreateRole", {"roleName": "support-chat", "assumeRolePolicyDocument": json.dumps({"Statement": [{"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}]})}),
    ("lambda", "AddPermission20150331v2", {"functionName": "support-chat", "principal": "events.amazonaws.com", "action": "lambda:InvokeFunction"}),
    ("lambda", "AddPermission20150331v2", {"functionName": "support-chat", "principal": "apigateway.amazonaws.com", "action": "lambda:InvokeFunction"}),
    ("ecr", "SetRepositoryPolicy", {"repositoryName": "train", "policyText": json.dumps({"Statement": [{"Effect": "Allow", "Principal": {"Service": "sagemaker.amazonaws.com"}, "Action": "ecr:BatchGetImage"}]})}),
    ("ec2", "AuthorizeSecurityGroupIngress", {"groupId": "sg-1", "ipPermissions": {"items": [{"ipProtocol": "tcp", "fromPort": 443, "toPort": 443, "ipRanges": {"items": [{"cidrIp": "0.0.0.0/0"}]}}]}}),
    ("ec2", "CreateLaunchTemplate", {"CreateLaunchTemplateRequest": {"LaunchTemplateName": "trainers", "LaunchTemplateData": {"InstanceType": "g5.xlarge"}}}),
    ("autoscaling", "UpdateAutoScalingGroup", {"autoScalingGroupName": "trainers", "minSize": 0, "maxSize": 40, "desiredCapacity": 2}),
)  # fmt: skip
"""What CloudFormation calls for a deploy."""


def role(name: str, session: str) -> Event:
    """Return the identity of a session of a role."""
    plain = name.rpartition("/")[2]
    issuer = {"type": "Role", "principalId": f"AROA{plain.upper()[:12]}", "arn": f"arn:aws:iam::{ACCOUNT}:role/{name}", "accountId": ACCOUNT, "userName": plain}  # fmt: skip
    return {
        "type": "AssumedRole", "principalId": f"AROA{plain.upper()[:12]}:{session}", "arn": f"arn:aws:sts::{ACCOUNT}:assumed-role/{plain}/{session}",
        "accountId": ACCOUNT, "accessKeyId": f"ASIA{plain.upper()[:12]}",
        "sessionContext": {"sessionIssuer": issuer, "attributes": {"creationDate": "2026-02-01T00:00:00Z", "mfaAuthenticated": "false"}},
    }  # fmt: skip


def sso(permission_set: str, person: str) -> Event:
    """Return the identity of somebody who came through IAM Identity Center."""
    name = f"AWSReservedSSO_{permission_set}_0123456789abcdef"
    return role(f"aws-reserved/sso.amazonaws.com/{name}", person)


def user(name: str, key: str) -> Event:
    """Return the identity of an IAM user."""
    return {"type": "IAMUser", "principalId": f"AIDA{name.upper()[:12]}", "arn": f"arn:aws:iam::{ACCOUNT}:user/{name}", "accountId": ACCOUNT, "accessKeyId": key, "userName": name}  # fmt: skip


def web(name: str) -> Event:
    """Return the identity of a program that a provider vouches for."""
    return {"type": "WebIdentityUser", "principalId": f"arn:aws:iam::{ACCOUNT}:oidc-provider/token.actions.githubusercontent.com:{name}", "userName": name, "identityProvider": "token.actions.githubusercontent.com"}  # fmt: skip


def theft() -> Iterator[Event]:
    """Yield the night in which the weights left: a contractor's key from a new network, a listing, and forty files."""
    month = Month(0, seed=17)
    thief = user("dana.contractor", "AKIASTOLENSTOLENSTO1")
    address, agent = "185.220.101.7", "aws-cli/2.15.0 Python/3.11.6 Linux/6.1 exe/x86_64"
    calls = (
        ("sts", "GetCallerIdentity", None),
        ("s3", "ListBuckets", None),
        ("s3", "ListObjects", {"bucketName": "acme-model-artifacts"}),
    )
    made = [
        month.event(THEFT + timedelta(seconds=9 * n), service, name, thief, address, agent, asked, read=True)
        for n, (service, name, asked) in enumerate(calls)
    ]
    made += [
        month.object(
            THEFT + timedelta(seconds=40 + 3 * n),
            thief,
            address,
            "acme-model-artifacts",
            f"ranking/v7/part-{n}.safetensors",
        )
        for n in range(40)
    ]
    for number, event in enumerate(made):
        event.pop("errorCode", None)
        event.pop("errorMessage", None)
        yield event | {"eventID": f"theft-{number:04d}"}


def files(events: Iterator[Event], size: int = 1200) -> Iterator[tuple[str, bytes]]:
    """Yield the path and the bytes of each log file, named and filled as CloudTrail does."""
    held: dict[tuple[str, str], list[Event]] = {}
    for number, event in enumerate(events):
        place = (event["awsRegion"], event["eventTime"][:10])
        held.setdefault(place, []).append(event)
        if len(held[place]) >= size:
            yield _file(place, number, held.pop(place))
    for number, (place, left) in enumerate(held.items()):
        yield _file(place, 10**9 + number, left)


def _file(place: tuple[str, str], number: int, events: list[Event]) -> tuple[str, bytes]:
    region, day = place
    name = f"{ACCOUNT}_CloudTrail_{region}_{day.replace('-', '')}T0000Z_{number:012d}.json.gz"
    path = f"AWSLogs/{ACCOUNT}/CloudTrail/{region}/{day.replace('-', '/')}/{name}"
    return path, gzip.compress(json.dumps({"Records": events}, separators=(",", ":")).encode(), 6, mtime=0)


def main() -> int:
    """Write the month into a folder, and print how many events it has."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--events", type=int, default=200_000, help="about how many events")
    parser.add_argument("--theft", action="store_true", help="plant the theft of the weights at 02:17")
    given = parser.parse_args()
    month = Month(given.events)
    written = 0
    for path, content in chain(files(month.events()), files(theft()) if given.theft else ()):
        target = given.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        written += target.write_bytes(content)
    print(f"{month.number} events, {written / 1e6:.1f} MB compressed, in {given.folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
