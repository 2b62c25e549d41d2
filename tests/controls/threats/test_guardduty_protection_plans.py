import pytest

from hexward.controls.threats.guardduty_protection_plans import PLANS, guardduty_protection_plans
from hexward.inventory import GuardDutyRegion
from hexward.inventory.guardduty import Feature
from hexward.model import Status
from tests.build import inventory, judge, seen


def region(
    *off: str, left_out: str = "", status: str | None = "ENABLED", detectors: tuple[str, ...] = ("d",)
) -> GuardDutyRegion:
    features = tuple(Feature(plan, "DISABLED" if plan in off else "ENABLED") for plan in PLANS if plan != left_out)
    return seen(GuardDutyRegion, detector_ids=detectors, status=status, features=features)


PASS = inventory(region())
FAIL = inventory(region("AI_PROTECTION"))


@pytest.mark.parametrize("plan", sorted(PLANS))
def test_each_missing_plan_is_a_fault_of_its_own(plan):
    for one in (region(plan), region(left_out=plan)):
        assert [fault.aspect for fault in judge(guardduty_protection_plans, one).faults] == [plan]


@pytest.mark.parametrize("one", [region(*PLANS, status=None, detectors=()), region(*PLANS, status="DISABLED")])
def test_says_nothing_of_a_region_where_guardduty_is_off(one):
    assert judge(guardduty_protection_plans, one).status is Status.NOT_APPLICABLE


def test_plans_for_kubernetes_are_not_asked_for():
    assert not [plan for plan in PLANS if plan.startswith("EKS")]
