"""Machines: which of SageMaker's keep data on disks of their own, and which of EC2's are made for models."""

import re

import msgspec

FAMILY = re.compile(r"ml\.(?P<name>[a-z]+\d+(?P<options>[a-z-]*)\w*)\.")
WITH_DISKS = {
    *("dl1", "g5", "g6", "g6e", "g6f", "g7e", "gr6", "gr6f", "p5", "p5e", "p5en", "p6-b200", "p6-b300", "p6e-gb200"),
    *("trn1", "trn1n", "trn2"),
}
"""Families of machines with disks of their own whose name does not say so by a `d` after the generation."""


def has_own_disks(instance_type: str) -> bool:
    """Say whether a machine (`ml.g5.xlarge`) keeps data on disks of its own, which the hardware encrypts and no KMS key can.

    https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ResourceConfig.html and
    https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-store-volumes.html
    """
    family = FAMILY.match(instance_type)
    return family is not None and (family["name"] in WITH_DISKS or "d" in family["options"])


ACCELERATED = re.compile(r"(?:p|g|gr|dl|inf|trn)\d[a-z0-9-]*\.")


def is_accelerated(instance_type: str) -> bool:
    """Say whether an EC2 instance (`g5.xlarge`) has GPUs or AWS's own chips for models.

    https://docs.aws.amazon.com/ec2/latest/instancetypes/ac.html
    """
    return ACCELERATED.match(instance_type) is not None


class Machines(msgspec.Struct, frozen=True):
    """The machines of a job: their types, empty where SageMaker does not tell, their number, None likewise, and their volumes' key."""

    types: tuple[str, ...]
    count: int | None
    volume_key: str | None

    @property
    def have_volumes(self) -> bool:
        """Say whether a key can encrypt their volumes; where the type is not told, they may well have some."""
        return not self.types or not all(map(has_own_disks, self.types))
