"""What an account holds: one frozen record per thing, one file per AWS service, and the gaps."""

from hexward.inventory.cloudtrail import CloudTrailRegion, Trail
from hexward.inventory.dynamodb import DynamoTable
from hexward.inventory.ec2 import NatGateway, RouteTable, SecurityGroup, Subnet
from hexward.inventory.ec2_disks import EbsDefaults, Snapshot, Volume
from hexward.inventory.ecr import Repository
from hexward.inventory.guardduty import GuardDutyFilter, GuardDutyFinding, GuardDutyRegion
from hexward.inventory.iam import Account, Group, ManagedPolicy, Role, User
from hexward.inventory.inspector2 import InspectorRegion
from hexward.inventory.inventory import GLOBAL, Derived, Inventory
from hexward.inventory.kms import Alias, Key, key_of
from hexward.inventory.lambda_ import Function
from hexward.inventory.opensearch import OpenSearchDomain
from hexward.inventory.opensearchserverless import Collection, NetworkPolicy
from hexward.inventory.rds import DBCluster, DBInstance
from hexward.inventory.record import Listing, NotCollected, Record, exists, note, noting, readable
from hexward.inventory.reference import Ref
from hexward.inventory.s3 import AccountPublicAccess, Bucket
from hexward.inventory.s3vectors import VectorBucket
from hexward.inventory.sagemaker import Domain, Endpoint, EndpointConfig, Model, NotebookInstance, TrainingJob
from hexward.inventory.secretsmanager import Secret
from hexward.inventory.securityhub import SecurityHubRegion
from hexward.inventory.stores import DataStore, VectorStore
from hexward.inventory.workloads import Stage, Workload, bucket_named

# Whatever makes workloads says so when it is imported.
import hexward.inventory.lambda_workloads  # isort: skip
import hexward.inventory.sagemaker_workloads  # isort: skip  # noqa: F401

__all__ = [
    "GLOBAL",
    "Account",
    "AccountPublicAccess",
    "Alias",
    "Bucket",
    "CloudTrailRegion",
    "Collection",
    "DBCluster",
    "DBInstance",
    "DataStore",
    "Derived",
    "Domain",
    "DynamoTable",
    "EbsDefaults",
    "Endpoint",
    "EndpointConfig",
    "Function",
    "Group",
    "GuardDutyFilter",
    "GuardDutyFinding",
    "GuardDutyRegion",
    "InspectorRegion",
    "Inventory",
    "Key",
    "Listing",
    "ManagedPolicy",
    "Model",
    "NatGateway",
    "NetworkPolicy",
    "NotCollected",
    "NotebookInstance",
    "OpenSearchDomain",
    "Record",
    "Ref",
    "Repository",
    "Role",
    "RouteTable",
    "Secret",
    "SecurityGroup",
    "SecurityHubRegion",
    "Snapshot",
    "Stage",
    "Subnet",
    "Trail",
    "TrainingJob",
    "User",
    "VectorBucket",
    "VectorStore",
    "Volume",
    "Workload",
    "bucket_named",
    "exists",
    "key_of",
    "note",
    "noting",
    "readable",
]
