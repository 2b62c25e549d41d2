"""Stores of vectors are encrypted with a key that the customer manages.

Why: embeddings give the texts that they were made of back to whoever has the model, so a vector store is a second copy of the
documents; under AWS's own key nobody can withdraw the key or see every decryption.

Fix: name a customer-managed key when the search domain is encrypted, when the collection's encryption policy is made, or when the
vector bucket is created, and index the documents again; none of them changes its key later. An index of a vector bucket may have a
key of its own, which is not seen. Vector collections and vector buckets belong to AI, a search domain where a tag or function says so.
"""

from collections.abc import Iterator

from hexward.controls import control
from hexward.controls.stores import without_customer_key
from hexward.inventory import Alias, Inventory, Key, VectorStore
from hexward.model import Fault, Severity


@control(
    severity=Severity.HIGH,
    frameworks=("AWS-FSBP:Opensearch.1", "HIPAA:164.312(a)(2)(iv)", "NIST-800-53:SC-28", "OWASP-LLM:LLM08"),
    uses=(Key, Alias),
    source="https://docs.aws.amazon.com/opensearch-service/latest/developerguide/encryption-at-rest.html",
)
def vector_store_customer_key(store: VectorStore, inventory: Inventory) -> Iterator[Fault]:
    yield from without_customer_key(store, inventory)
