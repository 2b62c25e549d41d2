"""Web ACLs before models limit how much is asked: by address, by key, and by the size of a request.

Why: each request costs a model's time and money; without limits one client, or one stolen key behind many addresses, runs up the bill,
copies the model answer by answer, or crowds out everyone else, and a body larger than what WAF inspects carries its load unseen.

Fix: add rate-based rules that block, one by address (IP, or forwarded IP behind a proxy) and one by what names the caller (the header
that holds the key or token, a cookie), and a rule that blocks bodies over the size that prompts need, with oversize handling MATCH. Find
the limits by counting first. How high a limit is, and which requests it counts, is not judged; a rule before these that lets requests
through, other than by address, makes the answer unknown. Usage plans of an API also limit keys, and are not seen here; neither are
refusals of a guardrail, which WAF never learns of unless a later request carries a label.
"""

from collections.abc import Iterator

from hexward.controls import control
from hexward.inventory import EntryWebAcl, NotCollected, note
from hexward.inventory.web_acl_rules import Rule, spares
from hexward.model import Fault, Gap, Reason, Severity

COMMON, SIZE = "AWS/AWSManagedRulesCommonRuleSet", "SizeRestrictions_BODY"
ADDRESSES = {"IP", "FORWARDED_IP", "ForwardedIP"}
CALLERS = {"Header", "Cookie", "QueryArgument", "LabelNamespace"}


@control(
    severity=Severity.HIGH,
    frameworks=("NIST-800-53:SC-5", "OWASP-LLM:LLM10"),
    source="https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based.html",
)
def inference_entry_limits(acl: EntryWebAcl) -> Iterator[Fault]:
    stopping = [one for one in acl.rules if one.stops]
    lacking = {
        "rate_by_address": None if _counts_by(stopping, ADDRESSES) else "no rule limits the requests of one address",
        "rate_by_caller": None if _counts_by(stopping, CALLERS) else "no rule limits the requests of one key or token",
        "body": _body(acl, stopping),
    }
    others = [one.group for one in stopping if one.group and not one.group.startswith("AWS/")]
    for aspect, says in lacking.items():
        if says is not None and others:
            note(
                NotCollected("EntryWebAcl.rules", Gap(Reason.NOT_COLLECTED, f"what {others[0]} holds is not collected"))
            )
        elif says is not None:
            yield Fault(says, field="rules", aspect=aspect)
    sparing = spares(acl.rules)
    if sparing is not None:
        says = f"what {sparing.name} lets through past the rules after it is not worked out"
        note(NotCollected("EntryWebAcl.rules", Gap(Reason.UNSUPPORTED, says)))


def _counts_by(rules: list[Rule], keys: set[str]) -> bool:
    return any(keys.intersection(one.rate_by) for one in rules)


def _body(acl: EntryWebAcl, rules: list[Rule]) -> str | None:
    """Say what is wrong with the limit on bodies. A size is that of what WAF inspects, so that a larger limit finds nothing.

    https://docs.aws.amazon.com/waf/latest/developerguide/waf-oversize-request-components.html
    """
    if any(one.group == COMMON and SIZE not in one.counted for one in rules):
        return None
    limits = [one for one in rules if one.body_limit_bytes is not None]
    if any(one.finds_oversize or (one.body_limit_bytes or 0) < acl.inspected_bytes for one in limits):
        return None
    if limits:
        return f"{limits[0].name} finds no body over {limits[0].body_limit_bytes} bytes: WAF sees {acl.inspected_bytes} of each"
    return "no rule limits the size of bodies"
