"""Bedrock keeps a record of every prompt and completion in every region.

Why: without invocation logs a stolen key or an injected prompt leaves no trace of what the model was asked or what it revealed; a
trail shows only that a call was made. Thieves of keys ask models in the region that nobody looks at, so every region is judged,
whether it is used or not: what is not logged cannot show its use.

Fix: turn on model invocation logging with text data in each region, to a bucket or a log group in the log archive; it costs what
storing the prompts costs, and nothing while no model is called. The log holds whatever users wrote: restrict it as the data is.
"""

from collections.abc import Iterator

from hexward.controls import control
from hexward.inventory import BedrockRegion, NotCollected
from hexward.inventory.bedrock import LOGGING
from hexward.model import Fault, Gap, Reason, Severity


@control(
    severity=Severity.HIGH,
    frameworks=("HIPAA:164.312(b)", "NIST-800-53:AU-2", "NIST-800-53:AU-12", "OWASP-LLM:LLM10"),
    source="https://docs.aws.amazon.com/bedrock/latest/userguide/model-invocation-logging.html",
)
def bedrock_invocation_logging(region: BedrockRegion) -> Iterator[Fault]:
    log = region.logging
    if log is None:
        yield Fault(f"invocations of models are not logged in {region.region}", field="logging")
        return
    if log.s3_config is None and log.cloud_watch_config is None:
        yield Fault(f"the log of invocations in {region.region} has nowhere to go", field="logging", aspect="place")
    if log.text_data_delivery_enabled is None:
        # AWS does not say what a switch that is left out stands for.
        gap = Gap(Reason.MALFORMED, "textDataDeliveryEnabled is not in the answer", LOGGING, region=region.region)
        raise NotCollected("BedrockRegion.logging", gap)
    if not log.text_data_delivery_enabled:
        yield Fault(
            f"prompts and completions are left out of the log in {region.region}", field="logging", aspect="text"
        )
