"""The findings in the AWS Security Finding Format, as `BatchImportFindings` of Security Hub takes them.

https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-findings-format-syntax.html
"""

from typing import Any

from hexward.controls import Control
from hexward.model import Finding, Kind, Status
from hexward.report.document import Audit
from hexward.report.json import laid_out
from hexward.report.text import printable

HOME = "us-east-1"
"""The region under which Security Hub keeps findings about things that no region holds."""

COMPLIANCE = {
    Status.PASS: "PASSED", Status.FAIL: "FAILED", Status.UNKNOWN: "WARNING", Status.NOT_APPLICABLE: "NOT_AVAILABLE",
    Status.EXCEPTED: "FAILED",
}  # fmt: skip


WORKFLOW = {Status.FAIL: "NEW", Status.UNKNOWN: "NEW", Status.EXCEPTED: "SUPPRESSED"}


def render(audit: Audit) -> str:
    """Return `{"Findings": […]}` with one finding for every risk control and resource; import at most 100 in one call."""
    controls = {control.id: control for control in audit.controls}
    when = audit.collected_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    findings = [_finding(one, controls[one.control], when) for one in audit.findings if one.kind is Kind.RISK]
    return laid_out({"Findings": findings})


def _finding(one: Finding, control: Control, when: str) -> dict[str, Any]:
    region = HOME if one.region in {"", "aws-global"} else one.region
    failed = one.status in {Status.FAIL, Status.UNKNOWN}
    partition = one.resource.split(":")[1] if one.resource.startswith("arn:") else "aws"
    compliance: dict[str, Any] = {"Status": COMPLIANCE[one.status], "SecurityControlId": one.control}
    if one.frameworks:
        compliance["RelatedRequirements"] = list(one.frameworks[:32])
    return {
        "SchemaVersion": "2018-10-08",
        "Id": f"hexward/{one.account}/{region}/{one.fingerprint}",
        "ProductArn": f"arn:{partition}:securityhub:{region}:{one.account}:product/{one.account}/default",
        "GeneratorId": f"hexward/{one.control}",
        "AwsAccountId": one.account,
        "Types": ["Software and Configuration Checks/AWS Security Best Practices"],
        "CreatedAt": when,
        "UpdatedAt": when,
        "Severity": {"Label": one.severity.name if failed else "INFORMATIONAL"},
        "Title": _cut(control.title, 256),
        "Description": _cut(printable(one.says), 1024),
        "Remediation": {"Recommendation": {"Text": _cut(control.fix, 512), "Url": control.source}},
        "Resources": [
            {"Type": "Other", "Id": _cut(printable(one.resource), 512), "Partition": partition, "Region": region}
        ],
        "Compliance": compliance,
        "Workflow": {"Status": WORKFLOW.get(one.status, "RESOLVED")},
        "RecordState": "ACTIVE",
    }


def _cut(text: str, most: int) -> str:
    """Keep within a limit of the format, which Security Hub enforces by refusing the whole import."""
    return text if len(text) <= most else f"{text[: most - 1]}…"
