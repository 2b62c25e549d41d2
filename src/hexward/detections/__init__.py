"""Events → alerts: one Sigma file per detection, in a folder per practice, and the engine that runs them."""

from hexward.detections.alerts import alerts
from hexward.detections.detection import Correlation, CorrelationType, Detection, DetectionError, Rule
from hexward.detections.engine import Engine
from hexward.detections.walk import detections, dumps, loads, user_detections

__all__ = [
    "Correlation",
    "CorrelationType",
    "Detection",
    "DetectionError",
    "Engine",
    "Rule",
    "alerts",
    "detections",
    "dumps",
    "loads",
    "user_detections",
]
