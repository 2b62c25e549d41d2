"""Lifecycle scripts of notebooks hold no secrets.

Why: whoever may describe a lifecycle configuration reads its scripts in full, as every read-only role may; a password or a key in one
is a password for all of them, and stays in the logs of each start.

Fix: change the secret, put it into Secrets Manager, and let the script fetch it with the notebook's role. Secrets are told by what
they look like: this control can miss some, and never sees what a script downloads. Hexward keeps no script, only kinds and lines.
"""

from collections.abc import Iterator

from hexward.controls import control
from hexward.inventory import NotebookLifecycleConfig
from hexward.model import Fault, Severity

SCRIPTS = {"on_create_secrets": "script at creation", "on_start_secrets": "script at each start"}


@control(
    severity=Severity.HIGH,
    frameworks=("NIST-800-53:IA-5", "PCI-DSS:8.6.3"),
    source="https://docs.aws.amazon.com/sagemaker/latest/dg/notebook-lifecycle-config.html",
)
def notebook_script_no_secrets(config: NotebookLifecycleConfig) -> Iterator[Fault]:
    for field, script in SCRIPTS.items():
        for hit in getattr(config, field) or ():
            says = f"line {hit.line} of the {script} seems to hold a secret: {hit.kind}"
            yield Fault(says, field=field, aspect=f"{field} {hit.kind} {hit.line}")
