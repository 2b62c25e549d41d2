"""No AI workload runs in the account that manages the organisation.

Why: service control policies never bind the management account. Whoever takes over a notebook, a training job or a function there meets
no guardrail, and is next to the keys of every other account.

Fix: make a member account for the workloads and move them; endpoints and buckets get new addresses. Keep the management account for
what no other account can do, with few people in it.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.inventory import Inventory, Organization, Workload, exists
from hexward.model import Fault, Severity


@control(
    severity=Severity.MEDIUM,
    frameworks=("NIST-800-53:AC-5", "NIST-800-53:AC-6"),
    uses=(Workload,),
    source="https://docs.aws.amazon.com/organizations/latest/userguide/orgs_best-practices_mgmt-acct.html",
)
def management_account_free(organization: Organization, inventory: Inventory) -> Iterator[Fault]:
    if organization.id is None:
        raise NotApplicable("the account belongs to no organisation")
    if organization.management_account_id != organization.account:
        return
    workloads = inventory.of(Workload)
    if exists(workloads, lambda _: True):
        says = f"the account manages its organisation and runs AI workloads ({len(workloads)} seen)"
        yield Fault(says, field="management_account_id")
