"""How long 50,000 resources take to judge by every control, and how much memory, against the limits of 10 s and 1 GB.

    python benchmarks/judge.py [COUNT]

The account is made up: notebooks, jobs, endpoints, functions, roles, keys, buckets and networks in the shares of a large AI account,
with faults in some of each. Making it is not timed; putting workloads together and indexing is.
"""

import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

from hexward.controls import audit, controls
from hexward.inventory import (
    Alias,
    Bucket,
    Endpoint,
    EndpointConfig,
    Function,
    Inventory,
    Key,
    ManagedPolicy,
    Model,
    NotebookInstance,
    Record,
    Repository,
    Role,
    RouteTable,
    SecurityGroup,
    Subnet,
    TrainingJob,
)  # fmt: skip
from hexward.inventory.record import read, sources

LIMIT_SECONDS = 10
LIMIT_MB = 1024
ACCOUNT = "111122223333"
REGION = "us-east-1"
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)

SHARES: dict[type[Record], int] = {
    Role: 14, TrainingJob: 20, Bucket: 8, Key: 8, Alias: 6, NotebookInstance: 6, Endpoint: 5, EndpointConfig: 5, Model: 6,
    Function: 6, Subnet: 4, RouteTable: 2, SecurityGroup: 6, Repository: 3, ManagedPolicy: 1,
}  # fmt: skip
"""Percent of all resources."""

ARNS = {
    Role: "arn:aws:iam::{a}:role/r{n}", TrainingJob: "arn:aws:sagemaker:{r}:{a}:training-job/j{n}", Bucket: "arn:aws:s3:::b{n}",
    Key: "arn:aws:kms:{r}:{a}:key/k{n}", Alias: "arn:aws:kms:{r}:{a}:alias/k{n}",
    NotebookInstance: "arn:aws:sagemaker:{r}:{a}:notebook-instance/n{n}", Endpoint: "arn:aws:sagemaker:{r}:{a}:endpoint/e{n}",
    EndpointConfig: "arn:aws:sagemaker:{r}:{a}:endpoint-config/c{n}", Model: "arn:aws:sagemaker:{r}:{a}:model/m{n}",
    Function: "arn:aws:lambda:{r}:{a}:function:f{n}", Subnet: "arn:aws:ec2:{r}:{a}:subnet/subnet-{n}",
    RouteTable: "arn:aws:ec2:{r}:{a}:route-table/rtb-{n}", SecurityGroup: "arn:aws:ec2:{r}:{a}:security-group/sg-{n}",
    Repository: "arn:aws:ecr:{r}:{a}:repository/i{n}", ManagedPolicy: "arn:aws:iam::{a}:policy/p{n}",
}  # fmt: skip


