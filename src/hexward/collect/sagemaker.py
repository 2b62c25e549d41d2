"""Collects notebooks, Studio domains, training jobs of the last 90 days, models, endpoint configurations and endpoints."""

from hexward.collect.table import Call, Table
from hexward.inventory import Domain, Endpoint, EndpointConfig, Model, NotebookInstance, TrainingJob

PAGE = {"MaxResults": 100}


def tags_of(arn: str) -> Call:
    """Return the call for the tags of what has this ARN."""
    return Call("ListTags", {"ResourceArn": arn})


TABLES = (
    Table(
        NotebookInstance,
        "sagemaker",
        Call("ListNotebookInstances", PAGE),
        "NotebookInstances[]",
        "{NotebookInstanceArn}",
        details=(
            Call("DescribeNotebookInstance", {"NotebookInstanceName": "$NotebookInstanceName"}),
            tags_of("$NotebookInstanceArn"),
        ),
    ),
    Table(
        Domain,
        "sagemaker",
        Call("ListDomains", PAGE),
        "Domains[]",
        "{DomainArn}",
        details=(Call("DescribeDomain", {"DomainId": "$DomainId"}), tags_of("$DomainArn")),
    ),
    Table(
        TrainingJob,
        "sagemaker",
        Call("ListTrainingJobs", {**PAGE, "CreationTimeAfter": "$since"}),
        "TrainingJobSummaries[]",
        "{TrainingJobArn}",
        details=(
            Call("DescribeTrainingJob", {"TrainingJobName": "$TrainingJobName"}),
            tags_of("$TrainingJobArn"),
        ),
    ),
    Table(
        Model,
        "sagemaker",
        Call("ListModels", PAGE),
        "Models[]",
        "{ModelArn}",
        details=(Call("DescribeModel", {"ModelName": "$ModelName"}),),
    ),
    Table(
        EndpointConfig,
        "sagemaker",
        Call("ListEndpointConfigs", PAGE),
        "EndpointConfigs[]",
        "{EndpointConfigArn}",
        details=(Call("DescribeEndpointConfig", {"EndpointConfigName": "$EndpointConfigName"}),),
    ),
    Table(
        Endpoint,
        "sagemaker",
        Call("ListEndpoints", PAGE),
        "Endpoints[]",
        "{EndpointArn}",
        details=(Call("DescribeEndpoint", {"EndpointName": "$EndpointName"}), tags_of("$EndpointArn")),
    ),
)
