"""What Shield Advanced protects."""

from typing import Annotated

from hexward.inventory.record import At, Record, record

PROTECTIONS = "shield:ListProtections"


@record
class ShieldProtection(Record):
    """A thing that Shield Advanced protects; an account without a subscription has none.

    https://docs.aws.amazon.com/waf/latest/DDOSAPIReference/API_Protection.html
    """

    resource_arn: Annotated[str, At(PROTECTIONS, "Protections[].ResourceArn")]
