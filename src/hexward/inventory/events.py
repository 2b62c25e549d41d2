"""EventBridge's rules on the bus that AWS's own services send to: which events they take, and to whom they hand them."""

from collections.abc import Mapping
from typing import Annotated

from hexward.inventory.event_pattern import takes
from hexward.inventory.record import At, NotCollected, Part, Record, record
from hexward.model import Gap, Reason

RULES = "events:ListRules"
TARGETS = "events:ListTargetsByRule"


class DeadLetterConfig(Part):
    """The queue that keeps events which could not be delivered; without an ARN there is none."""

    arn: str | None = None


class RetryPolicy(Part):
    """How often and how long EventBridge tries again; what is not set is 185 times and 24 hours."""

    maximum_retry_attempts: int | None = None
    maximum_event_age_in_seconds: int | None = None


class Target(Part):
    """Whom a rule hands an event to, and the role that it takes for that; functions and topics may do without one."""

    id: str
    arn: str
    role_arn: str | None = None
    dead_letter_config: DeadLetterConfig | None = None
    retry_policy: RetryPolicy | None = None

    @property
    def service(self) -> str:
        """Return the service in its ARN, such as `lambda` or `states`; empty if it is no ARN."""
        parts = self.arn.split(":")
        return parts[2] if len(parts) > 5 else ""  # noqa: PLR2004  (an ARN has six parts)


@record
class EventRule(Record):
    """A rule with a pattern on the default bus; rules that only run by the clock are left out.

    https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListRules.html
    """

    name: Annotated[str, At(RULES, "Rules[].Name")]
    state: Annotated[str, At(RULES, "Rules[].State")]
    pattern: Annotated[str, At(RULES, "Rules[].EventPattern")]
    targets: Annotated[tuple[Target, ...], At(TARGETS, "Targets")]

    @property
    def enabled(self) -> bool:
        """Say whether it takes any event at all. Raises NotCollected if its state was not read."""
        return self.state.startswith("ENABLED")

    def takes(self, event: Mapping[str, object]) -> bool:
        """Say whether it is enabled and its pattern takes an event.

        Raises NotCollected where a field was not read, or the pattern asks for what the event does not tell.
        """
        told = takes(self.pattern, event)
        if told is False or not self.enabled:
            return False
        if told is None:
            says = f"what the pattern of {self.name} asks cannot be told"
            gap = Gap(Reason.UNSUPPORTED, says, account=self.account, region=self.region, resource=self.arn)
            raise NotCollected("EventRule.pattern", gap)
        return True
