import pytest

from hexward.controls.trail.log_retention import log_retention
from hexward.inventory import Function, LogGroup, Stage, Trail, Workload
from hexward.model import Status
from tests.build import ACCOUNT, REGION, inventory, judge, seen

TRAIL = seen(Trail, cloud_watch_logs_log_group_arn=f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:trail:*")
FUNCTION = seen(Function, "arn:chat", name="chat")
CHAT = seen(Workload, "arn:chat", name="chat", stage=Stage.INFER)


def group(name: str, days: int | None) -> LogGroup:
    return seen(LogGroup, f"arn:{name}", name=name, retention_in_days=days)


PASS = inventory(group("/aws/sagemaker/TrainingJobs", 365), TRAIL)
FAIL = inventory(group("/aws/sagemaker/TrainingJobs", 30), TRAIL)


@pytest.mark.parametrize(
    ("name", "days", "status"),
    [
        ("/aws/sagemaker/Endpoints/chat", None, Status.PASS),
        ("/aws/bedrock/invocations", 364, Status.FAIL),
        ("trail", 90, Status.FAIL),
        ("trail", 3653, Status.PASS),
        ("trail2", 1, Status.NOT_APPLICABLE),
        ("/aws/lambda/chat", 7, Status.FAIL),
        ("/aws/lambda/other", 7, Status.NOT_APPLICABLE),
        ("web-server", 7, Status.NOT_APPLICABLE),
    ],
)
def test_judges_the_groups_of_ai_and_of_trails(name, days, status):
    assert judge(log_retention, group(name, days), TRAIL, FUNCTION, CHAT).status is status


def test_a_trail_that_was_not_read_may_write_to_it():
    unread = TRAIL.punched("cloud_watch_logs_log_group_arn")
    assert judge(log_retention, group("somewhere", 7), unread).status is Status.UNKNOWN


def test_a_trail_of_another_region_does_not_write_to_it():
    far = seen(Trail, cloud_watch_logs_log_group_arn=f"arn:aws:logs:eu-west-1:{ACCOUNT}:log-group:trail:*")
    assert judge(log_retention, group("trail", 7), far).status is Status.NOT_APPLICABLE


def test_a_function_of_which_nobody_knows_what_it_does_is_unknown():
    unread = CHAT.punched("stage")
    assert judge(log_retention, group("/aws/lambda/chat", 7), TRAIL, FUNCTION, unread).status is Status.UNKNOWN
