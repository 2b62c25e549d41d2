from typing import Any

import pytest

from hexward.controls.encryption.search_domain_traffic_encrypted import search_domain_traffic_encrypted
from hexward.inventory import OpenSearchDomain
from hexward.inventory.opensearch import DomainEndpoint, NodeToNodeEncryption
from hexward.model import Status
from tests.build import inventory, judge, seen

ON, OFF = NodeToNodeEncryption(enabled=True), NodeToNodeEncryption(enabled=False)
CURRENT = DomainEndpoint(enforce_https=True, tls_security_policy="Policy-Min-TLS-1-2-PFS-2023-10")
AI = {"stage": "infer"}


def domain(**changes: Any) -> OpenSearchDomain:
    fields: dict[str, Any] = {
        "name": "docs",
        "address": None,
        "addresses": None,
        "node_to_node": ON,
        "endpoint": CURRENT,
        "tags": AI,
    }
    return seen(OpenSearchDomain, **{**fields, **changes})


PASS = inventory(domain())
FAIL = inventory(domain(node_to_node=OFF))


@pytest.mark.parametrize(
    ("changes", "aspects"),
    [
        ({"node_to_node": None}, ["nodes"]),
        ({"node_to_node": OFF, "endpoint": None}, ["nodes", "https"]),
        ({"endpoint": DomainEndpoint(enforce_https=False, tls_security_policy="Policy-Min-TLS-1-2-PFS-2023-10")}, ["https"]),
        ({"endpoint": DomainEndpoint(enforce_https=True, tls_security_policy="Policy-Min-TLS-1-0-2019-07")}, ["tls"]),
        ({"endpoint": DomainEndpoint(enforce_https=True, tls_security_policy="Policy-Min-TLS-1-2-2019-07")}, ["tls"]),
        ({"endpoint": DomainEndpoint(enforce_https=True, tls_security_policy="Policy-Min-TLS-1-2-FIPS-PQ-2026-10")}, []),
    ],
)  # fmt: skip
def test_tells_each_way_of_listening_apart(changes, aspects):
    assert [fault.aspect for fault in judge(search_domain_traffic_encrypted, domain(**changes)).faults] == aspects


def test_domains_that_nothing_ties_to_ai_are_left_out():
    assert judge(search_domain_traffic_encrypted, domain(tags={}, node_to_node=OFF)).status is Status.NOT_APPLICABLE
