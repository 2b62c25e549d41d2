"""Macie in each region, which looks for personal data and secrets in buckets."""

from typing import Annotated

from hexward.inventory.record import At, NotCollected, Record, record

SESSION = "macie2:GetMacieSession"
DISCOVERY = "macie2:GetAutomatedDiscoveryConfiguration"
MEMBERS = "macie2:ListAutomatedDiscoveryAccounts"


@record
class MacieRegion(Record):
    """Macie in one region; every field is None where it is off. `status` is ENABLED or PAUSED.

    https://docs.aws.amazon.com/macie/latest/APIReference/macie.html
    """

    status: Annotated[str | None, At(SESSION, "status")]
    configured_discovery: Annotated[str | None, At(DISCOVERY, "status")]
    """ENABLED or DISABLED; only an administrator's and a standalone account may ask for it."""
    member_discovery: Annotated[str | None, At(MEMBERS, "items[].status")]
    """The same of this account alone, which a member of an organisation may ask for."""

    @property
    def automated_discovery(self) -> str | None:
        """Return ENABLED, DISABLED, or None where Macie is off. Raises NotCollected if neither of the two answers tells."""
        try:
            return self.configured_discovery
        except NotCollected:
            if self.member_discovery is None:
                raise
            return self.member_discovery
