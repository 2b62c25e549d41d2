"""Search domains, which may hold vectors; Elasticsearch's old ones are told by the same service."""

from typing import Annotated

import msgspec

from hexward.inventory.record import At, Part, Record, record
from hexward.inventory.tags import Tags, from_pairs

DOMAIN = "opensearch:DescribeDomain"


class EncryptionAtRest(Part):
    """Whether a domain's disks are encrypted, and with which key."""

    enabled: bool | None = None
    kms_key_id: str | None = None


class NodeToNodeEncryption(Part):
    """Whether a domain's machines encrypt what they send each other."""

    enabled: bool | None = None


class DomainEndpoint(Part):
    """What a domain demands of those who connect to it."""

    enforce_https: bool | None = msgspec.field(name="EnforceHTTPS", default=None)
    tls_security_policy: str | None = msgspec.field(name="TLSSecurityPolicy", default=None)


class DomainVpc(Part):
    """The network of a domain."""

    vpc_id: str | None = msgspec.field(name="VPCId", default=None)


@record
class OpenSearchDomain(Record):
    """A search domain. `vpc` is None for one with a public endpoint; settings that were never made are None.

    https://docs.aws.amazon.com/opensearch-service/latest/APIReference/API_DomainStatus.html
    """

    name: Annotated[str, At(DOMAIN, "DomainStatus.DomainName")]
    address: Annotated[str | None, At(DOMAIN, "DomainStatus.Endpoint")]
    addresses: Annotated[dict[str, str] | None, At(DOMAIN, "DomainStatus.Endpoints")]
    encryption: Annotated[EncryptionAtRest | None, At(DOMAIN, "DomainStatus.EncryptionAtRestOptions")]
    node_to_node: Annotated[NodeToNodeEncryption | None, At(DOMAIN, "DomainStatus.NodeToNodeEncryptionOptions")]
    endpoint: Annotated[DomainEndpoint | None, At(DOMAIN, "DomainStatus.DomainEndpointOptions")]
    vpc: Annotated[DomainVpc | None, At(DOMAIN, "DomainStatus.VPCOptions")]
    tags: Annotated[Tags, At("opensearch:ListTags", "TagList", from_pairs)]

    @property
    def names(self) -> tuple[str, ...]:
        """Return the texts by which a function may name it."""
        return tuple(text for text in (self.name, self.arn, self.address, *(self.addresses or {}).values()) if text)
