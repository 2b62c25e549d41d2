"""The web ACLs that stand before public entries of AI, of the regions and of CloudFront alike."""

from collections.abc import Iterable

from hexward.inventory.front_door import EntryKind, PublicEntry
from hexward.inventory.inventory import Derived, Inventory
from hexward.inventory.record import Listing, NotCollected, Record, record
from hexward.inventory.wafv2 import BodyInspection, CloudFrontWebAcl, DataProtection, Logging, WebAcl
from hexward.inventory.web_acl_rules import Rule
from hexward.model import Gap, Reason

KB = 1024
SMALLEST = 8 * KB
CONFIGURED = {EntryKind.REST_API: "API_GATEWAY", EntryKind.DISTRIBUTION: "CLOUDFRONT"}
"""By which name a web ACL may be told to inspect more than 16 KB of the bodies of a kind of entry; of load balancers it is 8 KB."""


@record
class EntryWebAcl(Derived):
    """A web ACL; its ARN is that of the ACL. `entries` are the names of what it stands before.

    `inspected_bytes` is how much of a body it sees at least: the rest reaches the model unseen.
    https://docs.aws.amazon.com/waf/latest/developerguide/web-acl-setting-body-inspection-limit.html
    """

    name: str
    entries: tuple[str, ...]
    inspected_bytes: int
    rules: tuple[Rule, ...]
    logging: Logging | None
    data_protection: tuple[DataProtection, ...] | None

    @classmethod
    def sources_of(cls) -> tuple[type[Record], ...]:
        """Return the kinds that it is put together from."""
        return (WebAcl, CloudFrontWebAcl, *PublicEntry.sources_of())

    @classmethod
    def derive(cls, inventory: Inventory) -> Listing[Record]:
        """Put together every web ACL that stands before an entry, with a gap for each that may, or that was not seen."""
        found: list[Record] = []
        gaps: list[NotCollected] = []
        for listing in (inventory.of(WebAcl), inventory.of(CloudFrontWebAcl)):
            gaps.extend(listing.gaps)
            for acl in listing.records:
                guarded = inventory.by(PublicEntry, "web_acl_arns", acl.arn)
                if guarded.records:
                    found.append(_of(acl, guarded.records))
                else:
                    gaps.extend(guarded.gaps)
        seen = {one.arn for one in found}
        for entry in inventory.of(PublicEntry).records:
            for arn in entry.web_acl_arns if "doors" in entry.known() else ():
                if arn not in seen:
                    gap = Gap(Reason.NOT_COLLECTED, f"{arn} was not seen", region=entry.region, resource=arn)
                    gaps.append(NotCollected(cls.__name__, gap))
        return Listing(tuple(found), tuple({(gap.what, gap.gap): gap for gap in gaps}.values()))


def _of(acl: WebAcl, entries: Iterable[PublicEntry]) -> EntryWebAcl:
    gaps = dict(acl.gaps)
    gaps.pop("body_inspection", None)
    known: dict[str, object] = {name: value for name, value in acl.known().items() if name != "body_inspection"}
    try:
        known["inspected_bytes"] = min(_inspected(acl.body_inspection or {}, one.sort) for one in entries)
    except NotCollected as missing:
        gaps["inspected_bytes"] = missing.gap
    known["entries"] = tuple(sorted(str(one.known().get("name", one.arn)) for one in entries))
    return EntryWebAcl.partial(gaps, arn=acl.arn, account=acl.account, region=acl.region, **known)


def _inspected(configured: dict[str, BodyInspection], sort: EntryKind) -> int:
    if sort not in CONFIGURED:
        return SMALLEST
    told = configured.get(CONFIGURED[sort])
    size = "16" if told is None else told.default_size_inspection_limit.rpartition("_")[2]
    return int(size) * KB if size.isdecimal() else SMALLEST
