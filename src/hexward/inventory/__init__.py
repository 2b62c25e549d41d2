"""What an account holds: one frozen record per thing, one file per AWS service, and the gaps."""

from hexward.inventory.apigateway import RestApi
from hexward.inventory.apigatewayv2 import HttpApi
from hexward.inventory.cloudfront import Distribution
from hexward.inventory.cloudtrail import CloudTrailRegion, Trail
from hexward.inventory.ec2 import NatGateway, RouteTable, SecurityGroup, Subnet
from hexward.inventory.ec2_vpc import FlowLog, NetworkAcl, Vpc, VpcEndpoint, VpcPeering
from hexward.inventory.ecr import Repository
from hexward.inventory.elbv2 import LoadBalancer, TargetGroup
from hexward.inventory.entry_web_acl import EntryWebAcl
from hexward.inventory.front_door import PublicEntry
from hexward.inventory.guardduty import GuardDutyFilter, GuardDutyFinding, GuardDutyRegion
from hexward.inventory.iam import Account, Group, ManagedPolicy, Role, User
from hexward.inventory.inspector2 import InspectorRegion
from hexward.inventory.inventory import GLOBAL, Derived, Inventory
from hexward.inventory.kms import Alias, Key, key_of
from hexward.inventory.lambda_ import Function
from hexward.inventory.record import Listing, NotCollected, Record, exists, note, noting, readable
from hexward.inventory.reference import Ref
from hexward.inventory.s3 import AccountPublicAccess, Bucket
from hexward.inventory.sagemaker import Domain, Endpoint, EndpointConfig, Model, NotebookInstance, TrainingJob
from hexward.inventory.securityhub import SecurityHubRegion
from hexward.inventory.shield import ShieldProtection
from hexward.inventory.wafv2 import CloudFrontWebAcl, WebAcl
from hexward.inventory.workloads import Stage, Workload, bucket_named

# Whatever makes workloads, or entries of them, says so when it is imported.
import hexward.inventory.entries  # isort: skip
import hexward.inventory.lambda_workloads  # isort: skip
import hexward.inventory.sagemaker_workloads  # isort: skip  # noqa: F401

__all__ = [
    "GLOBAL",
    "Account",
    "AccountPublicAccess",
    "Alias",
    "Bucket",
    "CloudFrontWebAcl",
    "CloudTrailRegion",
    "Derived",
    "Distribution",
    "Domain",
    "Endpoint",
    "EndpointConfig",
    "EntryWebAcl",
    "FlowLog",
    "Function",
    "Group",
    "GuardDutyFilter",
    "GuardDutyFinding",
    "GuardDutyRegion",
    "HttpApi",
    "InspectorRegion",
    "Inventory",
    "Key",
    "Listing",
    "LoadBalancer",
    "ManagedPolicy",
    "Model",
    "NatGateway",
    "NetworkAcl",
    "NotCollected",
    "NotebookInstance",
    "PublicEntry",
    "Record",
    "Ref",
    "Repository",
    "RestApi",
    "Role",
    "RouteTable",
    "SecurityGroup",
    "SecurityHubRegion",
    "ShieldProtection",
    "Stage",
    "Subnet",
    "TargetGroup",
    "Trail",
    "TrainingJob",
    "User",
    "Vpc",
    "VpcEndpoint",
    "VpcPeering",
    "WebAcl",
    "Workload",
    "bucket_named",
    "exists",
    "key_of",
    "note",
    "noting",
    "readable",
]
