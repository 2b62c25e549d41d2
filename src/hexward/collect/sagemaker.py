"""Collects notebooks, Studio domains, training jobs of the last 90 days, models, endpoint configurations and endpoints."""

from hexward.collect.table import Call, Table
from hexward.inventory import Domain, Endpoint, EndpointConfig, Model, NotebookInstance, TrainingJob

PAGE = {"MaxResults": 100}


def _tags(arn: str) -> Call:
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
            _tags("$NotebookInstanceArn"),
        ),
    ),
    Table(
        Domain,
        "sagemaker",
        Call("ListDomains", PAGE),
        "Domains[]",
        "{DomainArn}",
        details=(Call("DescribeDomain", {"DomainId": "$DomainId"}), _tags("$DomainArn")),
    ),
    Table(
        TrainingJob,
        "sagemaker",
        Call("ListTrainingJobs", {**PAGE, "CreationTimeAfter": "$since"}),
        "TrainingJobSummaries[]",
        "{TrainingJobArn}",
        details=(
            Call("DescribeTrainingJob", {"TrainingJobName": "$TrainingJobName"}),
            _tags("$TrainingJobArn"),
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
        details=(Call("DescribeEndpoint", {"EndpointName": "$EndpointName"}), _tags("$EndpointArn")),
    ),
)
