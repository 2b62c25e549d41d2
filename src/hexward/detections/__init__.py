"""Events → alerts: one Sigma file per detection, in a folder per practice, and the engine that runs them."""

from hexward.detections.alerts import alerts
from hexward.detections.blind import Blind, blind
from hexward.detections.detection import Correlation, CorrelationType, Detection, DetectionError, Rule
from hexward.detections.engine import Engine
from hexward.detections.incidents import Incident
from hexward.detections.walk import detections, dumps, loads, tactic_ids, user_detections
from hexward.detections.work import Search

__all__ = [
    "Blind",
    "Correlation",
    "CorrelationType",
    "Detection",
    "DetectionError",
    "Engine",
    "Incident",
    "Rule",
    "Search",
    "alerts",
    "blind",
    "detections",
    "dumps",
    "loads",
    "tactic_ids",
    "user_detections",
]
