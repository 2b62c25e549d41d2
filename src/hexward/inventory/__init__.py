"""What an account holds: one frozen record per thing, one file per AWS service, and the gaps."""

from hexward.inventory.cloudtrail import CloudTrailRegion, Trail
from hexward.inventory.ec2 import NatGateway, RouteTable, SecurityGroup, Subnet
from hexward.inventory.ecr import Repository
from hexward.inventory.guardduty import GuardDutyFilter, GuardDutyFinding, GuardDutyRegion
from hexward.inventory.iam import Account, Group, ManagedPolicy, Role, User
from hexward.inventory.inspector2 import InspectorRegion
from hexward.inventory.inventory import GLOBAL, Derived, Inventory
from hexward.inventory.jobs import Job
from hexward.inventory.kms import Alias, Key, key_of
from hexward.inventory.lambda_ import Function
from hexward.inventory.monitoring_jobs import MonitoringJob
from hexward.inventory.record import Listing, NotCollected, Record, exists, note, noting, readable
from hexward.inventory.reference import Ref
from hexward.inventory.s3 import AccountPublicAccess, Bucket
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
from hexward.inventory.securityhub import SecurityHubRegion
from hexward.inventory.workloads import Stage, Workload, bucket_named

# Whatever makes workloads says so when it is imported.
import hexward.inventory.lambda_workloads  # isort: skip
import hexward.inventory.sagemaker_job_workloads  # isort: skip
import hexward.inventory.sagemaker_workloads  # isort: skip  # noqa: F401

__all__ = [
    "GLOBAL",
    "Account",
    "AccountPublicAccess",
    "Alias",
    "AutoMLJob",
    "Bucket",
    "CloudTrailRegion",
    "DataQualityJobDefinition",
    "Derived",
    "Domain",
    "Endpoint",
    "EndpointConfig",
    "FeatureGroup",
    "Function",
    "Group",
    "GuardDutyFilter",
    "GuardDutyFinding",
    "GuardDutyRegion",
    "HyperParameterTuningJob",
    "InferenceExperiment",
    "InspectorRegion",
    "Inventory",
    "Job",
    "Key",
    "Listing",
    "ManagedPolicy",
    "Model",
    "ModelBiasJobDefinition",
    "ModelExplainabilityJobDefinition",
    "ModelQualityJobDefinition",
    "MonitoringJob",
    "MonitoringSchedule",
    "NatGateway",
    "NotCollected",
    "NotebookInstance",
    "NotebookLifecycleConfig",
    "ProcessingJob",
    "Record",
    "Ref",
    "Repository",
    "Role",
    "RouteTable",
    "SecurityGroup",
    "SecurityHubRegion",
    "Stage",
    "Subnet",
    "Trail",
    "TrainingJob",
    "TransformJob",
    "User",
    "Workload",
    "bucket_named",
    "exists",
    "key_of",
    "note",
    "noting",
    "readable",
]
