"""Functions run on a runtime that AWS still patches.

Why: an inference function parses what strangers send. On a deprecated runtime holes in its interpreter and libraries stay open, and
a day comes when the function cannot even be updated.

Fix: set a supported runtime after a test, since languages change between versions; layers and compiled packages must be built anew.
Container images carry a runtime of their own, which Inspector judges.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.inventory import Function, Inventory
from hexward.inventory.end_of_support import end_of_support
from hexward.model import Fault, Severity


@control(
    severity=Severity.MEDIUM,
    frameworks=("AWS-FSBP:Lambda.2", "NIST-800-53:SI-2", "PCI-DSS:12.3.4"),
    source="https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html",
)
def function_runtime_supported(function: Function, inventory: Inventory) -> Iterator[Fault]:
    if function.runtime is None:
        raise NotApplicable("it is a container image, with a runtime of its own")
    ends = end_of_support("lambda", function.runtime)
    if ends is not None and ends <= inventory.collected_at.date():
        yield Fault(f"{function.runtime} is without patches since {ends}", field="runtime")
