"""Each variant of an endpoint begins with two machines or more.

Why: SageMaker spreads the machines of a variant over Availability Zones; with one, a broken machine, a flood of requests or the loss
of a zone is an outage of the model and of whatever decides by it.

Fix: make an endpoint configuration with two instances or more for each variant and update the endpoint to it; it costs the further
machines. It is advice: an endpoint that may pause needs no second machine. Serverless variants have none to count.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.inventory import EndpointConfig, NotCollected, note
from hexward.model import Fault, Gap, Kind, Reason, Severity


@control(
    severity=Severity.LOW,
    kind=Kind.ADVICE,
    frameworks=("AWS-AISBP:SageMaker.4", "AWS-FSBP:SageMaker.4", "NIST-800-53:SC-5"),
    source="https://docs.aws.amazon.com/securityhub/latest/userguide/sagemaker-controls.html",
)
def endpoint_several_instances(config: EndpointConfig) -> Iterator[Fault]:
    on_machines = [variant for variant in config.production_variants if variant.serverless_config is None]
    if not on_machines:
        raise NotApplicable("all its variants are serverless")
    for variant in on_machines:
        count = variant.initial_instance_count
        if count is None:
            detail = f"SageMaker does not tell how many machines {variant.variant_name} begins with"
            gap = Gap(Reason.NOT_COLLECTED, detail, region=config.region)
            note(NotCollected("EndpointConfig.production_variants", gap))
        elif count <= 1:
            says = f"{variant.variant_name} begins with one machine"
            yield Fault(says, field="production_variants", aspect=variant.variant_name)
