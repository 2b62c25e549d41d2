"""Where GuardDuty's severe findings go in each region: which rules of EventBridge hand them on, to what, and whether that may work."""

from collections.abc import Callable, Iterator, Mapping

from hexward.controls.policy import decided
from hexward.iam import Policies, Request, Verdict
from hexward.iam.principals import Principal, principal
from hexward.iam.rights import may
from hexward.iam.trust import trusts
from hexward.inventory import (
    Derived,
    EventRule,
    Function,
    GuardDutyRegion,
    Inventory,
    Listing,
    NotCollected,
    Record,
    Role,
)
from hexward.inventory.event_pattern import UNTOLD, Partial
from hexward.inventory.events import Target
from hexward.inventory.record import exists, record, some_is
from hexward.inventory.region import within
from hexward.model import Gap, Reason

EVENTS = "events.amazonaws.com"

SEVERE = (
    (7, "UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.OutsideAWS"),
    (8, "UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.OutsideAWS"),
    (8, "Exfiltration:S3/AnomalousBehavior"),
    (8, "CryptoCurrency:EC2/BitcoinTool.B"),
    (9, "AttackSequence:IAM/CompromisedCredentials"),
)
"""Findings that stand for all severe ones: stolen keys, copied data, stolen machines; high begins at 7, critical at 9.

https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings-severity.html
"""

ACTING = {
    "lambda": "lambda:InvokeFunction",
    "states": "states:StartExecution",
    "ssm": "ssm:StartAutomationExecution",
}
"""What EventBridge does to a target that acts, by the service in its ARN."""

TELLING = frozenset({"sns", "sqs", "ssm-incidents"})
"""Services that tell a person, or a tool that people watch."""

STORING = frozenset({"firehose", "kinesis", "logs"})
"""Services that only keep what they are handed."""


