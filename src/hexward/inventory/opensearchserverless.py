"""Serverless search collections, and the policies that open them to networks."""

from typing import Annotated, Any

from hexward.inventory.record import At, Part, Record, record
from hexward.inventory.tags import Tags, from_lower_pairs

COLLECTION = "opensearchserverless:BatchGetCollection"
POLICY = "opensearchserverless:GetSecurityPolicy"


class NetworkRules(Part):
    """The collections and dashboards that one part of a network policy is about (`collection/ai-*`), and whether it opens them to all."""

    resources: tuple[str, ...]
    allow_from_public: bool

    def covers(self, collection: str) -> bool:
        """Say whether it is about a collection; a pattern may end with a star."""
        wanted = f"collection/{collection}"
        return any(
            wanted.startswith(one.removesuffix("*")) if one.endswith("*") else one == wanted for one in self.resources
        )


def network_rules(raw: Any) -> list[dict[str, object]]:  # noqa: ANN401  (a JSON document)
    """Read a network policy; raises ValueError for a text that is none.

    https://docs.aws.amazon.com/opensearch-service/latest/developerguide/serverless-network.html
    """
    try:
        return [
            {
                "AllowFromPublic": part["AllowFromPublic"],
                "Resources": [resource for rule in part["Rules"] for resource in rule["Resource"]],
            }
            for part in raw
        ]
    except (KeyError, TypeError) as error:
        msg = f"a network policy is a list of rules: {error}"
        raise ValueError(msg) from error


@record
class Collection(Record):
    """A serverless collection; `type` is VECTORSEARCH, SEARCH or TIMESERIES. `kms_key` names no key where AWS owns it.

    https://docs.aws.amazon.com/opensearch-service/latest/ServerlessAPIReference/API_CollectionDetail.html
    """

    name: Annotated[str, At(COLLECTION, "collectionDetails[].name")]
    type: Annotated[str, At(COLLECTION, "collectionDetails[].type")]
    address: Annotated[str | None, At(COLLECTION, "collectionDetails[].collectionEndpoint")]
    kms_key: Annotated[str | None, At(COLLECTION, "collectionDetails[].kmsKeyArn")]
    tags: Annotated[Tags, At("opensearchserverless:ListTagsForResource", "tags", from_lower_pairs)]

    @property
    def names(self) -> tuple[str, ...]:
        """Return the texts by which a function may name it."""
        address = (self.address or "").partition("://")[2].partition("/")[0]
        return tuple(text for text in (self.name, self.arn, address) if text)


@record
class NetworkPolicy(Record):
    """A policy that opens collections to networks."""

    name: Annotated[str, At("opensearchserverless:ListSecurityPolicies", "securityPolicySummaries[].name")]
    rules: Annotated[tuple[NetworkRules, ...], At(POLICY, "securityPolicyDetail.policy", network_rules)]