def raw(kind: type[Record], n: int, totals: Counter[type[Record]]) -> dict[str, object]:
    """Return the fields of the n-th thing of a kind, in AWS's spelling, as far as this account fills them."""
    key = ARNS[Key].format(r=REGION, a=ACCOUNT, n=n % totals[Key])
    role = ARNS[Role].format(r=REGION, a=ACCOUNT, n=n % totals[Role])
    bucket, subnet, group = n % totals[Bucket], f"subnet-{n % totals[Subnet]}", f"sg-{n % totals[SecurityGroup]}"
    vpc = {"SecurityGroupIds": [group], "Subnets": [subnet]} if n % 5 else None
    resource = f"arn:aws:s3:::b{bucket}/*" if n % 50 else "*"
    policy = {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Action": ["s3:GetObject", "kms:Decrypt"], "Resource": resource}],
    }
    trust = {"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"Service": "sagemaker.amazonaws.com"}, "Action": "sts:AssumeRole"}]}  # fmt: skip
    container = {
        "Image": f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/i{n % totals[Repository]}:v1",
        "ModelDataUrl": f"s3://b{bucket}/m.tar.gz",
    }
    rows: dict[type[Record], dict[str, object]] = {
        Role: {"name": f"r{n}", "path": "/", "created": NOW, "trust": trust, "attached": [], "tags": [],
               "inline": [{"PolicyName": "p", "PolicyDocument": policy}]},
        TrainingJob: {"name": f"j{n}", "status": "Completed", "created": NOW, "role_arn": role, "vpc_config": vpc, "tags": [],
                      "enable_network_isolation": bool(n % 3), "output_data_config": {"S3OutputPath": f"s3://b{bucket}/out", "KmsKeyId": key},
                      "input_data_config": [{"ChannelName": "t", "DataSource": {"S3DataSource": {"S3Uri": f"s3://b{bucket}/in"}}}],
                      "resource_config": {"InstanceType": "ml.m5.xlarge", "InstanceCount": 1 + n % 2, "VolumeKmsKeyId": key},
                      "algorithm_specification": {"TrainingImage": container["Image"]}},
        Bucket: {"name": f"b{n}", "encryption": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": key}}],
                 "versioning": "Enabled", "tags": [{"Key": "data-class", "Value": "confidential"}]},
        Key: {"key_id": f"k{n}", "manager": "CUSTOMER", "state": "Enabled", "spec": "SYMMETRIC_DEFAULT", "origin": "AWS_KMS",
              "created": NOW, "rotation_enabled": bool(n % 4), "rotation_period_days": 365},
        Alias: {"name": f"alias/k{n}", "target_key_id": f"k{n % totals[Key]}"},
        NotebookInstance: {"name": f"n{n}", "status": "InService", "role_arn": role, "subnet_id": subnet, "security_groups": [group],
                           "kms_key_id": key, "direct_internet_access": "Disabled" if n % 7 else "Enabled", "root_access": "Disabled",
                           "platform_identifier": "notebook-al2023-v1", "tags": []},
        Endpoint: {"name": f"e{n}", "status": "InService", "endpoint_config_name": f"c{n % totals[EndpointConfig]}", "tags": []},
        EndpointConfig: {"name": f"c{n}", "kms_key_id": key,
                         "production_variants": [{"VariantName": "v", "ModelName": f"m{n % totals[Model]}", "InstanceType": "ml.m5.large"}]},
        Model: {"name": f"m{n}", "execution_role_arn": role, "primary_container": container, "vpc_config": vpc,
                "enable_network_isolation": True},
        Function: {"name": f"f{n}", "role": role, "runtime": "python3.13", "references": {"ENDPOINT_NAME": f"e{n % totals[Endpoint]}"},
                   "url": [], "tags": {}},
        Subnet: {"subnet_id": f"subnet-{n}", "vpc_id": f"vpc-{n % 50}", "map_public_ip_on_launch": n % 9 == 0, "tags": []},
        RouteTable: {"route_table_id": f"rtb-{n}", "vpc_id": f"vpc-{n % 50}", "associations": [{"Main": n < 50, "SubnetId": f"subnet-{n}"}],
                     "routes": [{"DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "igw-1" if n % 11 == 0 else "local"}]},
        SecurityGroup: {"group_id": f"sg-{n}", "name": f"g{n}", "vpc_id": f"vpc-{n % 50}", "egress": [],
                        "ingress": [{"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "IpRanges": [{"CidrIp": "10.0.0.0/8"}]}]},
        Repository: {"name": f"i{n}", "uri": str(container["Image"]).partition(":")[0], "image_tag_mutability": "IMMUTABLE"},
        ManagedPolicy: {"document": [{"Document": policy, "IsDefaultVersion": True}]},
    }  # fmt: skip
    return rows[kind]


def account(count: int) -> Iterator[Record]:
    """Make the records; a field that this account does not fill is None where AWS may leave it out, else a gap."""
    totals = Counter({kind: max(1, count * share // 100) for kind, share in SHARES.items()})
    for kind, total in totals.items():
        fields = sources(kind)
        for n in range(total):
            given = raw(kind, n, totals)
            known = {s.name: None if given.get(s.name) is None else read(s, given[s.name])
                     for s in fields.values() if given.get(s.name) is not None or s.optional}  # fmt: skip
            yield kind.partial(
                {}, arn=ARNS[kind].format(r=REGION, a=ACCOUNT, n=n), account=ACCOUNT, region=REGION, **known
            )


def main() -> int:
    """Print the figures; returns 1 where a limit is broken."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    inventory = Inventory(ACCOUNT, NOW, (REGION,), list(account(count)))
    chosen = controls()
    began = time.monotonic()
    statuses = Counter(finding.status.value for finding in audit(inventory, chosen))
    seconds = time.monotonic() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{sum(1 for _ in inventory)} resources, {len(chosen)} controls, {statuses.total()} findings {dict(statuses)}"
    )
    print(f"  {seconds:6.2f} s of {LIMIT_SECONDS} s  = {seconds / LIMIT_SECONDS:.2f}")
    print(f"  {peak:6.0f} MB of {LIMIT_MB} MB = {peak / LIMIT_MB:.2f}")
    return int(seconds > LIMIT_SECONDS or peak > LIMIT_MB)


if __name__ == "__main__":
    sys.exit(main())
