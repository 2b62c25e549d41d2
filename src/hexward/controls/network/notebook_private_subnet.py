"""Notebooks run in a private subnet of the account's own VPC.

Why: outside the account's VPCs no security group, endpoint policy or flow log of yours sees what a notebook sends; in a subnet with
a route to an internet gateway, one public address is all that is missing.

Fix: create the notebook again in a subnet whose route table leads to VPC endpoints and to no internet gateway; the network of an
existing notebook cannot be changed.
"""

from collections.abc import Iterator

from hexward.controls import control
from hexward.inventory import Inventory, NotebookInstance, RouteTable, Subnet
from hexward.inventory.ec2 import internet_route
from hexward.model import Fault, Severity


@control(
    severity=Severity.HIGH,
    frameworks=("AWS-AISBP:SageMaker.2", "AWS-FSBP:SageMaker.2", "NIST-800-53:SC-7"),
    uses=(Subnet, RouteTable),
    source="https://docs.aws.amazon.com/sagemaker/latest/dg/appendix-notebook-and-internet-access.html",
)
def notebook_private_subnet(notebook: NotebookInstance, inventory: Inventory) -> Iterator[Fault]:
    subnet_id = notebook.subnet_id
    if subnet_id is None:
        yield Fault("the notebook runs in a VPC of SageMaker's, not in one of the account's", field="subnet_id")
        return
    route = internet_route(inventory, subnet_id, notebook.region)
    if route is not None:
        yield Fault(f"{subnet_id} has a route to {route.gateway_id}", field="subnet_id")
