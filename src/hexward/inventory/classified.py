"""Which classes of data a key encrypts, as the tags of whatever names the key tell."""

from collections.abc import Iterator

from hexward.inventory.dynamodb import DynamoTable
from hexward.inventory.ec2_disks import Volume
from hexward.inventory.inventory import Inventory
from hexward.inventory.kms import Alias, Key, references_to
from hexward.inventory.rds import DBCluster, DBInstance
from hexward.inventory.record import readable
from hexward.inventory.region import within
from hexward.inventory.s3 import Bucket
from hexward.inventory.sensitivity import class_of
from hexward.inventory.workloads import Workload

TAGGED = (Bucket, Volume, DBInstance, DBCluster, DynamoTable)
"""The kinds that name a key and have tags of their own."""

CLASSIFIED = (Alias, Workload, *TAGGED)
"""All kinds that `classified_with` looks at."""


def classified_with(inventory: Inventory, key: Key) -> Iterator[tuple[str, str]]:
    """Yield the class and the ARN of everything that names a key and of which a tag tells the class.

    What was not read and may name the key is noted. A workload counts for the keys of its disks, not for that of what it writes, which
    is of the class of the bucket that it writes to.
    """
    for reference in references_to(inventory, key):
        for kind in TAGGED:
            for one in readable(within(inventory.by(kind, "key_references", reference), key.region), "tags"):
                if (told := class_of(one.tags)) is not None:
                    yield told, one.arn
        working = within(inventory.by(Workload, "keys_of_disks", reference), key.region)
        for workload in readable(working, "sensitivity"):
            if workload.sensitivity is not None:
                yield workload.sensitivity.value, workload.arn
