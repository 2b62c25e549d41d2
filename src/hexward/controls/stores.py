"""What is wrong with a store of AI data, for the controls over databases and those over stores of vectors."""

from collections.abc import Iterator

from hexward.controls.control import NotApplicable
from hexward.controls.policy import told_by_strangers
from hexward.iam.limits import limits_of
from hexward.iam.outsiders import outsiders
from hexward.inventory import Inventory
from hexward.inventory.kms import customer_managed
from hexward.inventory.stores import Store
from hexward.model import Fault

NOT_OF_AI = "neither a tag nor an AI function says that it holds AI data"

READS = {
    "dynamodb": ("dynamodb:GetItem", "dynamodb:Query", "dynamodb:Scan"),
    "s3vectors": ("s3vectors:GetVectors", "s3vectors:QueryVectors"),
}
"""Actions that read a store's data, by the service in its ARN."""


def without_customer_key(store: Store, inventory: Inventory) -> Iterator[Fault]:
    """Yield a fault for a store of AI data that no key of the customer's encrypts. Raises NotApplicable for any other store."""
    if not store.of_ai:
        raise NotApplicable(NOT_OF_AI)
    if store.kept_in is not None:
        raise NotApplicable(f"the cluster {store.kept_in} keeps its data")
    if not store.encrypted:
        yield Fault("AI data is not encrypted", field="encrypted")
    elif not customer_managed(inventory, store.key, store.region):
        yield Fault("AI data is encrypted with a key that the customer does not manage", field="key")


def open_to_strangers(store: Store, inventory: Inventory) -> Iterator[Fault]:
    """Yield a fault for each way in which strangers come to a store of AI data. Raises NotApplicable for any other store."""
    if not store.of_ai:
        raise NotApplicable(NOT_OF_AI)
    if store.public:
        yield Fault("its address can be reached from the internet", field="public", aspect="address")
    if store.policy is not None:
        reads = READS[store.arn.split(":")[2]]
        rcps = limits_of(inventory).rcps
        if "*" in outsiders(store, store.policy, *reads, told=told_by_strangers(store.region), rcps=rcps):
            yield Fault("its policy lets anyone with an AWS account read it", field="policy", aspect="policy")
