"""Which registries a request takes container images from, where they are neither the account's own nor AWS's."""

import re
from functools import cache
from importlib import resources

import msgspec

from hexward.events.request import texts

NAMED_BY = frozenset({"image", "imageuri", "trainingimage", "baseimage"})
"""Keys, in lower case, under which SageMaker's requests name an image."""
ECR = re.compile(r"(\d{12})\.dkr[.-]ecr[.-]")
DEFAULT = "docker.io"
"""The registry of an image that names none."""


class _Known(msgspec.Struct, frozen=True):
    source: str
    accounts: frozenset[str]


@cache
def of_aws() -> frozenset[str]:
    """Return the accounts from which AWS hands out images for SageMaker, as the SDK that the data file names knows them."""
    text = resources.files("hexward.events").joinpath("image_accounts.json").read_bytes()
    return msgspec.json.decode(text, type=_Known).accounts


def other_registries(parameters: object, account: str) -> frozenset[str]:
    """Return the registries that are another's: an account's id, or the host of one outside of ECR's private ones.

    An image in ECR is named `ACCOUNT.dkr.ecr.REGION.amazonaws.com/NAME:TAG`, and with `dkr-ecr` where IPv6 is spoken:
    https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html
    """
    found = {_registry(text) for key, text in texts(parameters) if key in NAMED_BY}
    return frozenset(found - {account} - of_aws())


def _registry(image: str) -> str:
    private = ECR.match(image)
    if private is not None:
        return private[1]
    host, slash, _ = image.partition("/")
    return host.lower() if slash and ("." in host or ":" in host) else DEFAULT
