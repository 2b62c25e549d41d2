"""Audits to render: as small or as large, and with as hostile a text, as a test wants."""

from datetime import UTC, datetime

from hexward.controls import Control, by_control, by_framework, score
from hexward.inventory import Bucket
from hexward.model import Finding, Gap, Kind, Practice, Reason, Severity, Status
from hexward.report.document import Audit, Unseen
from tests.build import ACCOUNT

HOSTILE = (
    "</script><script>document.title='owned'</script>",
    "<img src=x onerror=\"document.title='owned'\">",
    "{{ 7 * 7 }}{% raw %}",
    '=HYPERLINK("http://127.0.0.1/")',
    "\x1b[31mred\x1b]0;title\x07",
    "a\u202eb\u200bc\ud7ff",
    "`code` | [link](javascript:alert(1)) **bold**",
    "line\r\none\u2028two",
    "<!--<script>",
)


def control(number: int = 0, text: str = "A control for tests, with a title") -> Control:
    return Control(
        id=f"network.example_{number}", practice=Practice.NETWORK, title=text, why=text, fix=text, severity=Severity.HIGH,
        kind=Kind.RISK, source="https://docs.aws.amazon.com/", frameworks=("AWS-FSBP:S3.8",), judges=Bucket, uses=(),
        rule=lambda _: iter(()),
        takes_inventory=False, was=(),
    )  # fmt: skip


def finding(text: str, status: Status = Status.FAIL, number: int = 0) -> Finding:
    return Finding(
        control=f"network.example_{number}", practice=Practice.NETWORK, kind=Kind.RISK, status=status, severity=Severity.HIGH,
        resource=text, account=ACCOUNT, region="us-east-1", says=text, aspect=text, frameworks=("AWS-FSBP:S3.8",),
        evidence={"field": text},
    )  # fmt: skip


def audit(*findings: Finding, gap: str = "") -> Audit:
    numbers = sorted({int(f.control.rpartition("_")[2]) for f in findings} | {0})
    gaps = (Unseen(Gap(Reason.DENIED, gap, gap, gap, gap, gap, gap), 2),) if gap else ()
    controls = tuple(control(number) for number in numbers)
    return Audit(
        account=ACCOUNT, regions=("us-east-1",), collected_at=datetime(2026, 3, 2, 12, tzinfo=UTC), controls=controls,
        findings=findings, scores={Practice.NETWORK: score(findings)}, unseen=gaps,
        frameworks=tuple(by_framework(by_control(findings), controls).values()),
    )  # fmt: skip


def hostile() -> Audit:
    return audit(*(finding(text) for text in HOSTILE), gap=" ".join(HOSTILE))
