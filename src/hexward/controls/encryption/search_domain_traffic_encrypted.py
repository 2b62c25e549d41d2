"""Search domains of AI data encrypt traffic between their nodes, and take HTTPS with current ciphers alone.

Why: documents, vectors and questions pass between the nodes with each search, and from the clients to the domain; in the clear, or
under ciphers without forward secrecy, whoever listens on the way reads them, today or once a key has leaked.

Fix: enable node-to-node encryption, enforce HTTPS and choose a TLS policy with forward secrecy (`Policy-Min-TLS-1-2-PFS-2023-10` or
later). Clients on plain HTTP or old TLS stop working; node-to-node encryption cannot be taken back.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.controls.stores import NOT_OF_AI
from hexward.inventory import Function, Inventory, OpenSearchDomain, Workload
from hexward.inventory.ai_data import belongs_to_ai
from hexward.model import Fault, Severity

OLD_POLICIES = {"Policy-Min-TLS-1-0-2019-07", "Policy-Min-TLS-1-2-2019-07"}


@control(
    severity=Severity.HIGH,
    frameworks=(
        "AWS-FSBP:Opensearch.3",
        "AWS-FSBP:Opensearch.8",
        "HIPAA:164.312(e)(2)(ii)",
        "NIST-800-53:SC-8",
        "OWASP-LLM:LLM08",
    ),
    uses=(Function, Workload),
    source="https://docs.aws.amazon.com/opensearch-service/latest/developerguide/ntn.html",
)
def search_domain_traffic_encrypted(domain: OpenSearchDomain, inventory: Inventory) -> Iterator[Fault]:
    if not belongs_to_ai(inventory, domain):
        raise NotApplicable(NOT_OF_AI)
    if domain.node_to_node is None or not domain.node_to_node.enabled:
        yield Fault("traffic between its nodes is in the clear", field="node_to_node", aspect="nodes")
    endpoint = domain.endpoint
    if endpoint is None or not endpoint.enforce_https:
        yield Fault("it takes requests over plain HTTP", field="endpoint", aspect="https")
    elif endpoint.tls_security_policy is None or endpoint.tls_security_policy in OLD_POLICIES:
        policy = endpoint.tls_security_policy or "none"
        yield Fault(f"its TLS policy is {policy}, without forward secrecy", field="endpoint", aspect="tls")
