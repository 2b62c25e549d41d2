"""What buckets and keys are for, as whatever refers to them tells."""

from collections.abc import Iterator

from hexward.inventory.bedrock import CustomModel
from hexward.inventory.bedrock_agentcore_control import AgentMemory
from hexward.inventory.inventory import Inventory
from hexward.inventory.kms import Alias, Key, references_to
from hexward.inventory.record import Listing, NotCollected, Record, either, exists, note, readable
from hexward.inventory.region import within
from hexward.inventory.s3 import Bucket
from hexward.inventory.sagemaker import Domain, EndpointConfig, Model, NotebookInstance
from hexward.inventory.sagemaker_experiments import InferenceExperiment
from hexward.inventory.sagemaker_features import FeatureGroup
from hexward.inventory.sagemaker_jobs import ProcessingJob, TransformJob
from hexward.inventory.sagemaker_monitoring import (
    DataQualityJobDefinition,
    ModelBiasJobDefinition,
    ModelExplainabilityJobDefinition,
    ModelQualityJobDefinition,
    MonitoringSchedule,
)
from hexward.inventory.sagemaker_training import AutoMLJob, HyperParameterTuningJob, TrainingJob
from hexward.inventory.stores import STORES
from hexward.inventory.workloads import Stage, Workload

HOLDERS = (
    NotebookInstance, Domain, TrainingJob, EndpointConfig, HyperParameterTuningJob, AutoMLJob, ProcessingJob, TransformJob,
    DataQualityJobDefinition, ModelBiasJobDefinition, ModelExplainabilityJobDefinition, ModelQualityJobDefinition,
    MonitoringSchedule, FeatureGroup, InferenceExperiment, CustomModel, AgentMemory,
)  # fmt: skip
"""The kinds that name the key of AI data which they hold; buckets and stores do too."""

ENCRYPTED = (Alias, Bucket, Model, Workload, *HOLDERS, *STORES)
"""All kinds that `encrypted_with` looks at."""


def holds_training_data(inventory: Inventory, bucket: Bucket) -> bool:
    """Say whether training reads the bucket. Raises NotCollected where something that was not seen may."""
    return exists(inventory.by(Workload, "training_buckets", bucket.name), lambda _: True)


def holds_models(inventory: Inventory, bucket: Bucket) -> bool:
    """Say whether training writes the bucket or a model is loaded from it. Raises NotCollected as above."""
    writers = inventory.by(Workload, "output_buckets", bucket.name)
    models = inventory.by(Model, "buckets", bucket.name)
    users: Listing[Model | Workload] = Listing((*models.records, *writers.records), (*models.gaps, *writers.gaps))
    return exists(users, lambda one: isinstance(one, Model) or one.stage is Stage.TRAIN)


def holds_ai_data(inventory: Inventory, bucket: Bucket) -> bool:
    """Say whether the bucket holds training data or models; what was not seen of one hides nothing of the other."""
    return either(lambda: holds_training_data(inventory, bucket), lambda: holds_models(inventory, bucket))


def encrypted_with(inventory: Inventory, key: Key) -> Iterator[Record]:
    """Yield whatever holds AI data, buckets of training data or models and stores among it, and names a key.

    What was not read and may name it is noted after all that do; so is a bucket or a store of which it is not known what it holds.
    """
    unread: list[NotCollected] = []
    for reference in references_to(inventory, key):
        for kind in HOLDERS:
            holders = within(inventory.by(kind, "key_references", reference), key.region)
            unread += holders.gaps
            yield from holders.records
        for bucket in readable(within(inventory.by(Bucket, "key_references", reference), key.region), "name"):
            try:
                of_interest = holds_ai_data(inventory, bucket)
            except NotCollected as missing:
                note(missing)
                continue
            if of_interest:
                yield bucket
        for keeping in STORES:
            naming = readable(within(inventory.by(keeping, "key_references", reference), key.region), "of_ai")
            yield from (store for store in naming if store.of_ai)
    for gap in unread:
        note(gap.again())
