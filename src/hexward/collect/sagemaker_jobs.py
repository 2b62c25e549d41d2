"""Collects processing, transform, tuning and AutoML jobs of the last 90 days."""

from hexward.collect.sagemaker import PAGE, tags_of
from hexward.collect.table import Call, Table
from hexward.inventory import AutoMLJob, HyperParameterTuningJob, ProcessingJob, TransformJob

CREATED = {**PAGE, "CreationTimeAfter": "$since"}
CHANGED = {**PAGE, "LastModifiedTimeAfter": "$since"}
"""A search may be older than the jobs that it started: it changes with the last of them."""

TABLES = (
    Table(
        ProcessingJob,
        "sagemaker",
        Call("ListProcessingJobs", CREATED),
        "ProcessingJobSummaries[]",
        "{ProcessingJobArn}",
        details=(
            Call("DescribeProcessingJob", {"ProcessingJobName": "$ProcessingJobName"}),
            tags_of("$ProcessingJobArn"),
        ),
    ),
    Table(
        TransformJob,
        "sagemaker",
        Call("ListTransformJobs", CREATED),
        "TransformJobSummaries[]",
        "{TransformJobArn}",
        details=(Call("DescribeTransformJob", {"TransformJobName": "$TransformJobName"}), tags_of("$TransformJobArn")),
    ),
    Table(
        HyperParameterTuningJob,
        "sagemaker",
        Call("ListHyperParameterTuningJobs", CHANGED),
        "HyperParameterTuningJobSummaries[]",
        "{HyperParameterTuningJobArn}",
        details=(
            Call(
                "DescribeHyperParameterTuningJob",
                {"HyperParameterTuningJobName": "$HyperParameterTuningJobName"},
            ),
            tags_of("$HyperParameterTuningJobArn"),
        ),
    ),
    Table(
        AutoMLJob,
        "sagemaker",
        Call("ListAutoMLJobs", CHANGED),
        "AutoMLJobSummaries[]",
        "{AutoMLJobArn}",
        details=(Call("DescribeAutoMLJobV2", {"AutoMLJobName": "$AutoMLJobName"}), tags_of("$AutoMLJobArn")),
    ),
)
