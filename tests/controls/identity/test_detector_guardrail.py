import pytest

from hexward.controls.identity.detector_guardrail import ATTEMPTS, detector_guardrail
from tests.build import inventory
from tests.controls.guardrails import BREAK_GLASS, allowing, aspects, deny, guard, on_resources, organization

CALLS = [attempt.action for attempt in ATTEMPTS]
KEYS = deny("kms:ScheduleKeyDeletion")

PASS = inventory(organization(), allowing(), guard(deny(*CALLS, condition=BREAK_GLASS)))
FAIL = inventory(organization(), allowing(), guard(deny(*CALLS[1:], condition=BREAK_GLASS)))


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        ([deny("organizations:LeaveOrganization")], set(CALLS) - {"organizations:LeaveOrganization"}),
        ([deny(*CALLS, Resource="arn:aws:guardduty:*:*:detector/*")],
         set(CALLS) - {"guardduty:DeleteDetector", "guardduty:UpdateDetector"}),
        ([deny(*CALLS, condition={"NumericLessThan": {"kms:ScheduleKeyDeletionPendingWindowInDays": "30"}})], set(CALLS)),
        ([deny(*CALLS, condition={"StringNotEquals": {"aws:PrincipalTag/security": "true"}})], set()),
        ([deny(*CALLS, condition={"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/*"}})], set(CALLS)),
        ([deny(*CALLS, condition={"StringNotLike": {"aws:userid": "AROABREAKGLASS000001:*"}})], set()),
        ([deny(*CALLS, condition={"NotIpAddress": {"aws:SourceIp": "192.0.2.0/24"}})], set(CALLS)),
        ([deny(*CALLS, condition={"Bool": {"aws:ViaAWSService": "false"}})], set()),
    ],
)  # fmt: skip
def test_each_call_is_a_fault_of_its_own(statements, expected):
    assert aspects(detector_guardrail, *statements) == expected


def test_a_resource_control_policy_stops_what_it_reaches():
    most = deny(*(call for call in CALLS if call != "kms:ScheduleKeyDeletion"))
    assert aspects(detector_guardrail, most) == {"kms:ScheduleKeyDeletion"}
    assert aspects(detector_guardrail, most, others=(on_resources(KEYS),)) == set()
    assert aspects(detector_guardrail, most, others=(on_resources(KEYS, at="ou-ab12-22222222"),)) == {
        "kms:ScheduleKeyDeletion"
    }
