"""Notebook volumes are encrypted with a key that the customer manages.

Why: a notebook's volume holds data sets, code and often credentials; under AWS's own key nobody can see who decrypts it, narrow
who may, or withdraw the key after an intrusion.

Fix: create the notebook again with the KMS key of its workload and move its files; the key of an existing volume cannot be changed.
"""

from collections.abc import Iterator

from hexward.controls import control
from hexward.inventory import Alias, Inventory, Key, NotebookInstance
from hexward.inventory.kms import customer_managed
from hexward.model import Fault, Severity


@control(
    severity=Severity.MEDIUM,
    frameworks=("AWS-AISBP:SageMaker.21", "HIPAA:164.312(a)(2)(iv)", "NIST-800-53:SC-28"),
    uses=(Key, Alias),
    source="https://docs.aws.amazon.com/sagemaker/latest/dg/encryption-at-rest-nbi.html",
)
def notebook_customer_key(notebook: NotebookInstance, inventory: Inventory) -> Iterator[Fault]:
    if not customer_managed(inventory, notebook.kms_key_id, notebook.region):
        yield Fault("the notebook's volume is encrypted with a key that AWS manages", field="kms_key_id")
