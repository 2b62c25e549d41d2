"""What keeps data for AI, whichever service it is: databases and tables, and the stores of vectors."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from hexward.inventory.ai_data import belongs_to_ai
from hexward.inventory.dynamodb import DynamoTable
from hexward.inventory.inventory import Derived, Inventory
from hexward.inventory.lambda_ import Function
from hexward.inventory.opensearch import OpenSearchDomain
from hexward.inventory.opensearchserverless import Collection, NetworkPolicy
from hexward.inventory.rds import DBCluster, DBInstance
from hexward.inventory.record import Listing, NotCollected, Record, either, exists, record
from hexward.inventory.region import within
from hexward.inventory.s3vectors import VectorBucket
from hexward.inventory.workloads import Workload

type Fields = Mapping[str, Callable[[], object]]
type Tellers = Mapping[type[Record], Callable[[Inventory, Any], Fields]]


@record
class Store(Derived):
    """Something that keeps data; its ARN is that of the database, table, domain, collection or vector bucket."""

    MADE_OF: ClassVar[Tellers] = {}
    LOOKS_UP: ClassVar[tuple[type[Record], ...]] = ()

    name: str
    of_ai: bool
    """Whether it belongs to AI (`ai_data.py`)."""
    encrypted: bool
    key: str | None
    """The KMS key that it names, None where the service uses a key of its own."""
    kept_in: str | None
    """The cluster that keeps its data, None where it does so itself."""
    public: bool
    """Whether its address can be reached from the internet."""
    policy: str | None
    """Who else may use it, as its own policy says; None where it has none."""

    @property
    def key_references(self) -> tuple[str, ...]:
        """Return the text by which it names the key of its data, if it names one and keeps them itself."""
        return () if self.key is None or self.kept_in is not None else (self.key,)

    @classmethod
    def sources_of(cls) -> tuple[type[Record], ...]:
        """Return the kinds that it is put together from, and those that tell whether it belongs to AI."""
        return (*cls.MADE_OF, *cls.LOOKS_UP, Function, Workload, *Workload.sources_of())

    @classmethod
    def derive(cls, inventory: Inventory) -> Listing[Record]:
        """Put together every store of this kind."""
        found: list[Record] = []
        gaps: list[NotCollected] = []
        for kind, tell in cls.MADE_OF.items():
            listing = inventory.of(kind)
            found += (cls.worked_out(one, tell(inventory, one)) for one in listing.records)
            gaps += (NotCollected(cls.__name__, gap.gap) for gap in listing.gaps)
        return Listing(tuple(found), tuple(gaps))


def _database(inventory: Inventory, one: DBInstance) -> Fields:
    def of_ai_cluster() -> bool:
        if one.cluster is None:
            return False
        clusters = within(inventory.by(DBCluster, "name", one.cluster), one.region)
        return exists(clusters, lambda cluster: belongs_to_ai(inventory, cluster))

    return {
        "name": lambda: one.name,
        "of_ai": lambda: either(lambda: belongs_to_ai(inventory, one), of_ai_cluster),
        "encrypted": lambda: one.encrypted,
        "key": lambda: one.kms_key_id,
        "kept_in": lambda: one.cluster,
        "public": lambda: one.publicly_accessible,
        "policy": _none,
    }


def _cluster(inventory: Inventory, one: DBCluster) -> Fields:
    return {
        "name": lambda: one.name,
        "of_ai": lambda: belongs_to_ai(inventory, one),
        "encrypted": lambda: one.encrypted,
        "key": lambda: one.kms_key_id,
        "kept_in": _none,
        "public": lambda: bool(one.publicly_accessible),
        "policy": _none,
    }


def _table(inventory: Inventory, one: DynamoTable) -> Fields:
    return {
        "name": lambda: one.name,
        "of_ai": lambda: belongs_to_ai(inventory, one),
        "encrypted": lambda: True,
        "key": lambda: None if one.encryption is None else one.encryption.kms_master_key_arn,
        "kept_in": _none,
        "public": lambda: False,
        "policy": lambda: one.policy,
    }


def _domain(inventory: Inventory, one: OpenSearchDomain) -> Fields:
    def encrypted() -> bool:
        return one.encryption is not None and bool(one.encryption.enabled)

    return {
        "name": lambda: one.name,
        "of_ai": lambda: belongs_to_ai(inventory, one),
        "encrypted": encrypted,
        "key": lambda: one.encryption.kms_key_id if one.encryption is not None and encrypted() else None,
        "kept_in": _none,
        "public": lambda: one.vpc is None,
        # A domain's policy counts only where its address can be reached, which is judged first.
        "policy": _none,
    }


def _collection(inventory: Inventory, one: Collection) -> Fields:
    def public() -> bool:
        # A rule that opens a collection prevails over those that close it.
        # https://docs.aws.amazon.com/opensearch-service/latest/developerguide/serverless-network.html
        policies = within(inventory.of(NetworkPolicy), one.region)
        return exists(policies, lambda policy: any(r.allow_from_public and r.covers(one.name) for r in policy.rules))

    return {
        "name": lambda: one.name,
        "of_ai": lambda: either(lambda: one.type == "VECTORSEARCH", lambda: belongs_to_ai(inventory, one)),
        "encrypted": lambda: True,
        "key": lambda: one.kms_key if (one.kms_key or "").startswith("arn:") else None,
        "kept_in": _none,
        "public": public,
        "policy": _none,
    }


def _vector_bucket(_: Inventory, one: VectorBucket) -> Fields:
    return {
        "name": lambda: one.name,
        "of_ai": lambda: True,
        "encrypted": lambda: True,
        "key": lambda: None if one.encryption is None else one.encryption.kms_key_arn,
        "kept_in": _none,
        "public": lambda: False,
        "policy": lambda: one.policy,
    }


def _none() -> None:
    return None


@record
class DataStore(Store):
    """A database, a cluster of them, or a table."""

    MADE_OF: ClassVar[Tellers] = {DBInstance: _database, DBCluster: _cluster, DynamoTable: _table}


@record
class VectorStore(Store):
    """Where vectors are kept and searched: a search domain, a serverless collection, or a vector bucket."""

    MADE_OF: ClassVar[Tellers] = {OpenSearchDomain: _domain, Collection: _collection, VectorBucket: _vector_bucket}
    LOOKS_UP: ClassVar[tuple[type[Record], ...]] = (NetworkPolicy,)


STORES: tuple[type[Store], ...] = (DataStore, VectorStore)
