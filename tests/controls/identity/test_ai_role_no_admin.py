import pytest

from hexward.controls.identity.ai_role_no_admin import ai_role_no_admin
from hexward.model import Status
from tests.build import inventory, judge
from tests.controls.identity.build import EVERYTHING, POWER_USER, READS_ONE_BUCKET, managed, policy, role, workload

PASS = inventory(role(READS_ONE_BUCKET), workload())
FAIL = inventory(role(EVERYTHING), workload())


@pytest.mark.parametrize(
    ("role_", "others", "status"),
    [
        (role(managed=("AdministratorAccess",)), (managed("AdministratorAccess"),), Status.FAIL),
        (role(policy(Action="iam:*")), (), Status.FAIL),
        (role(POWER_USER), (), Status.PASS),
        (
            role(EVERYTHING, policy(Effect="Deny", Action=["iam:AttachRolePolicy", "iam:PutRolePolicy"])),
            (),
            Status.FAIL,
        ),
        (role(EVERYTHING, policy(Effect="Deny", Action="iam:*")), (), Status.PASS),
        (role(EVERYTHING, boundary="Limit"), (managed("Limit", READS_ONE_BUCKET),), Status.PASS),
        (role(managed=("AdministratorAccess",)), (), Status.UNKNOWN),
        (role('{"Statement": [{"Effect": "Perhaps"}]}'), (), Status.UNKNOWN),
    ],
)
def test_weighs_policies_and_boundary_together(role_, others, status):
    assert judge(ai_role_no_admin, role_, workload(), *others).status is status


def test_roles_that_no_workload_runs_as_are_left_out():
    assert judge(ai_role_no_admin, role(EVERYTHING)).status is Status.NOT_APPLICABLE
