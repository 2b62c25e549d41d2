"""Model monitoring runs in containers without a network.

Why: a monitoring job reads every request and answer that an endpoint recorded; with a network, one poisoned package or a changed
image sends them anywhere, each hour anew.

Fix: definitions never change: make them again with network isolation, and let the schedule name them; a schedule that describes its
job itself is updated. SageMaker moves the data, so AWS's own monitoring images go on working; an image of yours that calls other
services does not.
"""

from collections.abc import Iterator

from hexward.controls import control
from hexward.inventory import MonitoringJob
from hexward.model import Fault, Severity


@control(
    severity=Severity.HIGH,
    frameworks=(
        "AWS-AISBP:SageMaker.11",
        "AWS-AISBP:SageMaker.12",
        "AWS-AISBP:SageMaker.14",
        "AWS-AISBP:SageMaker.20",
        "AWS-AISBP:SageMaker.25",
        "NIST-800-53:SC-7",
    ),
    source="https://docs.aws.amazon.com/securityhub/latest/userguide/sagemaker-controls.html",
)
def monitoring_isolated(job: MonitoringJob) -> Iterator[Fault]:
    network = job.network_config
    # Left out, isolation is off.
    if network is None or not network.enable_network_isolation:
        yield Fault("the monitoring code has a network", field="network_config")
