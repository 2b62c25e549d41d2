import pytest

from hexward.controls.identity.external_trust import external_trust
from hexward.model import Status
from tests.build import ACCOUNT, inventory, judge
from tests.controls.identity.build import TRUST, policy, role

VENDOR = "999988887777"


def trusting(principal: object, **condition: object) -> str:
    more = {"Condition": condition} if condition else {}
    return policy(Principal=principal, Action="sts:AssumeRole", **more)


PASS = inventory(role(trust=trusting({"AWS": VENDOR}, StringEquals={"sts:ExternalId": "a-long-secret"})))
FAIL = inventory(role(trust=trusting({"AWS": VENDOR})))


@pytest.mark.parametrize(
    ("trust", "status"),
    [
        (trusting({"AWS": f"arn:aws:iam::{VENDOR}:role/scanner"}), Status.FAIL),
        (trusting("*"), Status.FAIL),
        (trusting("*", StringEquals={"aws:PrincipalOrgID": "o-ours"}), Status.PASS),
        (trusting("*", StringEquals={"aws:PrincipalAccount": ACCOUNT}), Status.PASS),
        (trusting({"AWS": VENDOR}, StringLike={"sts:ExternalId": "*"}), Status.FAIL),
        (trusting({"AWS": VENDOR}, Bool={"aws:MultiFactorAuthPresent": "true"}), Status.FAIL),
        (trusting({"AWS": f"arn:aws:iam::{ACCOUNT}:root"}), Status.PASS),
        (TRUST, Status.PASS),
    ],
)
def test_only_a_secret_or_the_organisation_lets_others_in(trust, status):
    assert judge(external_trust, role(trust=trust)).status is status


def test_names_each_account_that_is_let_in():
    [first, second] = judge(external_trust, role(trust=trusting({"AWS": [VENDOR, ACCOUNT, "*"]}))).faults
    assert (first.aspect, second.aspect) == (VENDOR, "*")
