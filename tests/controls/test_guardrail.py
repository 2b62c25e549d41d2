"""What binds an account, whatever the guardrail: told by one control, which stands for all that ask for guardrails."""

import pytest

from hexward.controls import judge
from hexward.controls.identity.detector_guardrail import ATTEMPTS, detector_guardrail
from hexward.inventory import Record, ResourceControlPolicy, ServiceControlPolicy
from hexward.inventory.organizations import Level
from hexward.model import Gap, Reason, Status
from tests.build import ACCOUNT, inventory
from tests.controls.guardrails import (
    EVERYTHING,
    ROOT,
    UNIT,
    allowing,
    deny,
    guard,
    organization,
    status,
)
from tests.controls.identity.build import workload

GUARD = guard(deny(*(attempt.action for attempt in ATTEMPTS)))
DENIED = Gap(Reason.DENIED, "no", "organizations:ListPolicies", "organizations:ListPolicies")


def levels(*policies: tuple[str, ...]) -> tuple[Level, ...]:
    return tuple(Level(policies=one, id=at) for one, at in zip(policies, (ROOT, UNIT, None), strict=True))


@pytest.mark.parametrize(
    ("fields", "aspect"),
    [
        ({"id": None, "management_account_id": None, "feature_set": None, "levels": None}, "alone"),
        ({"management_account_id": ACCOUNT}, "management"),
        ({"feature_set": "CONSOLIDATED_BILLING"}, "features"),
        ({"levels": levels((), (), ())}, "unused"),
    ],
)
def test_one_fault_says_that_no_guardrail_binds_the_account(fields, aspect):
    one = organization(**fields)
    verdict = judge(detector_guardrail, one, inventory(one, allowing(), GUARD, workload()))
    assert [fault.aspect for fault in verdict.faults] == [aspect]
    assert not verdict.unseen


def test_a_management_account_that_runs_no_ai_cannot_be_guarded_and_need_not():
    assert status(detector_guardrail, organization(management_account_id=ACCOUNT), GUARD) is Status.NOT_APPLICABLE


@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_guardrail_binds_from_every_level(at):
    attached: list[tuple[str, ...]] = [(EVERYTHING,)] * 3
    attached[at] = (EVERYTHING, GUARD.arn)
    assert status(detector_guardrail, organization(levels=levels(*attached)), allowing(), GUARD) is Status.PASS


def test_what_a_level_does_not_allow_is_stopped_too():
    listed = guard({"Effect": "Allow", "Action": ["s3:*", "sagemaker:*"], "Resource": "*"}, name="list")
    one = organization(levels=levels((EVERYTHING,), (listed.arn,), (EVERYTHING,)))
    assert status(detector_guardrail, one, allowing(), listed) is Status.PASS


def test_a_policy_that_is_attached_elsewhere_binds_nobody_here():
    assert status(detector_guardrail, organization(unit=()), allowing(), GUARD) is Status.FAIL


@pytest.mark.parametrize(
    "records",
    [
        (organization().punched("levels", DENIED), allowing(), GUARD),
        (organization().punched("management_account_id", DENIED), allowing(), GUARD),
        (organization(), allowing(), GUARD.punched("content", DENIED)),
        (organization(levels=levels((EVERYTHING,), (), (EVERYTHING,))), allowing(), GUARD),
        (organization(), allowing(), GUARD.partial({}, arn=GUARD.arn, content="{}")),
        (organization(), allowing()),
    ],
)
def test_whatever_was_not_seen_of_what_binds_the_account_is_unknown(records):
    assert status(detector_guardrail, *records) is Status.UNKNOWN


def test_the_missing_action_is_named_where_policies_may_not_be_listed():
    one = organization()
    given = inventory(one, unlisted={(ServiceControlPolicy, "aws-global"): DENIED})
    verdict = judge(detector_guardrail, one, given)
    assert {missing.gap.action for missing in verdict.unseen} == {"organizations:ListPolicies"}


def test_resource_control_policies_need_not_be_seen_where_callers_are_stopped():
    one = organization()
    unlisted: dict[tuple[type[Record], str], Gap] = {(ResourceControlPolicy, "aws-global"): DENIED}
    assert judge(detector_guardrail, one, inventory(one, allowing(), GUARD, unlisted=unlisted)).status is Status.PASS
    most = guard(deny(*(attempt.action for attempt in ATTEMPTS if attempt.service != "kms")))
    assert judge(detector_guardrail, one, inventory(one, allowing(), most, unlisted=unlisted)).status is Status.UNKNOWN


def test_tells_the_organisations_own_people_from_strangers():
    for key in ("aws:PrincipalOrgID", "aws:ResourceOrgID"):
        outsiders = guard(deny("*", condition={"StringNotEquals": {key: "o-a1b2c3d4e5"}}))
        assert status(detector_guardrail, organization(), allowing(), outsiders) is Status.FAIL
    path = {"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": f"o-a1b2c3d4e5/{ROOT}/{UNIT}/*"}}
    assert status(detector_guardrail, organization(), allowing(), guard(deny("*", condition=path))) is Status.PASS
