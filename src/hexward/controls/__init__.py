"""Inventory → findings: one file per control, in a folder per practice."""

from hexward.controls.audit import Verdict, audit, judge
from hexward.controls.control import Control, NotApplicable, control
from hexward.controls.score import FrameworkScore, Score, by_control, by_framework, score, total
from hexward.controls.walk import controls, ids, load

__all__ = [
    "Control",
    "FrameworkScore",
    "NotApplicable",
    "Score",
    "Verdict",
    "audit",
    "by_control",
    "by_framework",
    "control",
    "controls",
    "ids",
    "judge",
    "load",
    "score",
    "total",
]
