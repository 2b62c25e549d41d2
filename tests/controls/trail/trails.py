"""Trails and the regions they record, for the tests of this folder."""

from hexward.inventory import CloudTrailRegion, Trail
from hexward.inventory.event_selectors import AdvancedEventSelector, DataResource, EventSelector, FieldSelector
from tests.build import ACCOUNT, REGION, seen

ARN = f"arn:aws:cloudtrail:{REGION}:{ACCOUNT}:trail/main"


def region(*arns: str, name: str = REGION) -> CloudTrailRegion:
    return seen(
        CloudTrailRegion, f"arn:aws:cloudtrail:{name}:{ACCOUNT}:trail/*", region=name, trail_arns=arns or (ARN,)
    )


def basic(kind: str = "", *values: str, **settings: object) -> EventSelector:
    resources = (DataResource(kind, values),) if kind else ()
    return EventSelector(data_resources=resources, **settings)  # type: ignore[arg-type]


def advanced(category: str, kind: str = "", *conditions: FieldSelector) -> AdvancedEventSelector:
    of_kind = (FieldSelector("resources.type", equals=(kind,)),) if kind else ()
    return AdvancedEventSelector((FieldSelector("eventCategory", equals=(category,)), *of_kind, *conditions))


def trail(
    *selectors: EventSelector | AdvancedEventSelector, arn: str = ARN, everywhere: bool = True, logging: bool = True,
    error: str | None = None,
) -> Trail:  # fmt: skip
    return seen(
        Trail, arn, is_multi_region_trail=everywhere, is_logging=logging, latest_delivery_error=error,
        event_selectors=tuple(s for s in selectors if isinstance(s, EventSelector)),
        advanced_event_selectors=tuple(s for s in selectors if isinstance(s, AdvancedEventSelector)),
    )  # fmt: skip
