"""The AI workloads that run by the clock: schedules that call SageMaker or Bedrock, or start a pipeline."""

from hexward.inventory.inventory import Inventory
from hexward.inventory.reference import refs
from hexward.inventory.scheduler import Schedule
from hexward.inventory.workloads import Stage, Workload, maker, workload


@maker(Schedule)
def schedule(inventory: Inventory, one: Schedule) -> Workload:
    """Return the schedule as a workload. What it starts has a role, a network and data of its own, and is a workload of its own."""
    del inventory
    return workload(
        one,
        {
            "name": lambda: one.name,
            "stage": lambda: _stage(one.target_arn),
            "roles": lambda: refs("Schedule.role_arn", one.role_arn),
            "subnets": lambda: (),
            "security_groups": lambda: (),
            "keys": lambda: refs("Schedule.kms_key_arn", one.kms_key_arn),
            "sensitivity": lambda: None,
        },
    )


def _stage(target_arn: str) -> Stage:
    """Return the stage of what is called; pipelines, and calls that tell no other, train."""
    call = target_arn.rpartition(":")[2].lower()
    stages = (stage for word, stage in WORDS.items() if word in call and ":pipeline/" not in target_arn)
    return next(stages, Stage.TRAIN)


WORDS = {
    "processing": Stage.PROCESS, "ingestion": Stage.PROCESS,
    "notebook": Stage.DEVELOP, "app": Stage.DEVELOP, "space": Stage.DEVELOP,
    "transform": Stage.INFER, "endpoint": Stage.INFER, "invoke": Stage.INFER, "inference": Stage.INFER,
}  # fmt: skip
"""Words in the names of calls that tell the stage."""
