"""Public entries to models are protected by Shield Advanced, or somebody decided that Standard is enough.

Why: a flood that looks like requests costs a model's time; Shield Standard stops floods of packets alone, and the bill for the rest comes
with nobody to call. Whether that is worth its price is a decision that should be on record.

Fix: subscribe to Shield Advanced and protect the load balancer or distribution (3,000 US dollars a month for the organisation, for a year
at least), or write the decision down as its tag `shield: standard`. Shield Advanced protects no API and no address of a function itself:
put a distribution before those.
"""

from collections.abc import Iterator

from hexward.controls import NotApplicable, control
from hexward.inventory import Inventory, Listing, PublicEntry, ShieldProtection, exists, readable
from hexward.inventory.front_door import EntryKind
from hexward.model import Fault, Kind, Severity

PROTECTED = {EntryKind.LOAD_BALANCER, EntryKind.DISTRIBUTION}


@control(
    severity=Severity.LOW,
    kind=Kind.ADVICE,
    frameworks=("NIST-800-53:SC-5",),
    uses=(ShieldProtection,),
    source="https://docs.aws.amazon.com/waf/latest/developerguide/ddos-advanced-summary-protected-resources.html",
)
def shield_decided(entry: PublicEntry, inventory: Inventory) -> Iterator[Fault]:
    if entry.sort not in PROTECTED:
        raise NotApplicable(f"Shield Advanced protects no {entry.sort} itself")
    every = inventory.of(ShieldProtection)
    # One that does not tell what it protects is noted, and stands for nothing: AWS always tells.
    protections = Listing(tuple(readable(Listing(every.records), "resource_arn")), every.gaps)
    if exists(protections, lambda one: one.resource_arn == entry.arn):
        return
    tags = {key.lower(): value.lower() for key, value in (entry.tags or {}).items()}
    if tags.get("shield") != "standard":
        yield Fault("Shield Advanced does not protect it, and no tag says that this was decided", field="tags")