def severe_findings(region: Record) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Yield a name and the event of each severe finding, as GuardDuty would send it in a record's region.

    https://docs.aws.amazon.com/eventbridge/latest/ref/events-ref-guardduty.html
    """
    for severity, kind in SEVERE:
        told = {
            "schemaVersion": "2.0",
            "accountId": region.account,
            "region": region.region,
            "severity": severity,
            "type": kind,
        }
        service = Partial(serviceName="guardduty", archived=False)
        yield (
            f"severity {severity} {kind}",
            {
                "version": "0", "id": UNTOLD, "time": UNTOLD, "resources": [], "source": "aws.guardduty",
                "detail-type": "GuardDuty Finding", "account": region.account, "region": region.region,
                "detail": Partial(told, service=service),
            },
        )  # fmt: skip


def takes_severe(rule: EventRule) -> bool:
    """Say whether a rule takes some severe finding. Raises NotCollected where that cannot be told."""
    return some_is(severe_findings(rule), lambda one: rule.takes(one[1]))


def is_acting(target: Target) -> bool:
    """Say whether a target is of a kind that acts: a function, a state machine, or an automation of Systems Manager."""
    return target.service in ACTING and (target.service != "ssm" or ":automation-definition/" in target.arn)


def acts(inventory: Inventory, rule: EventRule, target: Target) -> bool:
    """Say whether a target acts on what it is handed, is there, and may be invoked by the rule.

    Whether a state machine or an automation is there is not seen, only that its role may start it. Raises NotCollected for another
    account's target, and for kinds of which nobody here can tell what they do with an event, such as another bus.
    """
    if not is_acting(target):
        if target.service in TELLING | STORING:
            return False
        raise _unseen(rule, f"what {target.arn} does with a finding")
    if target.service == "lambda":
        return _invokes(inventory, rule, target)
    return target.role_arn is not None and _role_may(inventory, target.role_arn, ACTING[target.service], target.arn)


def tells(rule: EventRule, target: Target) -> bool:
    """Say whether a target tells a person or a tool that people watch; raises NotCollected as above, and for a target that acts."""
    if target.service in TELLING or (target.service == "events" and ":api-destination/" in target.arn):
        return True
    if target.service in STORING:
        return False
    raise _unseen(rule, f"whether {target.arn} tells anyone")


def _unseen(rule: EventRule, what: str) -> NotCollected:
    gap = Gap(Reason.UNSUPPORTED, f"{what} is not seen", account=rule.account, region=rule.region, resource=rule.arn)
    return NotCollected("EventRule.targets", gap)


def _invokes(inventory: Inventory, rule: EventRule, target: Target) -> bool:
    """Say whether the function is there and EventBridge may invoke it: by the target's role, or else by the function's policy.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html
    """
    *name, qualifier = (*target.arn.split(":"), "")[:8]
    arn = ":".join(name) if len(name) == 7 else target.arn  # noqa: PLR2004  (`arn:…:function:NAME`)
    function = inventory.find(Function, arn, rule.region)
    if function is None:
        return False
    if target.role_arn is not None:
        return _role_may(inventory, target.role_arn, ACTING["lambda"], target.arn)
    if qualifier not in {"", "$LATEST"}:
        raise _unseen(rule, f"the policy of {target.arn}")
    if function.policy is None:
        return False
    source = {"aws:SourceArn": rule.arn, "aws:SourceAccount": rule.account}
    request = Request(EVENTS, ACTING["lambda"], function.arn, context=source)
    return decided(request, Policies(resource=function.policy), "Function.policy").verdict is Verdict.ALLOWED


def _role_may(inventory: Inventory, arn: str, action: str, resource: str) -> bool:
    role = inventory.find(Role, arn)
    return role is not None and trusts(role, EVENTS) and may(principal(inventory, role), action, resource)


@record
class Routing(Derived):
    """What becomes of severe findings in one region; its ARN is that of GuardDuty there."""

    enabled: bool
    unanswered: tuple[str, ...]
    """Severe findings that no rule hands to something that acts on them."""
    unheard: tuple[str, ...]
    """Severe findings that no rule hands to anything that tells a person."""

    @classmethod
    def sources_of(cls) -> tuple[type[Record], ...]:
        """Return the kinds it is put together from."""
        return (GuardDutyRegion, EventRule, Function, *Principal.sources_of())

    @classmethod
    def derive(cls, inventory: Inventory) -> Listing[Record]:
        """Follow the findings of every region."""
        regions = inventory.of(GuardDutyRegion)
        gaps = tuple(NotCollected(cls.__name__, missing.gap) for missing in regions.gaps)
        return Listing(tuple(_routing(inventory, one) for one in regions.records), gaps)


def _routing(inventory: Inventory, region: GuardDutyRegion) -> Routing:
    return Routing.worked_out(
        region,
        {
            "enabled": lambda: region.enabled,
            "unanswered": lambda: _lacking(inventory, region, lambda rule, target: acts(inventory, rule, target)),
            "unheard": lambda: _lacking(inventory, region, tells),
        },
    )


def _lacking(
    inventory: Inventory, region: GuardDutyRegion, serves: Callable[[EventRule, Target], bool]
) -> tuple[str, ...]:
    """Return the severe findings that no rule of the region hands to a target that serves.

    Raises NotCollected where that cannot be told of any, and where an administrator's account may see to it: it is sent the findings of
    its members too. https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_accounts.html
    """
    rules = within(inventory.of(EventRule), region.region)
    lacking: list[str] = []
    undecided: list[NotCollected] = []
    for name, event in severe_findings(region):
        try:
            if not exists(rules, lambda rule, event=event: rule.takes(event) and _serves(rule, serves)):  # type: ignore[misc]
                lacking.append(name)
        except NotCollected as missing:
            undecided.append(missing)
    if undecided and not lacking:
        raise undecided[0]
    if lacking and region.administrator is not None:
        says = f"the rules of {region.administrator.account_id}, which administers GuardDuty here, are not seen"
        raise NotCollected("EventRule", Gap(Reason.NOT_COLLECTED, says, account=region.account, region=region.region))
    return tuple(lacking)


def _serves(rule: EventRule, serves: Callable[[EventRule, Target], bool]) -> bool:
    return some_is(rule.targets, lambda target: serves(rule, target))


def some(findings: tuple[str, ...]) -> str:
    """Name the worst of some severe findings, and count the others."""
    return findings[-1] + (f" and {len(findings) - 1} more" if len(findings) > 1 else "")
