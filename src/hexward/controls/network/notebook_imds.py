"""Notebooks hand out their credentials by version 2 of the metadata service alone.

Why: version 1 answers any plain request, so that a page or a library which fetches addresses for others can be made to fetch the
credentials of the notebook's role; version 2 demands a token first.

Fix: stop the notebook, set its minimum version of the metadata service to 2, and start it; code with an old AWS SDK in a kernel may
need an update.
"""

from collections.abc import Iterator

from hexward.controls import control
from hexward.inventory import NotebookInstance
from hexward.model import Fault, Severity


@control(
    severity=Severity.MEDIUM,
    frameworks=("NIST-800-53:AC-6",),
    source="https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_InstanceMetadataServiceConfiguration.html",
)
def notebook_imds(notebook: NotebookInstance) -> Iterator[Fault]:
    version = notebook.minimum_metadata_version
    if version != "2":
        yield Fault(f"the metadata service answers version {version}", field="minimum_metadata_version")
