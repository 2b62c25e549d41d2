from hexward.controls.alarms import Alarming
from hexward.controls.trail.ai_changes_alarmed import ai_changes_alarmed
from hexward.inventory import Workload
from hexward.model import Gap, Reason, Status
from tests.build import inventory, judge, seen

CHAT = seen(Workload, "arn:chat")
FAR = seen(Workload, "arn:chat", region="eu-west-1")


def region(*unheard: str) -> Alarming:
    return seen(Alarming, unheard_ai=unheard)


PASS = inventory(region(), CHAT)
FAIL = inventory(region("logs deleted"), CHAT)


def test_is_not_asked_where_no_ai_workload_is():
    assert judge(ai_changes_alarmed, region("logs deleted"), FAR).status is Status.NOT_APPLICABLE


def test_what_cannot_be_told_is_unknown():
    unread = region().punched("unheard_ai", Gap(Reason.DENIED, "no"))
    assert judge(ai_changes_alarmed, unread, CHAT).status is Status.UNKNOWN
