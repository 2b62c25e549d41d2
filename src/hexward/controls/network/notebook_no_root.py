"""Notebook users have no root access to the machine.

Why: root on the notebook's machine turns off its agents and its firewall, reads what other users left, and installs what survives
the session.

Fix: stop the notebook, disable root access and start it again; packages that users installed system-wide move to a lifecycle
configuration, which always runs as root.
"""

from collections.abc import Iterator

from hexward.controls import control
from hexward.inventory import NotebookInstance
from hexward.model import Fault, Severity


@control(
    severity=Severity.HIGH,
    frameworks=("AWS-AISBP:SageMaker.3", "AWS-FSBP:SageMaker.3", "NIST-800-53:AC-6"),
    source="https://docs.aws.amazon.com/sagemaker/latest/dg/nbi-root-access.html",
)
def notebook_no_root(notebook: NotebookInstance) -> Iterator[Fault]:
    if notebook.root_access != "Disabled":
        yield Fault("whoever uses the notebook is root on its machine", field="root_access")
