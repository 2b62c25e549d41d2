"""GuardDuty is administered from one account of the organisation, for every account.

Why: where each account keeps its own detector, whoever takes an account switches its detector off, and an account that was made
last week has none. A delegated administrator sees all findings in one place, and members cannot leave it.

Fix: have the management account delegate GuardDuty in each region, best to the security account, and there let auto-enable take in
ALL accounts. Each newly enabled account is billed. An administrator by invitation counts too. An account in no organisation is
left out.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.inventory import GuardDutyRegion, Inventory, Organization, exists
from hexward.model import Fault, Severity


@control(
    severity=Severity.HIGH,
    frameworks=("NIST-800-53:CA-7", "NIST-800-53:SI-4"),
    uses=(Organization,),
    source="https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_organizations.html",
)
def guardduty_organization(region: GuardDutyRegion, inventory: Inventory) -> Iterator[Fault]:
    if not region.enabled:
        raise NotApplicable("GuardDuty is off here, which threats.guardduty_everywhere reports")
    if region.administrator is not None:
        status = region.administrator.relationship_status or "not told"
        if status.upper() != "ENABLED":
            says = f"the relationship with the administrator {region.administrator.account_id} is {status}"
            yield Fault(says, field="administrator", aspect="relationship")
    elif region.auto_enable_members is not None:
        if region.auto_enable_members != "ALL":
            says = f"this account is the administrator, and auto-enable is {region.auto_enable_members}"
            yield Fault(says, field="auto_enable_members", aspect="auto-enable")
    elif not any(one.admin_status == "ENABLED" for one in region.delegated_administrators or ()):
        if not exists(inventory.of(Organization), lambda one: one.id is not None):
            raise NotApplicable("the account is in no organisation")
        yield Fault(f"nobody administers GuardDuty in {region.region} for the organisation", "administrator", "nobody")
