"""Studio domains send all traffic through the account's own VPC.

Why: with public internet access every Studio app has a way out past the VPC, so neither security groups nor endpoint policies stop
a stolen session from copying training data to anyone.

Fix: give the VPC endpoints for what Studio uses, delete the running apps, and update the domain to VpcOnly; packages from the
internet then need a proxy or a mirror.
"""

from collections.abc import Iterator

from hexward.controls import control
from hexward.inventory import Domain
from hexward.model import Fault, Severity


@control(
    severity=Severity.HIGH,
    frameworks=("NIST-800-53:SC-7",),
    source="https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateDomain.html",
)
def studio_vpc_only(domain: Domain) -> Iterator[Fault]:
    access = domain.app_network_access_type
    if access != "VpcOnly":
        yield Fault(f"the domain's apps reach the internet past its VPC: {access}", field="app_network_access_type")
