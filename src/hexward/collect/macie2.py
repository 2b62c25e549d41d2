"""Collects whether Macie is on in each region, and whether it looks for sensitive data by itself."""

from hexward.collect.table import Answers, Call, Table
from hexward.inventory import MacieRegion

OFF = ("AccessDeniedException: Macie is not enabled", "ResourceNotFoundException")
"""Macie refuses every call where it is off, with the code of a missing permission."""


def _on(answers: Answers) -> bool:
    return bool(answers.get("macie2:GetMacieSession"))


TABLES = (
    Table(
        MacieRegion,
        "macie2",
        Call("GetMacieSession", absent=OFF),
        "",
        "arn:{partition}:macie2:{region}:{account}:session",
        details=(
            Call("GetAutomatedDiscoveryConfiguration", absent=OFF[:1], needed=_on),
            # Members may not ask for the configuration, only for their own status.
            Call("ListAutomatedDiscoveryAccounts", {"accountIds": ["$account"], "maxResults": 25}, needed=_on),
        ),
    ),
)
