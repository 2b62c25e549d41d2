"""Notebooks have no direct way to the internet.

Why: with direct internet access a notebook bypasses the VPC, so neither security groups nor endpoint policies stop a stolen
session from copying training data out.

Fix: create the notebook again in a private subnet with direct internet access disabled, and reach AWS through VPC endpoints.
"""

from collections.abc import Iterator

from hexward.controls import control
from hexward.inventory import NotebookInstance
from hexward.model import Fault, Severity


@control(
    severity=Severity.HIGH,
    frameworks=("AWS-AISBP:SageMaker.1", "AWS-FSBP:SageMaker.1", "NIST-800-53:SC-7"),
    source="https://docs.aws.amazon.com/sagemaker/latest/dg/appendix-notebook-and-internet-access.html",
)
def notebook_no_internet(notebook: NotebookInstance) -> Iterator[Fault]:
    if notebook.direct_internet_access != "Disabled":
        yield Fault("the notebook reaches the internet past its VPC", field="direct_internet_access")
