import pytest

from hexward.controls.network.sensitivity_separation import sensitivity_separation
from hexward.inventory import Ref, Subnet, Workload
from hexward.model import Status
from tests.build import inventory, judge, seen

SUBNET = seen(Subnet, subnet_id="subnet-1")


def workload(name: str, word: str | None) -> Workload:
    told = None if word is None else Ref(word, "tag")
    return seen(Workload, f"arn:{name}", name=name, subnets=(Ref("subnet-1", "vpc"),), sensitivity=told)


PASS = inventory(SUBNET, workload("a", "restricted"), workload("b", "restricted"))
FAIL = inventory(SUBNET, workload("a", "restricted"), workload("b", "public"))


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ([], Status.NOT_APPLICABLE),
        ([None], Status.NOT_APPLICABLE),
        (["internal"], Status.PASS),
        (["restricted", None], Status.UNKNOWN),
        (["restricted", "internal", None], Status.FAIL),
    ],
)
def test_what_no_tag_classes_is_never_a_pass_beside_what_is(words, status):
    workloads = [workload(f"w{n}", word) for n, word in enumerate(words)]
    assert judge(sensitivity_separation, SUBNET, *workloads).status is status


def test_names_a_workload_of_each_class_least_sensitive_first():
    [fault] = judge(sensitivity_separation, SUBNET, workload("a", "restricted"), workload("b", "public")).faults
    assert fault.says == "it holds data of 2 classes: public (b), restricted (a)"
