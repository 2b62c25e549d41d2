from hexward.controls.identity.management_account_free import management_account_free
from hexward.model import Status
from tests.build import ACCOUNT, inventory, judge
from tests.controls.guardrails import MANAGEMENT, organization
from tests.controls.identity.build import workload

PASS = inventory(organization(), workload())
FAIL = inventory(organization(management_account_id=ACCOUNT), workload())


def test_a_management_account_without_workloads_is_as_it_should_be():
    assert judge(management_account_free, organization(management_account_id=ACCOUNT)).status is Status.PASS


def test_has_nothing_to_say_outside_an_organisation():
    alone = organization(id=None, management_account_id=None)
    assert judge(management_account_free, alone, workload()).status is Status.NOT_APPLICABLE


def test_other_accounts_may_run_workloads():
    assert (
        judge(management_account_free, organization(management_account_id=MANAGEMENT), workload()).status is Status.PASS
    )
