import pytest

from hexward.controls.network.inference_entry_limits import inference_entry_limits
from hexward.inventory import EntryWebAcl
from hexward.inventory.web_acl_rules import Rule
from hexward.model import Status
from tests.build import inventory, judge, seen

COMMON = "AWS/AWSManagedRulesCommonRuleSet"


def rate(*keys: str, stops: bool = True) -> Rule:
    return Rule("rate", stops, rate_by=keys)


def size(limit: int, *, oversize: bool = False, stops: bool = True) -> Rule:
    return Rule("size", stops, body_limit_bytes=limit, finds_oversize=oversize)


def acl(*rules: Rule) -> EntryWebAcl:
    return seen(EntryWebAcl, rules=rules, inspected_bytes=8192)


ADDRESS, CALLER, SIZE = rate("IP"), rate("Header"), size(4096)

PASS = inventory(acl(ADDRESS, CALLER, SIZE))
FAIL = inventory(acl(ADDRESS, CALLER))


@pytest.mark.parametrize(
    ("rules", "aspects"),
    [
        ((), ["rate_by_address", "rate_by_caller", "body"]),
        ((rate("IP", stops=False), CALLER, SIZE), ["rate_by_address"]),
        ((rate("FORWARDED_IP"), CALLER, SIZE), []),
        ((rate("Header", "IP"), SIZE), []),
        ((ADDRESS, rate("CONSTANT"), rate("UriPath"), SIZE), ["rate_by_caller"]),
        ((ADDRESS, rate("Cookie"), size(4096, stops=False)), ["body"]),
        ((ADDRESS, CALLER, size(65536, oversize=True)), []),
        ((ADDRESS, CALLER, Rule("common", stops=True, group=COMMON)), []),
        ((ADDRESS, CALLER, Rule("common", stops=False, group=COMMON)), ["body"]),
        ((ADDRESS, CALLER, Rule("common", stops=True, group=COMMON, counted=("SizeRestrictions_BODY",))), ["body"]),
    ],
)
def test_limits_count_if_they_block(rules, aspects):
    assert [fault.aspect for fault in judge(inference_entry_limits, acl(*rules)).faults] == aspects


def test_a_limit_above_what_waf_sees_finds_nothing():
    [fault] = judge(inference_entry_limits, acl(ADDRESS, CALLER, size(8192))).faults
    assert fault.says == "size finds no body over 8192 bytes: WAF sees 8192 of each"
    unread = acl(ADDRESS, CALLER, size(8192)).punched("inspected_bytes")
    assert judge(inference_entry_limits, unread).status is Status.UNKNOWN


def test_a_group_of_the_accounts_own_may_hold_the_limits():
    own = Rule("own", stops=True, group="arn:aws:wafv2:us-east-1:1:regional/rulegroup/limits/1")
    assert judge(inference_entry_limits, acl(own)).status is Status.UNKNOWN
    assert judge(inference_entry_limits, acl(own, ADDRESS, CALLER, SIZE)).status is Status.PASS
