"""A trail logs who calls a model.

Why: a stolen model is often stolen by asking it, thousands of times; a stolen key runs up the bill the same way. Calls of endpoints
and functions are data events, which no trail logs by default, so there is no caller to be found.

Fix: let a trail that records the region log data events of AWS::SageMaker::Endpoint and AWS::Lambda::Function; endpoints need
advanced selectors. AWS bills data events by their number. Calls of Bedrock's models are management events, of which
trail.trail_in_all_regions speaks.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.inventory import CloudTrailRegion, Inventory, Stage, Trail, Workload
from hexward.inventory.cloudtrail import logged_data
from hexward.model import Fault, Severity

KINDS = {"sagemaker": "AWS::SageMaker::Endpoint", "lambda": "AWS::Lambda::Function"}
"""CloudTrail's word for what serves, by the service in its ARN."""


@control(
    severity=Severity.MEDIUM,
    frameworks=("HIPAA:164.312(b)", "NIST-800-53:AU-12"),
    uses=(CloudTrailRegion, Trail),
    source="https://docs.aws.amazon.com/sagemaker/latest/dg/logging-using-cloudtrail.html",
)
def inference_data_events(workload: Workload, inventory: Inventory) -> Iterator[Fault]:
    kind = KINDS.get(workload.arn.split(":")[2])
    if workload.stage is not Stage.INFER or kind is None:
        raise NotApplicable("it does not answer requests to a model")
    # Which half a call belongs to is not documented for every kind, so both are asked for.
    logged = logged_data(inventory, kind, workload.arn, workload.region)
    if not logged.whole:
        yield Fault(f"calls of it are {min(logged)}", field="name")
