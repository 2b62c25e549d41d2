"""The findings as CSV for a spreadsheet, where no cell can become a formula."""

import csv
import io

from hexward.report.document import Audit
from hexward.report.text import printable

COLUMNS = (
    "control", "practice", "kind", "status", "severity", "account", "region", "resource", "says", "frameworks", "fingerprint"
)  # fmt: skip

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What makes a spreadsheet take a cell for a formula; https://owasp.org/www-community/attacks/CSV_Injection."""


def render(audit: Audit) -> str:
    """Return one line per finding, passes too, under a line of names."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in audit.findings:
        cells = (
            one.control, one.practice.value, one.kind.value, one.status.value, str(one.severity), one.account, one.region,
            one.resource, one.says, " ".join(one.frameworks), one.fingerprint,
        )  # fmt: skip
        writer.writerow(_cell(cell) for cell in cells)
    return out.getvalue()


def _cell(text: str) -> str:
    shown = f"'{text}" if text.lstrip().startswith(FORMULA) or text.startswith(FORMULA) else text
    return printable(shown)
