"""What a bucket is for, as the workloads that read and write it tell."""

from hexward.inventory.inventory import Inventory
from hexward.inventory.record import Listing, exists
from hexward.inventory.s3 import Bucket
from hexward.inventory.sagemaker import Model
from hexward.inventory.workloads import Stage, Workload


def holds_training_data(inventory: Inventory, bucket: Bucket) -> bool:
    """Say whether training reads the bucket. Raises NotCollected where something that was not seen may."""
    return exists(inventory.by(Workload, "input_buckets", bucket.name), lambda one: one.stage is Stage.TRAIN)


def holds_models(inventory: Inventory, bucket: Bucket) -> bool:
    """Say whether training writes the bucket or a model is loaded from it. Raises NotCollected as above."""
    writers = inventory.by(Workload, "output_buckets", bucket.name)
    models = inventory.by(Model, "buckets", bucket.name)
    users: Listing[Model | Workload] = Listing((*models.records, *writers.records), (*models.gaps, *writers.gaps))
    return exists(users, lambda one: isinstance(one, Model) or one.stage is Stage.TRAIN)
