"""Whether what an API, a load balancer or a distribution names, to hand requests to, is AI's."""

import re
from urllib.parse import urlsplit

from hexward.inventory.inventory import Inventory
from hexward.inventory.lambda_ import Function
from hexward.inventory.lambda_workloads import STAGES
from hexward.inventory.record import NotCollected, exists
from hexward.inventory.tags import Tags
from hexward.inventory.workloads import Workload
from hexward.model import Gap, Reason

_FUNCTION = re.compile(r"arn:[a-z-]+:lambda:[a-z0-9-]+:\d{12}:function:[A-Za-z0-9_-]+")
_MODELS = re.compile(r"(?::|//)(?:[a-z]+\.)?(?:sagemaker|bedrock)[a-z-]*[:.]")


def leads_to_ai(inventory: Inventory, name: str) -> bool:
    """Say whether an ARN, an integration's URI, an address or a host is that of SageMaker, Bedrock or a function that is AI's.

    Raises NotCollected where that is not known.
    """
    if _MODELS.search(name):
        return True
    if "${stageVariables" in name:
        raise NotCollected(
            "PublicEntry", Gap(Reason.UNSUPPORTED, f"a variable of a stage decides what {name[:200]} is")
        )
    function = _FUNCTION.search(name)
    if function is not None:
        return exists(inventory.by(Workload, "arn", function[0]), lambda _: True)
    host = (urlsplit(name).hostname or "") if "://" in name else name.lower()
    if ".lambda-url." not in host:
        return False
    addressed = inventory.by(Function, "url_hosts", host)
    return exists(addressed, lambda one: exists(inventory.by(Workload, "arn", one.arn), lambda _: True))


def tagged(tags: Tags | None) -> bool:
    """Say whether a tag makes something part of an AI workload, as it does a function."""
    return (tags or {}).get("workload", "").lower() in STAGES
