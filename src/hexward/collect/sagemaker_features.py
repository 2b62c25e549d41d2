"""Collects feature groups, inference experiments, and the scripts of notebooks."""

from hexward.collect.sagemaker import PAGE
from hexward.collect.table import Call, Table
from hexward.inventory import FeatureGroup, InferenceExperiment, NotebookLifecycleConfig

TABLES = (
    Table(
        FeatureGroup,
        "sagemaker",
        Call("ListFeatureGroups", PAGE),
        "FeatureGroupSummaries[]",
        "{FeatureGroupArn}",
        details=(Call("DescribeFeatureGroup", {"FeatureGroupName": "$FeatureGroupName"}),),
    ),
    Table(
        InferenceExperiment,
        "sagemaker",
        Call("ListInferenceExperiments", PAGE),
        "InferenceExperiments[]",
        "arn:{partition}:sagemaker:{region}:{account}:inference-experiment/{Name}",
        details=(Call("DescribeInferenceExperiment", {"Name": "$Name"}),),
    ),
    Table(
        NotebookLifecycleConfig,
        "sagemaker",
        Call("ListNotebookInstanceLifecycleConfigs", PAGE),
        "NotebookInstanceLifecycleConfigs[]",
        "{NotebookInstanceLifecycleConfigArn}",
        details=(
            Call(
                "DescribeNotebookInstanceLifecycleConfig",
                {"NotebookInstanceLifecycleConfigName": "$NotebookInstanceLifecycleConfigName"},
            ),
        ),
    ),
)
