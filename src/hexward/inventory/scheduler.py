"""EventBridge Scheduler: what is called by the clock, and as which role."""

from typing import Annotated

from hexward.inventory.record import At, Record, record

SCHEDULES = "scheduler:ListSchedules"
SCHEDULE = "scheduler:GetSchedule"


@record
class Schedule(Record):
    """A schedule that calls SageMaker or Bedrock, or starts a pipeline; those of other services are left out.

    `target_arn` is `arn:aws:scheduler:::aws-sdk:sagemaker:createTrainingJob` for a call, the pipeline's ARN for a pipeline.
    `kms_key_arn` is the key of what it hands over; None where AWS's own is used.
    https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html
    """

    name: Annotated[str, At(SCHEDULES, "Schedules[].Name")]
    target_arn: Annotated[str, At(SCHEDULES, "Schedules[].Target.Arn")]
    role_arn: Annotated[str, At(SCHEDULE, "Target.RoleArn")]
    kms_key_arn: Annotated[str | None, At(SCHEDULE, "KmsKeyArn")]


def calls_ai(target_arn: str) -> bool:
    """Say whether a target is a call of SageMaker or Bedrock, or one of SageMaker's pipelines."""
    parts = target_arn.split(":")
    return parts[2:3] == ["sagemaker"] or (
        parts[2:3] == ["scheduler"]
        and parts[5:6] == ["aws-sdk"]
        and "".join(parts[6:7]).startswith(("sagemaker", "bedrock"))
    )
