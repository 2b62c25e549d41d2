"""Resources with a policy of their own that is not collected: it may let others in, or keep out whom identity policies permit.

Within one account such a policy can grant alone, as AgentCore's do by AWS's table of both kinds of policies; so what it says is not known.
"""

import re
from collections.abc import Iterator, Mapping

from hexward.iam import arn, glob
from hexward.iam.authorization import documented

PUTS = ("PutResourcePolicy", "PutModelPackageGroupPolicy")
"""Actions that give a resource a policy; AWS lists with them the kinds of resources that can have one."""
OTHERS: Mapping[str, tuple[str, ...]] = {
    # https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/resource-based-policies.html
    "bedrock-agentcore": ("runtime/*", "gateway/*", "memory/*"),
    # https://docs.aws.amazon.com/bedrock/latest/userguide/kb-managed-cross-account.html
    "bedrock": ("knowledge-base/*", "custom-model/*", "guardrail/*", "guardrail-profile/*"),
    # https://docs.aws.amazon.com/ram/latest/userguide/shareable.html (a share becomes a policy of the resource); model packages are
    # under the policy of their group: https://docs.aws.amazon.com/sagemaker/latest/dg/model-registry-version.html
    "sagemaker": (
        "feature-group/*", "hub/*", "hub-content/*", "lineage-group/*", "mlflow-app/*", "mlflow-tracking-server/*", "model-card/*",
        "model-package/*", "model-package-group/*", "partner-app/*", "pipeline/*", "sagemaker-catalog/*",
    ),
}  # fmt: skip
"""More of them, as AWS's guides have it."""
SERVICES = frozenset(OTHERS)


def has_own_policy(resource: str) -> bool:
    """Say whether some resource of a pattern may have a policy of its own, where its service is one of `SERVICES`."""
    service = arn.fields(resource)[2]
    return any(arn.intersect(glob.from_policy(resource), one) is not False for one in _kinds(service))


def _kinds(service: str) -> Iterator[str]:
    """Yield the patterns of a service's resources that can have a policy."""
    yield from (f"arn:*:{service}:*:*:{one}" for one in OTHERS[service])
    for name in PUTS:
        known = documented(f"{service}:{name}")
        yield from (re.sub(r"\$\{\w+\}", "*", one.arn) for one in (known.resources if known else ()))
