"""What a detection is: its documentation, one rule or several under a correlation, and the log that it needs."""

from enum import StrEnum

import msgspec

from hexward.detections.expression import Expression, fields
from hexward.events import DataSource, Log
from hexward.model import HexwardError, Severity


class DetectionError(HexwardError):
    """A detection's file is not what the others are; says the file, the line and why."""


class CorrelationType(StrEnum):
    """Sigma's correlations that are read; https://sigmahq.io/docs/meta/correlations.html."""

    EVENT_COUNT = "event_count"
    VALUE_COUNT = "value_count"
    VALUE_SUM = "value_sum"
    TEMPORAL_ORDERED = "temporal_ordered"


class Correlation(msgspec.Struct, frozen=True, omit_defaults=True):
    """How hits of rules become one alert: within `timespan_seconds`, among events that agree in the fields of `group_by`.

    `at_least` is the count of events, of distinct values of `field`, or its sum; temporal_ordered, which wants one hit of
    each rule in their order, leaves it 0.
    """

    type: CorrelationType
    group_by: tuple[str, ...]
    timespan_seconds: int
    at_least: float = 0
    field: str = ""


class Rule(msgspec.Struct, frozen=True, omit_defaults=True):
    """A question to single events of one log. `name` is what a correlation calls it by, empty for a detection of one rule.

    `often`, of a step of an ordered correlation, is how often the rule must match before the step is made.
    """

    name: str
    log: Log
    expression: Expression
    often: Correlation | None = None

    @property
    def asks(self) -> frozenset[str]:
        """Return the fields that it looks at, and those that its hits are counted by."""
        counted = {self.often.field, *self.often.group_by} - {""} if self.often is not None else set()
        return fields(self.expression).union(counted)


class Detection(msgspec.Struct, frozen=True, omit_defaults=True):
    """One file. `id` is its path (`threats.bedrock_invocation_logging_deleted`), `sigma_id` the UUID that Sigma tools know it by."""

    id: str
    title: str
    level: Severity
    rules: tuple[Rule, ...]
    correlation: Correlation | None = None
    sigma_id: str = ""
    status: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    false_positives: tuple[str, ...] = ()
    data_source: DataSource = DataSource.CLOUDTRAIL
    playbook: str = ""

    @property
    def tactics(self) -> tuple[str, ...]:
        """Return the tactics of ATT&CK as its matrix names them: `defense-impairment`, in the order of the tags."""
        words = (tag.removeprefix("attack.") for tag in self.tags if tag.startswith("attack."))
        return tuple(word.replace("_", "-") for word in words if not word[1:2].isdigit())

    @property
    def asks(self) -> frozenset[str]:
        """Return the fields that it looks at."""
        one = self.correlation
        counted = {one.field, *one.group_by} - {""} if one is not None else set()
        return frozenset(counted).union(*(rule.asks for rule in self.rules))
