"""Each AI workload has a role of its own, and no role spans stages.

Why: a role that a notebook shares with an endpoint gives whoever takes over the notebook all that the endpoint may do, and the
trail cannot tell which of the two made a call.

Fix: make a role for each notebook, endpoint, function, domain and kind of job, with only what that one uses, and point the
workload to it; notebooks must be stopped for that, endpoints need a model of their own. Runs of jobs in one stage, and schedules
that start them, may share a role, since a training pipeline makes hundreds of them for one purpose.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.inventory import Inventory, Role, Workload, readable
from hexward.model import Fault, Severity

SHOWN = 4


@control(
    severity=Severity.HIGH,
    frameworks=("NIST-800-53:AC-5", "NIST-800-53:AC-6"),
    uses=(Workload,),
    source="https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html",
)
def role_not_shared(role: Role, inventory: Inventory) -> Iterator[Fault]:
    served = sorted(readable(inventory.by(Workload, "role_arns", role.arn), "stage"), key=lambda workload: workload.arn)
    if not served:
        raise NotApplicable("no AI workload runs as this role")
    runs = {one.stage: one for one in served if _runs(one)}
    apart = [*(one for one in served if not _runs(one)), *runs.values()]
    if len(apart) > 1:
        named = [f"{one.arn.split(':', 5)[-1]} ({one.stage})" for one in apart]
        more = f" and {len(apart) - SHOWN} more" if len(apart) > SHOWN else ""
        yield Fault(f"{len(apart)} workloads run as this role: {', '.join(named[:SHOWN])}{more}", field="name")


def _runs(one: Workload) -> bool:
    """Say whether it is a run of a job or starts one by the clock, of which one stands for all of its stage."""
    return "-job/" in one.arn or ":schedule/" in one.arn
