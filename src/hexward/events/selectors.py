"""Which events a request has a trail of CloudTrail's keep, of those that its selectors can tell apart.

https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_PutEventSelectors.html
"""

from collections.abc import Iterator, Mapping
from typing import Any

from hexward.events.policies import listed

USUAL = frozenset({"kms.amazonaws.com", "rdsdata.amazonaws.com"})
"""Services that call so often that the console offers to leave them out.

https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-management-events-with-cloudtrail.html
"""


def selected_events(parameters: object) -> frozenset[str]:
    """Return what is kept, of: management, management_reads, management_writes, management_in_part, data, network."""
    asked = parameters if isinstance(parameters, Mapping) else {}
    plain = (one for one in listed(asked.get("eventSelectors")) if isinstance(one, Mapping))
    advanced = (one for one in listed(asked.get("advancedEventSelectors")) if isinstance(one, Mapping))
    return frozenset([kept for one in plain for kept in _plain(one)] + [_advanced(one) for one in advanced])


def _plain(selector: Mapping[str, Any]) -> Iterator[str]:
    if selector.get("includeManagementEvents") is not False:
        left_out = {str(one) for one in listed(selector.get("excludeManagementEventSources")) if one is not None}
        kind = {"ReadOnly": "management_reads", "WriteOnly": "management_writes"}
        yield kind.get(str(selector.get("readWriteType")), "management") if left_out <= USUAL else "management_in_part"
    if any(isinstance(one, Mapping) for one in listed(selector.get("dataResources"))):
        yield "data"


def _advanced(selector: Mapping[str, Any]) -> str:
    fields = [one for one in listed(selector.get("fieldSelectors")) if isinstance(one, Mapping)]
    category = {
        str(value) for one in fields if one.get("field") == "eventCategory" for value in listed(one.get("equals"))
    }
    if "Management" not in category:
        return "data" if "Data" in category else "network"
    reads = {
        str(value).lower() for one in fields if one.get("field") == "readOnly" for value in listed(one.get("equals"))
    }
    narrowing = [
        one for one in fields if str(one.get("field")) not in {"eventCategory", "readOnly"} and not _is_usual(one)
    ]
    if narrowing:
        return "management_in_part"
    return {"true": "management_reads", "false": "management_writes"}.get("".join(sorted(reads)), "management")


def _is_usual(field: Mapping[str, Any]) -> bool:
    """Say whether a field leaves out no more than the console offers to."""
    tests = [name for name, value in field.items() if name != "field" and value]
    left_out = {str(one) for one in listed(field.get("notEquals"))}
    return field.get("field") == "eventSource" and tests == ["notEquals"] and left_out <= USUAL
