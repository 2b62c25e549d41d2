"""Images are scanned when they are pushed, or all the time.

Why: an image with a known hole goes from the pipeline to an endpoint within minutes; nobody looks at it again until the hole is
used.

Fix: turn on enhanced scanning, or basic scanning on push, for the whole registry; a repository that no rule of the registry names
is scanned by hand alone. The repository's own switch is on its way out and says nothing under enhanced scanning, so the frequency
that holds after the registry's rules is judged.
"""

from collections.abc import Iterator

from hexward.controls import control
from hexward.inventory import Repository
from hexward.model import Fault, Severity


@control(
    severity=Severity.MEDIUM,
    frameworks=("AWS-FSBP:ECR.1", "NIST-800-53:RA-5", "OWASP-LLM:LLM03", "PCI-DSS:6.2.3", "PCI-DSS:6.2.4"),
    source="https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning.html",
)
def repository_scans_images(repository: Repository) -> Iterator[Fault]:
    if repository.scan_frequency not in {"SCAN_ON_PUSH", "CONTINUOUS_SCAN"}:
        yield Fault("images are scanned by hand alone", field="scan_frequency")
