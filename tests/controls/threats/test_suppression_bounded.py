import pytest

from hexward.controls.threats.suppression_bounded import suppression_bounded
from hexward.inventory import GuardDutyFilter
from hexward.inventory.guardduty import Condition
from hexward.model import Status
from tests.build import inventory, judge, seen

SCAN = Condition(equals=("Recon:EC2/PortProbeUnprotectedPort",))
STOLEN = Condition(equals=("UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.OutsideAWS",))
BASTION = Condition(equals=("i-99999999",))
EXIT = Condition(equals=("198.51.100.6",))
CURRENT = Condition(equals=("false",))
ADDRESS = "service.action.awsApiCallAction.remoteIpDetails.ipAddressV4"
INSTANCE = "resource.instanceDetails.instanceId"


def rule(action: str = "ARCHIVE", **criterion: Condition) -> GuardDutyFilter:
    return seen(GuardDutyFilter, name="quiet", action=action, criterion=criterion)


def on(name: str, condition: Condition, **more: Condition) -> GuardDutyFilter:
    return seen(GuardDutyFilter, name="quiet", action="ARCHIVE", criterion={name: condition, **more})


PASS = inventory(rule(severity=Condition(less_than=7)))
FAIL = inventory(rule(severity=Condition(less_than=8)))


@pytest.mark.parametrize(
    "severity",
    [
        Condition(lt=7), Condition(lt=4), Condition(lte=6), Condition(less_than_or_equal=6), Condition(eq=("2", "5")),
        Condition(equals=("2.0",)), Condition(gte=1, lt=7), Condition(less_than=9, lte=3),
    ],
)  # fmt: skip
def test_a_severity_below_7_keeps_severe_findings_out(severity):
    assert judge(suppression_bounded, rule(severity=severity)).status is Status.PASS


@pytest.mark.parametrize(
    "severity",
    [
        Condition(lte=7), Condition(less_than_or_equal=7), Condition(gte=1), Condition(gt=1), Condition(eq=("2", "8")),
        Condition(equals=("high",)), Condition(neq=("8",)), Condition(not_equals=("8", "9")), Condition(matches=("2",)), Condition(),
    ],
)  # fmt: skip
def test_any_other_condition_on_severity_does_not(severity):
    assert [fault.aspect for fault in judge(suppression_bounded, rule(severity=severity)).faults] == ["severe"]


@pytest.mark.parametrize(
    ("one", "aspects"),
    [
        (rule(), ["severe"]),
        (on("service.archived", CURRENT), ["severe"]),
        (rule(type=SCAN), ["severe"]),
        (on(INSTANCE, BASTION), ["severe"]),
        (on(INSTANCE, BASTION, type=SCAN), []),
        (on(INSTANCE, Condition(matches=("*",)), type=SCAN), ["severe"]),
        (on(INSTANCE, Condition(matches=("i-*",)), type=SCAN), ["severe"]),
        (on(INSTANCE, Condition(matches=("i-99999999",)), type=SCAN), []),
        (on(INSTANCE, Condition(not_equals=("i-1",)), type=SCAN), ["severe"]),
        (on(ADDRESS, EXIT, type=SCAN), []),
        (on(ADDRESS, Condition(equals=("10.0.0.0/8",)), type=SCAN), ["severe"]),
        (on("service.action.actionType", Condition(equals=("DNS_REQUEST",)), type=SCAN), ["severe"]),
        (on("resource.instanceDetails.imageId", Condition(equals=("ami-1",)), type=SCAN), ["severe"]),
        (on("resource.accessKeyDetails.userType", Condition(equals=("Role",)), type=SCAN), ["severe"]),
        (on("resource.resourceType", Condition(equals=("Instance",)), type=SCAN), ["severe"]),
        (on("accountId", Condition(equals=("111122223333",)), type=SCAN), ["severe"]),
        (on(INSTANCE, BASTION, type=Condition(matches=("Recon:*",))), ["severe"]),
        (on(INSTANCE, BASTION, type=Condition(not_equals=("Recon:EC2/Portscan",))), ["severe"]),
        (on(ADDRESS, EXIT, type=STOLEN), ["grave"]),
        (rule(type=STOLEN), ["severe", "grave"]),
        (rule(type=STOLEN, severity=Condition(lt=7)), ["grave"]),
        (rule(type=Condition(eq=("AttackSequence:S3/CompromisedData",)), severity=Condition(lt=7)), ["grave"]),
        (rule(type=Condition(matches=("Unauthorized*",)), severity=Condition(lt=7)), ["grave"]),
        (rule(type=Condition(matches=("Recon:*",)), severity=Condition(lt=7)), []),
    ],
)
def test_types_must_be_named_and_so_must_the_resource(one, aspects):
    assert [fault.aspect for fault in judge(suppression_bounded, one).faults] == aspects


def test_saved_searches_archive_nothing():
    assert judge(suppression_bounded, rule("NOOP")).status is Status.NOT_APPLICABLE
