"""Findings → reports: one file per format, all written from one document."""

from hexward.report.document import Audit, judged

__all__ = ["Audit", "judged"]
