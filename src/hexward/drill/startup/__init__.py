"""The AI start-up whose contractor was phished: an account with good and bad parts, for the demo and the drills."""

from collections.abc import Callable
from pathlib import Path

from hexward.aws.emulated import Emulated
from hexward.drill.seed import seed

__all__ = ["build"]

_FILES = (
    *("identity", "network", "data", "compute", "telemetry"),
    *("access", "agents", "front_door", "sagemaker", "stores", "threats", "vulnerabilities"),
)


def build(emulated: Emulated, on_progress: Callable[[str], None] | None = None) -> dict[str, str]:
    """Fill an empty emulated account, in us-east-1, us-west-2, eu-west-1 and ap-southeast-1, and return what its calls kept.

    Among that are `phished_key` and `phished_secret`, the contractor's.

    Raises `RangeError` if the account already holds something, `AccountError` where the emulator refuses a call.
    """
    return seed(emulated, (Path(__file__).parent / f"{name}.yml" for name in _FILES), on_progress)
