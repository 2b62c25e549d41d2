"""Functions of AI workloads hold no secrets in their environment.

Why: whoever may read a function's configuration, which read-only roles and many tools may, reads its environment in the clear; it
goes into deployment templates, consoles and logs, and a stolen vendor key runs up the bill of another model.

Fix: keep the secret in Secrets Manager or Parameter Store, give the function its name, and change the secret, for it has been seen.
A variable is judged by its name and by what the value looks like; no value is kept, and a secret that looks like neither is not seen.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.inventory import Function, Inventory, Workload
from hexward.inventory.workloads import is_workload
from hexward.model import Fault, Severity


@control(
    severity=Severity.HIGH,
    frameworks=("NIST-800-53:IA-5",),
    uses=(Workload,),
    source="https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html",
)
def function_no_secrets(function: Function, inventory: Inventory) -> Iterator[Fault]:
    if not is_workload(inventory, function.arn):
        raise NotApplicable("it has nothing to do with AI")
    for name in function.secrets or ():
        yield Fault(f"the variable {name} seems to hold a secret", field="secrets", aspect=name)
