"""What an account holds: one frozen record per thing, one file per AWS service, and the gaps."""

from hexward.inventory.accessanalyzer import AccessAnalyzerRegion, AnalyzerFinding
from hexward.inventory.apigateway import RestApi
from hexward.inventory.apigatewayv2 import HttpApi
from hexward.inventory.bedrock import BedrockRegion, CustomModel, Guardrail, ModelCustomizationJob
from hexward.inventory.bedrock_agent import Agent, AgentAlias, DataSource, KnowledgeBase
from hexward.inventory.bedrock_agentcore_control import (
    AgentGateway,
    AgentMemory,
    AgentRuntime,
    Browser,
    CodeInterpreter,
)
from hexward.inventory.budgets import Spending
from hexward.inventory.cloudfront import Distribution
from hexward.inventory.cloudtrail import AttachmentHistory, CloudTrailRegion, Trail, TrailHistory
from hexward.inventory.cloudwatch import MetricAlarm
from hexward.inventory.config import ConfigRegion
from hexward.inventory.dynamodb import DynamoTable
from hexward.inventory.ec2 import NatGateway, RouteTable, SecurityGroup, Subnet
from hexward.inventory.ec2_disks import EbsDefaults, Snapshot, Volume
from hexward.inventory.ec2_vpc import FlowLog, NetworkAcl, Vpc, VpcEndpoint, VpcPeering
from hexward.inventory.ecr import Repository
from hexward.inventory.elbv2 import LoadBalancer, TargetGroup
from hexward.inventory.entry_web_acl import EntryWebAcl
from hexward.inventory.events import EventRule
from hexward.inventory.front_door import PublicEntry
from hexward.inventory.guardduty import GuardDutyFilter, GuardDutyFinding, GuardDutyRegion, MalwareProtectionPlan
from hexward.inventory.iam import Account, BedrockApiKey, Group, ManagedPolicy, PasswordPolicy, Role, User
from hexward.inventory.inspector2 import (
    InspectorCoverage,
    InspectorFinding,
    InspectorNetworkCoverage,
    InspectorNetworkFinding,
    InspectorRegion,
)
from hexward.inventory.inventory import GLOBAL, Derived, Inventory
from hexward.inventory.jobs import Job
from hexward.inventory.kms import Alias, Key, key_of
from hexward.inventory.lambda_ import Function
from hexward.inventory.logs import LogGroup, MetricFilter
from hexward.inventory.macie2 import MacieRegion
from hexward.inventory.monitoring_jobs import MonitoringJob
from hexward.inventory.opensearch import OpenSearchDomain
from hexward.inventory.opensearchserverless import Collection, NetworkPolicy
from hexward.inventory.organizations import (
    Organization,
    ResourceControlPolicy,
    ServiceControlPolicy,
    resource_control_policies,
    service_control_policies,
)
from hexward.inventory.rds import DBCluster, DBInstance
from hexward.inventory.record import Listing, NotCollected, Record, best, exists, note, noting, readable
from hexward.inventory.reference import Ref
from hexward.inventory.s3 import AccountPublicAccess, Bucket
from hexward.inventory.s3vectors import VectorBucket
from hexward.inventory.sagemaker import Domain, Endpoint, EndpointConfig, Model, NotebookInstance
from hexward.inventory.sagemaker_experiments import InferenceExperiment
from hexward.inventory.sagemaker_features import FeatureGroup
from hexward.inventory.sagemaker_jobs import ProcessingJob, TransformJob
from hexward.inventory.sagemaker_lifecycle import NotebookLifecycleConfig
from hexward.inventory.sagemaker_monitoring import (
    DataQualityJobDefinition,
    ModelBiasJobDefinition,
    ModelExplainabilityJobDefinition,
    ModelQualityJobDefinition,
    MonitoringSchedule,
)
from hexward.inventory.sagemaker_training import AutoMLJob, HyperParameterTuningJob, TrainingJob
from hexward.inventory.scheduler import Schedule
from hexward.inventory.secretsmanager import Secret
from hexward.inventory.securityhub import (
    SecurityHubAggregation,
    SecurityHubDisabledControl,
    SecurityHubFinding,
    SecurityHubRegion,
    SecurityHubStandard,
)
from hexward.inventory.sns import Topic
from hexward.inventory.stores import DataStore, VectorStore
from hexward.inventory.workloads import Stage, Workload, bucket_named

