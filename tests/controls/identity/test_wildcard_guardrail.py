import pytest

from hexward.controls.identity.wildcard_guardrail import wildcard_guardrail
from tests.build import inventory
from tests.controls.guardrails import BREAK_GLASS, allowing, aspects, deny, guard, organization

ATTACH = [f"iam:Attach{kind}Policy" for kind in ("Role", "User", "Group")]
PUT = [f"iam:Put{kind}Policy" for kind in ("Role", "User", "Group")]
VERSIONS = ["iam:CreatePolicy", "iam:CreatePolicyVersion", "iam:SetDefaultPolicyVersion"]
BROAD = {
    "iam:PolicyARN": [
        f"arn:aws:iam::aws:policy/{name}" for name in ("AdministratorAccess", "PowerUserAccess", "*FullAccess")
    ]
}
BOUNDARY = {"StringNotEquals": {"iam:PermissionsBoundary": "arn:aws:iam::111122223333:policy/workload-boundary"}}

BROAD_ONLY = deny(*ATTACH, condition={"ArnLike": BROAD} | BREAK_GLASS)
WRITING = deny(*PUT, *VERSIONS, condition=BREAK_GLASS)

PASS = inventory(organization(), allowing(), guard(BROAD_ONLY, WRITING))
FAIL = inventory(organization(), allowing(), guard(BROAD_ONLY))


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        ([BROAD_ONLY, WRITING], set()),
        ([deny("iam:*", condition=BREAK_GLASS)], set()),
        ([WRITING], set(ATTACH)),
        ([deny(*ATTACH, condition={"ArnEquals": {"iam:PolicyARN": BROAD["iam:PolicyARN"][:2]}}), WRITING], set(ATTACH)),
        # Groups have no boundary, and versions of policies are no one's.
        ([deny(*ATTACH, *PUT, condition=BOUNDARY), deny(*VERSIONS, condition=BREAK_GLASS)], set()),
        ([BROAD_ONLY, deny(*PUT, *VERSIONS, Resource="arn:aws:iam::*:role/*")], {*PUT[1:], *VERSIONS}),
        (
            [BROAD_ONLY, deny(*PUT, *VERSIONS, condition={"Bool": {"aws:MultiFactorAuthPresent": "false"}})],
            {*PUT, *VERSIONS},
        ),
    ],
)
def test_each_way_to_grant_everything_is_a_fault_of_its_own(statements, expected):
    assert aspects(wildcard_guardrail, *statements) == expected
