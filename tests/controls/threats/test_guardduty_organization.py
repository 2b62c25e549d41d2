import pytest

from hexward.controls.threats.guardduty_organization import guardduty_organization
from hexward.inventory import GLOBAL, GuardDutyRegion, Organization
from hexward.inventory.guardduty import Administrator, OrganizationAdministrator
from hexward.model import Status
from tests.build import ACCOUNT, REGION, inventory, judge, seen

SECURITY = "999999999999"
MEMBER = seen(Organization, region=GLOBAL, id="o-1")
ALONE = seen(Organization, region=GLOBAL, id=None)


def region(status: str | None = "ENABLED", **fields: object) -> GuardDutyRegion:
    alone: dict[str, object] = {
        "administrator": None,
        "auto_enable_members": None,
        "delegated_administrators": None,
    }
    known = alone | fields
    return GuardDutyRegion.partial(
        {}, arn="d", account=ACCOUNT, region=REGION, detector_ids=("d",), status=status, **known
    )


PASS = inventory(region(administrator=Administrator(SECURITY, "Enabled")), MEMBER)
FAIL = inventory(region(), MEMBER)


@pytest.mark.parametrize(
    ("one", "aspects"),
    [
        (region(administrator=Administrator(SECURITY, "ENABLED")), []),
        (region(administrator=Administrator(SECURITY, "Disabled")), ["relationship"]),
        (region(administrator=Administrator(SECURITY)), ["relationship"]),
        (region(auto_enable_members="ALL"), []),
        (region(auto_enable_members="NEW"), ["auto-enable"]),
        (region(auto_enable_members="NONE"), ["auto-enable"]),
        (region(delegated_administrators=(OrganizationAdministrator(SECURITY, "ENABLED"),)), []),
        (region(delegated_administrators=(OrganizationAdministrator(SECURITY, "DISABLE_IN_PROGRESS"),)), ["nobody"]),
        (region(delegated_administrators=()), ["nobody"]),
    ],
)
def test_members_administrators_and_management_accounts_are_told_apart(one, aspects):
    assert [fault.aspect for fault in judge(guardduty_organization, one, MEMBER).faults] == aspects


@pytest.mark.parametrize(
    ("one", "organization"), [(region(), ALONE), (region("DISABLED"), MEMBER), (region(None), MEMBER)]
)
def test_says_nothing_of_an_account_alone_or_without_guardduty(one, organization):
    assert judge(guardduty_organization, one, organization).status is Status.NOT_APPLICABLE


@pytest.mark.parametrize("field", ["administrator", "auto_enable_members", "delegated_administrators"])
def test_what_was_not_asked_may_name_an_administrator(field):
    assert judge(guardduty_organization, region().punched(field), MEMBER).status is Status.UNKNOWN


def test_an_organisation_that_was_not_read_may_be_none():
    assert judge(guardduty_organization, region(), MEMBER.punched("id")).status is Status.UNKNOWN
