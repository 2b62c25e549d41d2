"""Inventory → findings: one file per control, in a folder per practice."""

from hexward.controls.audit import Verdict, audit, judge
from hexward.controls.control import Control, NotApplicable, control
from hexward.controls.score import Score, score
from hexward.controls.walk import controls, ids, load

__all__ = [
    "Control",
    "NotApplicable",
    "Score",
    "Verdict",
    "audit",
    "control",
    "controls",
    "ids",
    "judge",
    "load",
    "score",
]
