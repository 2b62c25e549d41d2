"""What of AI someone may use or change: the calls by which people reach models, and the machines that train and serve them."""

from collections.abc import Mapping

from hexward.iam.principals import Principal
from hexward.iam.rights import may_somewhere
from hexward.inventory import NotCollected

CALLS = (
    "bedrock:InvokeModel",
    "bedrock:InvokeModelWithResponseStream",
    "bedrock:InvokeAgent",
    "bedrock:InvokeFlow",
    "bedrock:Retrieve",
    "bedrock-agentcore:InvokeAgentRuntime",
    "sagemaker:InvokeEndpoint",
    "sagemaker:InvokeEndpointAsync",
    "sagemaker:CreatePresignedDomainUrl",
    "sagemaker:CreatePresignedNotebookInstanceUrl",
    "sagemaker:CreateProcessingJob",
    "sagemaker:CreateTrainingJob",
    "sagemaker:CreateTransformJob",
    "sagemaker:CreateAutoMLJobV2",
    "sagemaker:CreateHyperParameterTuningJob",
    "sagemaker:CreateEndpoint",
    "sagemaker:UpdateEndpoint",
)
"""Calls that use a model, open a notebook, or run code of the caller's beside the data. Looking at settings is not among them."""


def reaches_ai(who: Principal, context: Mapping[str, object] | None = None) -> str | None:
    """Return the first of these calls that someone may make on anything, or None.

    `context` is as in `may_somewhere`. Raises NotCollected where that cannot be told of one, and no other is permitted.
    """
    undecided: list[NotCollected] = []
    for call in CALLS:
        try:
            if may_somewhere(who, call, context=context):
                return call
        except NotCollected as missing:
            undecided.append(missing)
    if undecided:
        raise undecided[0].again()
    return None
