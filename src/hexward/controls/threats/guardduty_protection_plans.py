"""GuardDuty's protection plans that see AI workloads are on.

Why: without its plans GuardDuty sees management calls and network flows, but no object that is copied from a training bucket, no
unusual model invocation, nothing inside a function, a machine or a database of features and results.

Fix: enable the plans in each region; each is billed by its own volume. A plan that AWS does not offer in a region yet needs an
exception there. Kubernetes' plans are not asked for, since nothing here tells whether a cluster runs AI workloads.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.inventory import GuardDutyRegion
from hexward.model import Fault, Severity

PLANS = {
    "AI_PROTECTION": "calls to models and SageMaker",
    "EBS_MALWARE_PROTECTION": "malware on machines' disks",
    "LAMBDA_NETWORK_LOGS": "functions' network traffic",
    "RDS_LOGIN_EVENTS": "logins to databases",
    "RUNTIME_MONITORING": "processes inside machines and containers",
    "S3_DATA_EVENTS": "reads and writes of objects",
}
"""What goes unseen without each plan."""


@control(
    severity=Severity.HIGH,
    frameworks=(
        "AWS-FSBP:GuardDuty.6", "AWS-FSBP:GuardDuty.8", "AWS-FSBP:GuardDuty.9", "AWS-FSBP:GuardDuty.10",
        "AWS-FSBP:GuardDuty.11", "NIST-800-53:SI-4", "PCI-DSS:11.5.1",
    ),
    source="https://docs.aws.amazon.com/guardduty/latest/ug/guardduty-features-activation-model.html",
)  # fmt: skip
def guardduty_protection_plans(region: GuardDutyRegion) -> Iterator[Fault]:
    if not region.detector_ids or region.status != "ENABLED":
        raise NotApplicable("GuardDuty is off here, which threats.guardduty_everywhere reports")
    # AWS describes the list as that of enabled features, so one that is not in it counts as off.
    enabled = {feature.name for feature in region.features or () if feature.status == "ENABLED"}
    for plan, unseen in PLANS.items():
        if plan not in enabled:
            yield Fault(f"{plan} is off in {region.region}: {unseen} go unseen", field="features", aspect=plan)
