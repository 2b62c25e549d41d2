"""AI workloads, what Inspector scans of them, and what it found, for tests."""

from datetime import timedelta

from hexward.inventory import InspectorCoverage, InspectorFinding, Ref, Stage, Workload
from hexward.inventory.inspector2 import Package
from tests.build import ACCOUNT, NOW, REGION, seen

REPOSITORY = f"arn:aws:ecr:{REGION}:{ACCOUNT}:repository/serve"
DIGEST = "sha256:" + "ab" * 32
IMAGE = f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/serve:1"
AWS = f"763104351884.dkr.ecr.{REGION}.amazonaws.com/pytorch-inference:2.6"
PUBLIC = "docker.io/strangers/serve:latest"
FUNCTION = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:chat"
INSTANCE = f"arn:aws:ec2:{REGION}:{ACCOUNT}:instance/i-0123456789abcdef0"
ENDPOINT = f"arn:aws:sagemaker:{REGION}:{ACCOUNT}:endpoint/chat"


def workload(*images: str, arn: str = ENDPOINT) -> Workload:
    """Build a workload that runs these images, or the function or instance of the ARN."""
    return seen(
        Workload, arn, name="chat", stage=Stage.INFER, images=tuple(Ref(one, "Model.containers") for one in images)
    )


def coverage(
    status: str = "ACTIVE", reason: str = "SUCCESSFUL", *, of: str = f"{REPOSITORY}/{DIGEST}", days: int | None = 1,
    tags: tuple[str, ...] | None = ("1",),
) -> InspectorCoverage:  # fmt: skip
    """Build what Inspector says of a resource, scanned some days ago, or never."""
    when = None if days is None else NOW - timedelta(days=days)
    return seen(InspectorCoverage, f"arn:aws:inspector2:{REGION}:{ACCOUNT}:coverage/{of}", resource_id=of,
                status=status, reason=reason, last_scanned_at=when, image_tags=tags)  # fmt: skip


def finding(
    severity: str = "CRITICAL", days: float = 1, fix: str | None = "YES", hole: str = "CVE-2026-1", *packages: Package,
    of: str = f"{REPOSITORY}/{DIGEST}", tags: tuple[str, ...] | None = ("1",),
) -> InspectorFinding:  # fmt: skip
    """Build a finding that was first seen some days ago."""
    return seen(InspectorFinding, f"arn:aws:inspector2:{REGION}:{ACCOUNT}:finding/{hole}", severity=severity,
                first_observed_at=NOW - timedelta(days=days), fix_available=fix, resource_id=of, image_tags=tags,
                vulnerability_id=hole, packages=packages)  # fmt: skip
