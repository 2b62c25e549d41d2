"""SageMaker's lifecycle configurations: scripts that run as root when a notebook is made or started.

https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DescribeNotebookInstanceLifecycleConfig.html
"""

import binascii
from base64 import b64decode
from collections.abc import Mapping
from typing import Annotated, Any

from hexward.inventory.record import At, Record, record
from hexward.inventory.secret_text import SecretHit, secrets_in

LIFECYCLE = "sagemaker:DescribeNotebookInstanceLifecycleConfig"


def secrets(raw: Any) -> tuple[SecretHit, ...]:  # noqa: ANN401  (AWS's own JSON)
    """Read which secrets `[{"Content": <script in base64>}]` seems to hold; raises ValueError for anything else."""
    if not isinstance(raw, list) or not all(
        isinstance(one, Mapping) and isinstance(one.get("Content"), str) for one in raw
    ):
        msg = "scripts are not a list of Content"
        raise ValueError(msg)
    try:
        scripts = [b64decode(one["Content"], validate=True).decode(errors="replace") for one in raw]
    except binascii.Error:
        msg = "a script is not in base64"
        raise ValueError(msg) from None
    return tuple(hit for script in scripts for hit in secrets_in(script))


@record
class NotebookLifecycleConfig(Record):
    """The scripts of notebooks, of which only the secrets that they seem to hold are kept; None where there is no such script."""

    name: Annotated[
        str, At("sagemaker:ListNotebookInstanceLifecycleConfigs", "NotebookInstanceLifecycleConfigs[].NotebookInstanceLifecycleConfigName")
    ]  # fmt: skip
    on_create_secrets: Annotated[tuple[SecretHit, ...] | None, At(LIFECYCLE, "OnCreate", secrets)]
    on_start_secrets: Annotated[tuple[SecretHit, ...] | None, At(LIFECYCLE, "OnStart", secrets)]
