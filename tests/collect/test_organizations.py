"""The way from an account up to the root of its organisation, and what is attached on it."""

from collections.abc import Mapping
from typing import Any

import pytest

from hexward.aws.faults import Faulty, refused
from hexward.collect.collect import tables
from hexward.inventory import Organization, ResourceControlPolicy, ServiceControlPolicy
from hexward.inventory.organizations import Level
from hexward.model import Reason
from tests.aws.recorded import Recorded, error
from tests.build import ACCOUNT
from tests.collect.account import collected, whole

KINDS = (Organization, ServiceControlPolicy, ResourceControlPolicy)
TABLES = [table for table in tables() if table.record in KINDS]
TREE = {ACCOUNT: "ou-1", "ou-1": "ou-2", "ou-2": "r-1"}
ORGANIZATION = {"Id": "o-1", "MasterAccountId": "999988887777", "FeatureSet": "ALL"}


def parents(_region: str, arguments: Mapping[str, object]) -> dict[str, Any]:
    above = TREE[str(arguments["ChildId"])]
    return {"Parents": [{"Id": above, "Type": "ROOT" if above.startswith("r-") else "ORGANIZATIONAL_UNIT"}]}


def attached(_region: str, arguments: Mapping[str, object]) -> dict[str, Any]:
    return {"Policies": [{"Arn": f"arn:{arguments['TargetId']}"}]}


ANSWERS = {**whole(), "organizations:DescribeOrganization": {"Organization": ORGANIZATION},
           "organizations:ListParents": parents, "organizations:ListPoliciesForTarget": attached}  # fmt: skip


def test_walks_up_to_the_root_and_tells_what_is_attached_at_each_level():
    [one] = collected(Recorded(ANSWERS), TABLES).of(Organization)
    assert one.levels == (
        Level(policies=("arn:r-1",), id="r-1"),
        Level(policies=("arn:ou-2",), id="ou-2"),
        Level(policies=("arn:ou-1",), id="ou-1"),
        Level(policies=(f"arn:{ACCOUNT}",)),
    )
    assert one.path == "o-1/r-1/ou-2/ou-1/"
    assert one.ai_opt_outs == {"default": "optOut"}


def test_an_account_outside_any_organisation_has_none_and_no_gap():
    def alone(_region: str, _arguments: Mapping[str, object]) -> dict[str, Any]:
        raise error("AWSOrganizationsNotInUseException")

    calls = {call for table in TABLES for call in table.calls}
    seen = collected(Recorded({**whole(), **dict.fromkeys(calls, alone)}), TABLES)
    assert seen.gaps == []
    [one] = seen.records
    assert set(one.known().values()) == {None}


@pytest.mark.parametrize("call", ["organizations:ListParents", "organizations:ListPoliciesForTarget"])
def test_a_member_account_that_may_not_look_up_knows_its_organisation_and_not_the_levels(call):
    [one] = collected(Faulty(Recorded(ANSWERS), {call: refused("AccessDeniedException", 400)}), TABLES).of(Organization)
    assert one.management_account_id == "999988887777"
    assert {name: (gap.reason, gap.action) for name, gap in one.gaps.items()} == {"levels": (Reason.DENIED, call)}


def test_an_organisation_without_an_opt_out_policy_says_none():
    def none(_region: str, _arguments: Mapping[str, object]) -> dict[str, Any]:
        raise error("EffectivePolicyNotFoundException")

    [one] = collected(Recorded({**ANSWERS, "organizations:DescribeEffectivePolicy": none}), TABLES).of(Organization)
    assert one.ai_opt_outs is None


@pytest.mark.parametrize(
    "answer",
    [
        {"Parents": []},
        {"Parents": [{"Id": "ou-1", "Type": "ORGANIZATIONAL_UNIT"}]},
        {"Parents": [{"Id": "r-1", "Type": "ROOT"}, {"Id": "r-2", "Type": "ROOT"}]},
    ],
)
def test_a_way_that_does_not_end_at_a_root_is_malformed(answer):
    [one] = collected(Recorded({**ANSWERS, "organizations:ListParents": answer}), TABLES).of(Organization)
    assert one.gaps["levels"].reason is Reason.MALFORMED


def test_policies_are_listed_by_kind():
    def listed(_region: str, arguments: Mapping[str, object]) -> dict[str, Any]:
        return {"Policies": [{"Id": "p-1", "Arn": f"arn:{arguments['Filter']}"}]}

    seen = collected(Recorded({**ANSWERS, "organizations:ListPolicies": listed}), TABLES)
    assert {type(one).__name__: one.arn for one in seen.records if not isinstance(one, Organization)} == {
        "ServiceControlPolicy": "arn:SERVICE_CONTROL_POLICY",
        "ResourceControlPolicy": "arn:RESOURCE_CONTROL_POLICY",
    }
