import pytest

from hexward.controls import judge
from hexward.controls.trail.protected_logs_guardrail import ATTEMPTS, ON_BUCKETS, protected_logs_guardrail
from hexward.inventory import Bucket, Trail
from hexward.model import Status
from tests.build import inventory, seen
from tests.controls.guardrails import BREAK_GLASS, allowing, aspects, deny, guard, on_resources, organization

LOGS = [attempt.action for attempt in ATTEMPTS]
TRAIL = seen(Trail, s3_bucket_name="logs")
BUCKET = seen(Bucket, "arn:aws:s3:::logs")
INSIDE = ["arn:aws:s3:::logs", "arn:aws:s3:::logs/*"]
FILES = {f"{call} logs" for call in ON_BUCKETS}
GUARD = deny(*LOGS, condition=BREAK_GLASS)
ON_FILES = deny(*ON_BUCKETS, Resource=INSIDE, condition=BREAK_GLASS)

PASS = inventory(organization(), allowing(), guard(GUARD, ON_FILES), TRAIL, BUCKET)
FAIL = inventory(organization(), allowing(), guard(GUARD), TRAIL, BUCKET)


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        ([GUARD, ON_FILES], set()),
        ([GUARD], FILES),
        ([ON_FILES], set(LOGS)),
        ([GUARD, deny("s3:*", Resource=INSIDE[0])], {f"s3:{call} logs" for call in ("DeleteObject", "DeleteObjectVersion")}),
        ([GUARD, deny("s3:Delete*", "s3:PutLifecycleConfiguration", Resource="arn:aws:s3:::other*")], FILES),
        ([deny(*LOGS, Resource="arn:aws:logs:*:*:log-group:/aws/*"), ON_FILES], set(LOGS)),
    ],
)  # fmt: skip
def test_each_way_to_destroy_logs_is_a_fault_of_its_own(statements, expected):
    assert aspects(protected_logs_guardrail, *statements, others=(TRAIL, BUCKET)) == expected


def test_a_resource_control_policy_may_protect_the_buckets():
    others = (TRAIL, BUCKET, on_resources(deny(*ON_BUCKETS, condition=BREAK_GLASS)))
    assert aspects(protected_logs_guardrail, GUARD, others=others) == set()


def test_a_bucket_that_is_not_the_accounts_is_unknown_and_hides_no_fault():
    one = organization()
    for statement, status in ((GUARD, Status.UNKNOWN), (deny("s3:*"), Status.FAIL)):
        verdict = judge(protected_logs_guardrail, one, inventory(one, allowing(), guard(statement), TRAIL))
        assert verdict.status is status
        assert [missing.gap.resource for missing in verdict.unseen] == ["logs"]
