from datetime import datetime, timedelta
from typing import Any

import pytest

from hexward.controls.encryption.secret_rotated import secret_rotated
from hexward.inventory import Function, Secret, Stage, Workload
from hexward.model import Status
from tests.build import ACCOUNT, NOW, REGION, inventory, judge, seen

ARN = f"arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:prod/db-AbCdEf"
AI = {"workload": "inference"}


def days(number: int) -> datetime:
    return NOW + timedelta(days=number)


def secret(**changes: Any) -> Secret:
    fields: dict[str, Any] = {
        "name": "prod/db", "created": days(-400), "rotation_enabled": True, "last_rotated": days(-20), "next_rotation": days(10),
        "owner": None, "primary_region": None, "tags": AI,
    }  # fmt: skip
    return seen(Secret, ARN, **{**fields, **changes})


PASS = inventory(secret())
FAIL = inventory(secret(rotation_enabled=False))


@pytest.mark.parametrize(
    ("changes", "aspects"),
    [
        ({"rotation_enabled": None, "last_rotated": None, "next_rotation": None}, ["off"]),
        ({"next_rotation": days(-1)}, []),
        ({"next_rotation": days(-3)}, ["late"]),
        ({"last_rotated": days(-91), "next_rotation": None}, []),
        ({"last_rotated": days(-92)}, ["age"]),
        ({"last_rotated": None}, ["age"]),
        ({"last_rotated": None, "created": days(-5)}, []),
        ({"last_rotated": days(-120), "next_rotation": days(-30)}, ["late", "age"]),
        ({"rotation_enabled": False, "owner": "sagemaker"}, []),
        ({"rotation_enabled": False, "primary_region": "eu-west-1"}, []),
    ],
)
def test_tells_off_late_and_old_apart(changes, aspects):
    assert [fault.aspect for fault in judge(secret_rotated, secret(**changes)).faults] == aspects


@pytest.mark.parametrize("named", ["prod/db", ARN, ARN.removesuffix("-AbCdEf")])
def test_a_secret_that_an_ai_function_names_is_judged(named):
    function = seen(Function, stores={"SECRET_NAME": named})
    workload = seen(Workload, function.arn, stage=Stage.INFER)
    off = secret(tags=None, rotation_enabled=False)
    assert judge(secret_rotated, off, function, workload).status is Status.FAIL
    elsewhere = seen(Workload, "arn:other", stage=Stage.INFER)
    assert judge(secret_rotated, off, function, elsewhere).status is Status.NOT_APPLICABLE
    assert judge(secret_rotated, off, seen(Function), workload).status is Status.UNKNOWN
