"""Collects Bedrock's logging of each region, every version of each guardrail, tuned models, and the jobs of 90 days that tuned them."""

from collections.abc import Mapping
from typing import Any

from hexward.collect.table import Call, Table, Within
from hexward.inventory import BedrockRegion, CustomModel, Guardrail, ModelCustomizationJob

PAGE = {"maxResults": 1000}


def _named(version: Mapping[str, Any]) -> bool:
    """Raise KeyError for a version that lacks its name: it must not take that of the draft by which it was listed."""
    for name in ("arn", "version"):
        if not isinstance(version.get(name), str):
            raise KeyError(name)
    return True


TABLES = (
    Table(
        BedrockRegion,
        "bedrock",
        Call("GetModelInvocationLoggingConfiguration"),
        "",
        "arn:{partition}:bedrock:{region}:{account}:model-invocation-logging",
    ),
    Table(
        Guardrail,
        "bedrock",
        # Without a guardrail's name only the drafts are listed.
        Call("ListGuardrails", {**PAGE, "guardrailIdentifier": "$arn"}),
        "guardrails[]",
        "{arn}:{version}",
        within=Within(Call("ListGuardrails", PAGE), "guardrails[]"),
        details=(Call("GetGuardrail", {"guardrailIdentifier": "$id", "guardrailVersion": "$version"}),),
        keep=_named,
    ),
    Table(
        CustomModel,
        "bedrock",
        # What another account shares is encrypted with a key of its own.
        Call("ListCustomModels", {**PAGE, "isOwned": True}),
        "modelSummaries[]",
        "{modelArn}",
        details=(Call("GetCustomModel", {"modelIdentifier": "$modelArn"}),),
    ),
    Table(
        ModelCustomizationJob,
        "bedrock",
        Call("ListModelCustomizationJobs", {**PAGE, "creationTimeAfter": "$since"}),
        "modelCustomizationJobSummaries[]",
        "{jobArn}",
        details=(Call("GetModelCustomizationJob", {"jobIdentifier": "$jobArn"}),),
    ),
)