# Whatever makes workloads says so when it is imported.
import hexward.inventory.bedrock_workloads  # isort: skip
from hexward.inventory.shield import ShieldProtection
from hexward.inventory.wafv2 import CloudFrontWebAcl, WebAcl

# Whatever makes workloads, or entries of them, says so when it is imported.
import hexward.inventory.entries  # isort: skip
import hexward.inventory.lambda_workloads  # isort: skip
import hexward.inventory.sagemaker_job_workloads  # isort: skip
import hexward.inventory.sagemaker_workloads  # isort: skip
import hexward.inventory.scheduler_workloads  # isort: skip  # noqa: F401

__all__ = [
    "GLOBAL",
    "AccessAnalyzerRegion",
    "Account",
    "AccountPublicAccess",
    "Agent",
    "AgentAlias",
    "AgentGateway",
    "AgentMemory",
    "AgentRuntime",
    "Alias",
    "AnalyzerFinding",
    "AttachmentHistory",
    "AutoMLJob",
    "BedrockApiKey",
    "BedrockRegion",
    "Browser",
    "Bucket",
    "CloudFrontWebAcl",
    "CloudTrailRegion",
    "CodeInterpreter",
    "Collection",
    "ConfigRegion",
    "CustomModel",
    "DBCluster",
    "DBInstance",
    "DataQualityJobDefinition",
    "DataSource",
    "DataStore",
    "Derived",
    "Distribution",
    "Domain",
    "DynamoTable",
    "EbsDefaults",
    "Endpoint",
    "EndpointConfig",
    "EntryWebAcl",
    "EventRule",
    "FeatureGroup",
    "FlowLog",
    "Function",
    "Group",
    "GuardDutyFilter",
    "GuardDutyFinding",
    "GuardDutyRegion",
    "Guardrail",
    "HttpApi",
    "HyperParameterTuningJob",
    "InferenceExperiment",
    "InspectorCoverage",
    "InspectorFinding",
    "InspectorNetworkCoverage",
    "InspectorNetworkFinding",
    "InspectorRegion",
    "Inventory",
    "Job",
    "Key",
    "KnowledgeBase",
    "Listing",
    "LoadBalancer",
    "LogGroup",
    "MacieRegion",
    "MalwareProtectionPlan",
    "ManagedPolicy",
    "MetricAlarm",
    "MetricFilter",
    "Model",
    "ModelBiasJobDefinition",
    "ModelCustomizationJob",
    "ModelExplainabilityJobDefinition",
    "ModelQualityJobDefinition",
    "MonitoringJob",
    "MonitoringSchedule",
    "NatGateway",
    "NetworkAcl",
    "NetworkPolicy",
    "NotCollected",
    "NotebookInstance",
    "NotebookLifecycleConfig",
    "OpenSearchDomain",
    "Organization",
    "PasswordPolicy",
    "ProcessingJob",
    "PublicEntry",
    "Record",
    "Ref",
    "Repository",
    "ResourceControlPolicy",
    "RestApi",
    "Role",
    "RouteTable",
    "Schedule",
    "Secret",
    "SecurityGroup",
    "SecurityHubAggregation",
    "SecurityHubDisabledControl",
    "SecurityHubFinding",
    "SecurityHubRegion",
    "SecurityHubStandard",
    "ServiceControlPolicy",
    "ShieldProtection",
    "Snapshot",
    "Spending",
    "Stage",
    "Subnet",
    "TargetGroup",
    "Topic",
    "Trail",
    "TrailHistory",
    "TrainingJob",
    "TransformJob",
    "User",
    "VectorBucket",
    "VectorStore",
    "Volume",
    "Vpc",
    "VpcEndpoint",
    "VpcPeering",
    "WebAcl",
    "Workload",
    "best",
    "bucket_named",
    "exists",
    "key_of",
    "note",
    "noting",
    "readable",
    "resource_control_policies",
    "service_control_policies",
]
