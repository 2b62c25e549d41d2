"""Logs of AI workloads and of trails are kept for a year at least.

Why: intruders are found months after they came, and by then what they did stands in logs alone. A group that keeps a week of logs
has forgotten the weekend on which the training data left.

Fix: set the retention of the group to 365 days or more, or to never expire; storage costs by the gigabyte, and older logs can go to
an archive bucket instead. Groups of AI workloads are known by SageMaker's, Bedrock's and the functions' names for them, those of
trails by the trails; a group of a name of your own is not judged.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.inventory import Function, Inventory, LogGroup, Trail, Workload, exists
from hexward.inventory.logs import group_of
from hexward.inventory.workloads import is_workload
from hexward.model import Fault, Severity

DAYS = 365
OF_AI = ("/aws/sagemaker/", "/aws/bedrock/", "/aws/vendedlogs/bedrock/", "/aws/bedrock-agentcore/")
"""How the groups begin that SageMaker and Bedrock write to by themselves."""
OF_FUNCTIONS = "/aws/lambda/"


@control(
    severity=Severity.MEDIUM,
    frameworks=("NIST-800-53:AU-11", "HIPAA:164.312(b)"),
    uses=(Trail, Workload, Function),
    source="https://docs.aws.amazon.com/config/latest/developerguide/cw-loggroup-retention-period-check.html",
)
def log_retention(group: LogGroup, inventory: Inventory) -> Iterator[Fault]:
    if not _matters(group, inventory):
        raise NotApplicable("neither an AI workload nor a trail writes to it")
    days = group.retention_in_days
    if days is not None and days < DAYS:
        yield Fault(f"logs are gone after {days} days", field="retention_in_days")


def _matters(group: LogGroup, inventory: Inventory) -> bool:
    if group.name.startswith(OF_AI):
        return True
    if group.name.startswith(OF_FUNCTIONS):
        name = group.name.removeprefix(OF_FUNCTIONS)
        functions = inventory.by(Function, "name", name)
        return exists(functions, lambda one: one.region == group.region and is_workload(inventory, one.arn))
    return exists(inventory.of(Trail), lambda one: _feeds(one, group))


def _feeds(trail: Trail, group: LogGroup) -> bool:
    named = trail.cloud_watch_logs_log_group_arn
    return named is not None and group_of(named) == (group.region, group.name)
