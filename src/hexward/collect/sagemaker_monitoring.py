"""Collects the definitions of monitoring jobs, and the schedules that run them."""

from hexward.collect.sagemaker import PAGE
from hexward.collect.table import Call, Table
from hexward.inventory import (
    DataQualityJobDefinition,
    ModelBiasJobDefinition,
    ModelExplainabilityJobDefinition,
    ModelQualityJobDefinition,
    MonitoringSchedule,
    Record,
)


def _definitions(kind: type[Record]) -> Table:
    return Table(
        kind,
        "sagemaker",
        Call(f"List{kind.__name__}s", PAGE),
        "JobDefinitionSummaries[]",
        "{MonitoringJobDefinitionArn}",
        details=(Call(f"Describe{kind.__name__}", {"JobDefinitionName": "$MonitoringJobDefinitionName"}),),
    )


TABLES = (
    _definitions(DataQualityJobDefinition),
    _definitions(ModelBiasJobDefinition),
    _definitions(ModelExplainabilityJobDefinition),
    _definitions(ModelQualityJobDefinition),
    Table(
        MonitoringSchedule,
        "sagemaker",
        Call("ListMonitoringSchedules", PAGE),
        "MonitoringScheduleSummaries[]",
        "{MonitoringScheduleArn}",
        details=(Call("DescribeMonitoringSchedule", {"MonitoringScheduleName": "$MonitoringScheduleName"}),),
    ),
)
