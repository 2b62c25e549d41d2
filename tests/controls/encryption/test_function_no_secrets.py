from typing import Any

import pytest

from hexward.controls.encryption.function_no_secrets import function_no_secrets
from hexward.inventory import Function, Stage, Workload
from hexward.model import Status
from tests.build import inventory, judge, seen


def function(*secrets: str) -> Function:
    return seen(Function, name="ask", secrets=secrets)


def workload(**fields: Any) -> Workload:
    return seen(Workload, function().arn, **fields)


AI = workload(stage=Stage.INFER)
PASS = inventory(function(), AI)
FAIL = inventory(function("OPENAI_API_KEY"), AI)


@pytest.mark.parametrize(
    ("one", "others", "status"),
    [
        (function("TOKEN"), (seen(Workload, "arn:other", stage=Stage.INFER),), Status.NOT_APPLICABLE),
        (function("TOKEN"), (workload(),), Status.UNKNOWN),
        (function("TOKEN"), (workload(stage=Stage.TRAIN),), Status.FAIL),
        (seen(Function, secrets=None), (AI,), Status.PASS),
        (seen(Function), (AI,), Status.UNKNOWN),
    ],
)
def test_judges_functions_of_ai_workloads(one, others, status):
    assert judge(function_no_secrets, one, *others).status is status


def test_each_variable_is_a_fault_of_its_own():
    found = judge(function_no_secrets, function("A_TOKEN", "B_TOKEN"), AI)
    assert [fault.aspect for fault in found.faults] == ["A_TOKEN", "B_TOKEN"]
