"""Boils WAF's rules, which nest, down to what controls ask: what a rule looks for, and whether it stops what it finds.

https://docs.aws.amazon.com/waf/latest/APIReference/API_Statement.html
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

STOPPING = {"Block", "Captcha", "Challenge"}
"""Actions after which a request does not get through, or not without proof of a person or a browser."""

PATTERNS = {"RegexMatchStatement", "RegexPatternSetReferenceStatement", "ByteMatchStatement"}
BODY = ("Body", "JsonBody")
BY_ADDRESS = {"IPSetReferenceStatement", "AsnMatchStatement"}
LARGER = {"GT": 0, "GE": 1}
"""Comparisons that find what is large, with how far below the size the largest thing is that they do not find."""


class Rule(msgspec.Struct, frozen=True):
    """A rule of a web ACL.

    `stops`: it blocks what it finds, and does not only count or let it through; of a group, whether the group's own actions apply.
    `group`: the rule group that it stands for, as `AWS/AWSManagedRulesCommonRuleSet` or an ARN; empty for a rule of its own.
    `counted`: the rules of that group that are told to do less than stop. `labels`: the labels that it looks for.
    `rate_by`: by what it counts requests (IP, FORWARDED_IP, Header, …), if it limits their rate. `reads_bodies`: it looks for a
    text or a pattern in bodies. `body_limit_bytes`: the largest body that it does not find, None if it looks at no size;
    `finds_oversize` says whether it finds bodies that are larger than what WAF inspects.
    `lets_through`: what it finds, unless by a list of addresses, is spared by every rule after it. `narrowed`: the group looks at a
    part of the requests alone.
    """

    name: str
    stops: bool
    group: str = ""
    counted: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    rate_by: tuple[str, ...] = ()
    reads_bodies: bool = False
    body_limit_bytes: int | None = None
    finds_oversize: bool = False
    lets_through: bool = False
    narrowed: bool = False


def spares(rules: Iterable[Rule]) -> Rule | None:
    """Return the first of an ACL's rules that lets requests through past a later one that stops some; None without such a rule."""
    sparing: Rule | None = None
    for one in rules:
        if sparing is not None and one.stops:
            return sparing
        sparing = sparing or (one if one.lets_through else None)
    return None


def rules(acl: Any) -> list[dict[str, object]]:  # noqa: ANN401  (AWS's own JSON)
    """Read the rules of a web ACL in the order that WAF asks them in, those that Firewall Manager adds included.

    Raises ValueError, KeyError or TypeError. https://docs.aws.amazon.com/waf/latest/developerguide/web-acl-processing-order.html
    """
    if not isinstance(acl, Mapping):
        msg = f"a web ACL is a structure, not {type(acl).__name__}"
        raise TypeError(msg)
    return [
        *(_rule(one, one["FirewallManagerStatement"]) for one in _ordered(acl, "PreProcessFirewallManagerRuleGroups")),
        *(_rule(one, one["Statement"]) for one in _ordered(acl, "Rules")),
        *(_rule(one, one["FirewallManagerStatement"]) for one in _ordered(acl, "PostProcessFirewallManagerRuleGroups")),
    ]


def _ordered(acl: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    return sorted(acl.get(name, ()), key=lambda one: int(one["Priority"]))


def _rule(one: Mapping[str, Any], statement: Mapping[str, Any]) -> dict[str, object]:
    leaves = list(_leaves(statement))
    groups = [told for kind, told in leaves if kind in {"ManagedRuleGroupStatement", "RuleGroupReferenceStatement"}]
    sizes = [
        told for kind, told in leaves if kind == "SizeConstraintStatement" and told["ComparisonOperator"] in LARGER
    ]
    limits = [(told["Size"] - LARGER[told["ComparisonOperator"]], told) for told in sizes if _of_body(told)]
    smallest = min(limits, key=lambda pair: pair[0], default=None)
    return {
        "name": one["Name"],
        "stops": _acts(one, groups),
        "group": _name(groups[0]) if groups else "",
        "counted": [name for group in groups for name in _counted(group)],
        "labels": [told["Key"] for kind, told in leaves if kind == "LabelMatchStatement"],
        "rate_by": [key for kind, told in leaves if kind == "RateBasedStatement" for key in _keys(told)],
        "reads_bodies": any(kind in PATTERNS and _of_body(told) for kind, told in leaves),
        "body_limit_bytes": None if smallest is None else smallest[0],
        "lets_through": "Allow" in one.get("Action", {}) and not _by_address(statement),
        "narrowed": any("ScopeDownStatement" in group for group in groups),
        "finds_oversize": any(_oversize(told) == "MATCH" for _, told in limits),
    }


def _acts(one: Mapping[str, Any], groups: list[Mapping[str, Any]]) -> bool:
    """Say whether a rule's action stops requests; a group acts as its own rules say, unless it is told to count."""
    return "Count" not in one.get("OverrideAction", {}) if groups else bool(STOPPING & one.get("Action", {}).keys())


def _leaves(statement: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the statements that hold no others; what narrows a rate or a group is left out, for it stops nothing itself."""
    for kind, told in statement.items():
        if kind in {"AndStatement", "OrStatement"}:
            for inner in told["Statements"]:
                yield from _leaves(inner)
        elif kind == "NotStatement":
            yield from _leaves(told.get("Statement", {}))
        else:
            yield kind, told


def _by_address(statement: Mapping[str, Any]) -> bool:
    """Say whether a statement finds requests of certain addresses alone; what leaves some addresses out does not."""
    if "AndStatement" in statement:
        return any(map(_by_address, statement["AndStatement"]["Statements"]))
    if "OrStatement" in statement:
        return all(map(_by_address, statement["OrStatement"]["Statements"]))
    return not statement.keys() - BY_ADDRESS


def _name(group: Mapping[str, Any]) -> str:
    return str(group["ARN"]) if "ARN" in group else f"{group['VendorName']}/{group['Name']}"


def _counted(group: Mapping[str, Any]) -> list[str]:
    overridden = [
        one["Name"] for one in group.get("RuleActionOverrides", ()) if not STOPPING & one["ActionToUse"].keys()
    ]
    return [*overridden, *(one["Name"] for one in group.get("ExcludedRules", ()))]


def _keys(rate: Mapping[str, Any]) -> list[str]:
    if rate["AggregateKeyType"] != "CUSTOM_KEYS":
        return [rate["AggregateKeyType"]]
    return [kind for key in rate.get("CustomKeys", ()) for kind in key]


def _of_body(told: Mapping[str, Any]) -> bool:
    return any(name in told["FieldToMatch"] for name in BODY)


def _oversize(told: Mapping[str, Any]) -> str:
    """Return what becomes of bodies that are larger than what WAF inspects: CONTINUE, MATCH or NO_MATCH."""
    field = next(told["FieldToMatch"][name] for name in BODY if name in told["FieldToMatch"])
    return str(field.get("OversizeHandling", "CONTINUE"))
