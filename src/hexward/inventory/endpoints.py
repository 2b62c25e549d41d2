"""What serves behind an endpoint: its configuration, the models of all variants, and their containers."""

from collections.abc import Iterator

from hexward.inventory.inventory import Inventory
from hexward.inventory.record import NotCollected, Record
from hexward.inventory.sagemaker import Endpoint, EndpointConfig, Model
from hexward.model import Gap, Reason


def named[R: Record](inventory: Inventory, kind: type[R], name: str, region: str) -> R:
    """Return the SageMaker thing of that name; by name, because SageMaker writes the names in its ARNs in lower case.

    Raises NotCollected where it was deleted or not seen.
    """
    for one in inventory.by(kind, "name", name):
        if one.region == region:
            return one
    raise NotCollected(
        kind.__name__, Gap(Reason.GONE, f"{name} is referred to and does not exist", region=region, resource=name)
    )


def config_of(inventory: Inventory, one: Endpoint) -> EndpointConfig:
    """Return how an endpoint serves. Raises NotCollected where that was deleted or not seen, as all of these do."""
    return named(inventory, EndpointConfig, one.endpoint_config_name, one.region)


def models_of(inventory: Inventory, one: Endpoint) -> Iterator[Model]:
    """Yield the models that answer an endpoint's requests, or get a copy of them. Raises NotCollected where they are not told."""
    config = config_of(inventory, one)
    for variant in (*config.production_variants, *(config.shadow_production_variants or ())):
        if variant.model_name is None:
            gap = Gap(Reason.NOT_COLLECTED, f"{variant.variant_name} serves inference components", region=one.region)
            raise NotCollected("Model", gap)
        yield named(inventory, Model, variant.model_name, one.region)


def images_and_data(inventory: Inventory, one: Endpoint) -> Iterator[tuple[str | None, str | None]]:
    """Yield the image and the address of the data of every container behind an endpoint; None for what one does not have."""
    for container in (c for model in models_of(inventory, one) for c in model.all_containers):
        if container.image is None and container.model_package_name is not None:
            gap = Gap(Reason.NOT_COLLECTED, f"{container.model_package_name} holds the image", region=one.region)
            raise NotCollected("Model", gap)
        yield container.image, container.data
