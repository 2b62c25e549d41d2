"""Theorems in words: `only role/ml-train reads bucket acme-weights`.

    only PRINCIPAL[, PRINCIPAL…] reads|writes|invokes RESOURCE

PRINCIPAL is `role/NAME`, `user/NAME`, an ARN or a service (`bedrock.amazonaws.com`). RESOURCE is `bucket NAME` or `bucket NAME/PREFIX`,
`key ID`, `function NAME`, `endpoint NAME`, `model ID`, or the pattern of an ARN.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from hexward.inventory import Bucket, Function, Inventory, Key, Role, User
from hexward.model import UsageError

SENTENCE = re.compile(
    r"only\s+(?P<who>.+?)\s+(?P<verb>reads|writes|invokes)\s+(?:(?P<kind>[a-z]+)\s+)?(?P<what>\S+)\s*\Z", re.DOTALL
)
ACTIONS: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("reads", "s3"): (
        "s3:GetObject",
        "s3:GetObjectVersion",
        "s3:GetObjectTorrent",
        "s3:GetObjectVersionTorrent",
        "s3:GetObjectVersionForReplication",
    ),
    ("writes", "s3"): (
        "s3:PutObject",
        "s3:DeleteObject",
        "s3:DeleteObjectVersion",
        "s3:ReplicateObject",
        "s3:ReplicateDelete",
    ),
    ("reads", "kms"): ("kms:Decrypt", "kms:ReEncryptFrom"),
    ("invokes", "lambda"): ("lambda:InvokeFunction", "lambda:InvokeFunctionUrl", "lambda:InvokeAsync"),
    ("invokes", "sagemaker"): (
        "sagemaker:InvokeEndpoint",
        "sagemaker:InvokeEndpointAsync",
        "sagemaker:InvokeEndpointWithResponseStream",
        "sagemaker:InvokeEndpointWithBidirectionalStream",
    ),
    ("invokes", "bedrock"): (
        "bedrock:InvokeModel",
        "bedrock:InvokeModelWithResponseStream",
    ),
}
"""What a verb means, by service: all actions that hand out content, change it, or run a model. Reading a bucket means asking a knowledge
base that is fed from it too, and the key of the bucket. https://docs.aws.amazon.com/service-authorization/latest/reference/"""


KINDS = {"bucket", "endpoint", "function", "key", "model"}


@dataclass(frozen=True, slots=True)
class Theorem:
    """Nobody but these principals can do any of these actions on any resource of the pattern."""

    principals: tuple[str, ...]
    actions: tuple[str, ...]
    resource: str


def theorem(text: str, inventory: Inventory) -> Theorem:
    """Read a sentence about one account. Raises UsageError for one that says nothing we know."""
    found = SENTENCE.match(" ".join(text.split()))
    if found is None:
        raise UsageError(f"{text!r} is not: only PRINCIPAL[, PRINCIPAL...] reads|writes|invokes RESOURCE")
    resource = _resource(found["kind"], found["what"], inventory)
    service = resource.split(":")[2] if resource.count(":") > 4 else ""  # noqa: PLR2004
    actions = ACTIONS.get((found["verb"], service))
    if actions is None:
        raise UsageError(f"{found['verb']} says nothing about {found['what']!r}")
    principals = (one for name in found["who"].split(",") for one in _principals(name.strip(), inventory))
    return Theorem(tuple(principals), actions, resource)


def _principals(name: str, inventory: Inventory) -> Iterator[str]:
    kind, _, rest = name.partition("/")
    if name.startswith("arn:") or name.endswith(".amazonaws.com"):
        yield name
        return
    if kind not in {"role", "user"} or not rest:
        raise UsageError(f"{name!r} is neither role/NAME nor user/NAME, an ARN or a service")
    known = (one.arn for one in inventory.of(Role if kind == "role" else User).records)
    arns = [one for one in known if one.endswith(f":{name}") or one.rpartition("/")[2] == rest]
    if not arns:
        raise UsageError(f"there is no {kind} {rest!r} in this inventory")
    yield from arns


def _resource(kind: str | None, name: str, inventory: Inventory) -> str:
    """Return the pattern of ARNs that a resource means."""
    start = f"arn:{inventory.partition}"
    if kind is None and name.startswith("arn:"):
        return name
    if kind == "bucket":
        bucket, _, prefix = name.partition("/")
        _known(bool(inventory.by(Bucket, "name", bucket).records), f"bucket {bucket!r}")
        return f"{start}:s3:::{bucket}/{prefix.rstrip('*')}*"
    if kind == "endpoint":
        return f"{start}:sagemaker:*:{inventory.account}:endpoint/{name}"
    if kind == "model":
        return f"{start}:bedrock:*::foundation-model/{name}"
    arns: list[str] = []
    if kind == "function":
        arns = [one.arn for one in inventory.by(Function, "name", name).records]
    if kind == "key":
        arns = [one.arn for one in inventory.by(Key, "key_id", name).records]
    if kind is None and name in KINDS:
        raise UsageError(f"{name!r} is a kind of resource, and which one is not said: {name} NAME")
    if kind not in {"function", "key"}:
        raise UsageError(f"{f'{kind} ' if kind else ''}{name!r} is no bucket, key, function, endpoint, model or ARN")
    _known(bool(arns), f"{kind} {name!r}")
    if len(arns) > 1:
        raise UsageError(f"there are several: {', '.join(sorted(arns))}")
    return arns[0]


def _known(seen: bool, what: str) -> None:  # noqa: FBT001
    if not seen:
        raise UsageError(f"there is no {what} in this inventory")
