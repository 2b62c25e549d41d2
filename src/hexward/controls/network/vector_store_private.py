"""Stores of vectors cannot be reached by strangers.

Why: embeddings are a copy of the documents that a model answers from. A domain or a collection with a public address is kept by one
policy alone, and a wrong line in it lets anyone read the documents, or put in one that changes what the model says.

Fix: make the search domain anew inside a VPC; let a network policy admit VPC endpoints and Bedrock to a collection instead of the
public; take everyone out of a vector bucket's policy. Clients outside the network are cut off.
"""

from collections.abc import Iterator

from hexward.controls import control
from hexward.controls.stores import open_to_strangers
from hexward.iam.limits import Limits
from hexward.inventory import Inventory, VectorStore
from hexward.model import Fault, Severity


@control(
    severity=Severity.CRITICAL,
    frameworks=(
        "AWS-FSBP:Opensearch.2",
        "HIPAA:164.312(a)(1)",
        "NIST-800-53:AC-3",
        "NIST-800-53:SC-7",
        "OWASP-LLM:LLM08",
        "PCI-DSS:1.4.4",
    ),
    uses=(Limits,),
    source="https://docs.aws.amazon.com/opensearch-service/latest/developerguide/vpc.html",
)
def vector_store_private(store: VectorStore, inventory: Inventory) -> Iterator[Fault]:
    yield from open_to_strangers(store, inventory)
