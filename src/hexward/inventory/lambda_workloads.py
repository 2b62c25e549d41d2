"""The AI workloads that functions run: those whose environment names a model, an endpoint or an agent, or that a tag tells of."""

from hexward.inventory.inventory import Inventory
from hexward.inventory.lambda_ import Function
from hexward.inventory.record import NotCollected
from hexward.inventory.reference import Ref, refs
from hexward.inventory.s3 import bucket_of
from hexward.inventory.workloads import Stage, Workload, maker, sensitivity, workload


def _names_bucket(variable: str) -> bool:
    """Say whether a variable names a bucket of S3; a vector bucket is a store of another kind, and of AI alone."""
    return "BUCKET" in variable.upper() and "VECTOR" not in variable.upper()


def _belongs(one: Function) -> bool:
    """Say whether a function's environment or a tag makes it part of an AI workload; True where that cannot be known."""
    try:
        names_ai = any(not _names_bucket(name) for name in one.references or {})
        return names_ai or one.tags.get("workload", "").lower() in STAGES
    except NotCollected:
        # It is kept, and its fields say what is missing.
        return True


@maker(Function)
def function(inventory: Inventory, one: Function) -> Workload | None:
    """Return the function as a workload, None for one that has nothing to do with AI."""
    if not _belongs(one):
        return None

    def inputs() -> tuple[Ref, ...]:
        named = (value for name, value in (one.references or {}).items() if _names_bucket(name))
        return refs("Function.references", *(bucket_of(value) or value for value in named))

    return workload(
        one,
        {
            "name": lambda: one.name,
            "stage": lambda: STAGES.get(one.tags.get("workload", "").lower(), Stage.INFER),
            "roles": lambda: refs("Function.role", one.role),
            "subnets": lambda: refs("Function.vpc_config", *(one.vpc_config.subnet_ids if one.vpc_config else ())),
            "security_groups": lambda: refs(
                "Function.vpc_config", *(one.vpc_config.security_group_ids if one.vpc_config else ())
            ),
            "inputs": inputs,
            "keys": lambda: refs("Function.kms_key_arn", one.kms_key_arn),
            "entries": lambda: tuple(r for url in one.url for r in refs("Function.url", url.function_url)),
            "sensitivity": lambda: sensitivity(inventory, one.tags, inputs()),
        },
    )


STAGES = {
    "inference": Stage.INFER, "infer": Stage.INFER, "training": Stage.TRAIN, "train": Stage.TRAIN,
    "processing": Stage.PROCESS, "process": Stage.PROCESS, "development": Stage.DEVELOP, "develop": Stage.DEVELOP,
}  # fmt: skip
"""Values of the tag `workload` that make a function part of an AI workload."""
