"""Tables."""

from typing import Annotated

import msgspec

from hexward.inventory.policy import document
from hexward.inventory.record import At, Part, Record, record
from hexward.inventory.tags import Tags, from_pairs

TABLE = "dynamodb:DescribeTable"


class TableEncryption(Part):
    """How a table is encrypted with a KMS key, the customer's or the one that AWS manages for DynamoDB."""

    kms_master_key_arn: str | None = msgspec.field(name="KMSMasterKeyArn", default=None)


@record
class DynamoTable(Record):
    """A table. `encryption` is None where DynamoDB uses a key of its own; `policy` is None where there is none.

    https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TableDescription.html
    """

    name: Annotated[str, At(TABLE, "Table.TableName")]
    encryption: Annotated[TableEncryption | None, At(TABLE, "Table.SSEDescription")]
    policy: Annotated[str | None, At("dynamodb:GetResourcePolicy", "Policy", document)]
    tags: Annotated[Tags, At("dynamodb:ListTagsOfResource", "Tags", from_pairs)]

    @property
    def key_references(self) -> tuple[str, ...]:
        """Return the text by which it names the key that encrypts it, if it names one."""
        key = None if self.encryption is None else self.encryption.kms_master_key_arn
        return () if key is None else (key,)

    @property
    def names(self) -> tuple[str, ...]:
        """Return the texts by which a function may name it."""
        return (self.name, self.arn)
