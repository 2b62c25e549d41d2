"""Secrets, of which everything is read but the secret."""

from datetime import datetime
from typing import Annotated

from hexward.inventory.record import At, Record, record
from hexward.inventory.tags import Tags, from_pairs

SECRETS = "secretsmanager:ListSecrets"


@record
class Secret(Record):
    """A secret. `owner` is the service of AWS that keeps it, `primary_region` where it is copied from, each None where there is none.

    https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_SecretListEntry.html
    """

    name: Annotated[str, At(SECRETS, "SecretList[].Name")]
    created: Annotated[datetime, At(SECRETS, "SecretList[].CreatedDate")]
    rotation_enabled: Annotated[bool | None, At(SECRETS, "SecretList[].RotationEnabled")]
    last_rotated: Annotated[datetime | None, At(SECRETS, "SecretList[].LastRotatedDate")]
    next_rotation: Annotated[datetime | None, At(SECRETS, "SecretList[].NextRotationDate")]
    owner: Annotated[str | None, At(SECRETS, "SecretList[].OwningService")]
    primary_region: Annotated[str | None, At(SECRETS, "SecretList[].PrimaryRegion")]
    tags: Annotated[Tags | None, At(SECRETS, "SecretList[].Tags", from_pairs)]

    @property
    def names(self) -> tuple[str, ...]:
        """Return the texts by which a function may name it: its name, and its ARN with or without the six random characters."""
        return (self.name, self.arn, self.arn.rpartition("-")[0])
