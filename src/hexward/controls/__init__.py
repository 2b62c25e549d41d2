"""Inventory → findings: one file per control, in a folder per practice."""

from hexward.controls.audit import Verdict, audit, judge
from hexward.controls.control import Control, NotApplicable, control
from hexward.controls.score import FrameworkScore, by_framework, score
from hexward.controls.walk import controls, ids, load
from hexward.inventory.securityhub_score import Score

__all__ = [
    "Control",
    "FrameworkScore",
    "NotApplicable",
    "Score",
    "Verdict",
    "audit",
    "by_framework",
    "control",
    "controls",
    "ids",
    "judge",
    "load",
    "score",
]
