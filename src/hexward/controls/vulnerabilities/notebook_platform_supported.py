"""Notebooks run on a platform that AWS still patches.

Why: a notebook holds a role, data and a shell. On a platform without patches every published hole in its kernel, its Python and its
JupyterLab stays open.

Fix: stop the notebook, set its platform identifier to notebook-al2023-v1, and start it; the volume stays. Lifecycle scripts that
call yum must call dnf. A notebook on Amazon Linux 1 must be created again.
"""

from collections.abc import Iterator

from hexward.controls import control
from hexward.inventory import Inventory, NotebookInstance
from hexward.inventory.end_of_support import end_of_support
from hexward.model import Fault, Severity


@control(
    severity=Severity.MEDIUM,
    frameworks=("AWS-AISBP:SageMaker.8", "AWS-FSBP:SageMaker.8", "NIST-800-53:SI-2"),
    source="https://docs.aws.amazon.com/sagemaker/latest/dg/nbi-al2.html",
)
def notebook_platform_supported(notebook: NotebookInstance, inventory: Inventory) -> Iterator[Fault]:
    ends = end_of_support("notebook", notebook.platform_identifier)
    if ends is not None and ends <= inventory.collected_at.date():
        yield Fault(f"{notebook.platform_identifier} is without patches since {ends}", field="platform_identifier")
