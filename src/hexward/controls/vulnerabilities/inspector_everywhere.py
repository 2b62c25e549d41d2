"""Inspector scans machines, images and functions in every region.

Why: training images carry whole distributions of Python packages and drivers. Known holes in them stay unknown to you, and are the
first thing that an intruder tries.

Fix: activate Inspector in each region with all four kinds of scan, best from the organisation's delegated administrator. It is
billed by what it scans. Code scans are not offered in every region: grant an exception there. SageMaker's notebooks and training
hosts are beyond Inspector's sight in any case.
"""

from collections.abc import Iterator

from hexward.controls import control
from hexward.inventory import InspectorRegion
from hexward.model import Fault, Severity

SCANS = {
    "ec2": "packages of machines",
    "ecr": "container images",
    "lambda_": "packages of functions",
    "lambda_code": "code of functions",
}
"""What each kind of scan looks at, by the field that holds its status."""


@control(
    severity=Severity.HIGH,
    frameworks=(
        "AWS-FSBP:Inspector.1",
        "AWS-FSBP:Inspector.2",
        "AWS-FSBP:Inspector.3",
        "AWS-FSBP:Inspector.4",
        "HIPAA:164.308(a)(1)(ii)(A)",
        "NIST-800-53:RA-5",
        "PCI-DSS:11.3.1",
        "PCI-DSS:6.2.4",
        "PCI-DSS:6.3.1",
    ),
    source="https://docs.aws.amazon.com/securityhub/latest/userguide/inspector-controls.html",
)
def inspector_everywhere(region: InspectorRegion) -> Iterator[Fault]:
    for name, scanned in SCANS.items():
        status = getattr(region, name)
        if status != "ENABLED":
            yield Fault(f"{scanned} are not scanned in {region.region}: {status.lower()}", field=name, aspect=name)
