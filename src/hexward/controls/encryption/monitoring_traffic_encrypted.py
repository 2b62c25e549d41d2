"""Model monitoring encrypts the traffic between its machines.

Why: a monitoring job spreads what customers asked a model, and what it answered, over its machines; in the clear, whoever listens on
the way reads all of it.

Fix: definitions never change: make them again with the encryption of traffic between containers, and let the schedule name them; a
schedule that describes its job itself is updated. Jobs may take longer. Definitions for one machine have nothing to encrypt; a
schedule's own job is asked for it on one machine too, since an update gives it more.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.inventory import MonitoringJob
from hexward.model import Fault, Severity


@control(
    severity=Severity.MEDIUM,
    frameworks=(
        "AWS-AISBP:SageMaker.9",
        "AWS-AISBP:SageMaker.10",
        "AWS-AISBP:SageMaker.13",
        "AWS-AISBP:SageMaker.15",
        "AWS-AISBP:SageMaker.22",
        "HIPAA:164.312(e)(2)(ii)",
        "NIST-800-53:SC-8",
    ),
    source="https://docs.aws.amazon.com/securityhub/latest/userguide/sagemaker-controls.html",
)
def monitoring_traffic_encrypted(job: MonitoringJob) -> Iterator[Fault]:
    if not job.inline and job.machines.count == 1:
        raise NotApplicable("it runs on one machine")
    network = job.network_config
    if network is None or not network.enable_inter_container_traffic_encryption:
        yield Fault("traffic between its containers goes in the clear", field="network_config")
