import pytest

from hexward.controls.network.waf_content import waf_content
from hexward.inventory import EntryWebAcl
from hexward.inventory.web_acl_rules import Rule
from hexward.model import Status
from tests.build import inventory, judge, seen

COMMON, BAD = "AWS/AWSManagedRulesCommonRuleSet", "AWS/AWSManagedRulesKnownBadInputsRuleSet"


def group(name: str = COMMON, *counted: str, stops: bool = True) -> Rule:
    return Rule(name, stops, group=name, counted=counted)


def prompts(*labels: str, stops: bool = True) -> Rule:
    return Rule("prompts", stops, labels=labels, reads_bodies=not labels)


def acl(*rules: Rule) -> EntryWebAcl:
    return seen(EntryWebAcl, rules=rules)


WHOLE = (group(), group(BAD), prompts())

PASS = inventory(acl(*WHOLE))
FAIL = inventory(acl(group(), group(BAD), prompts(stops=False)))


@pytest.mark.parametrize(
    ("rules", "says"),
    [
        ((), [
            "AWSManagedRulesCommonRuleSet is not among its rules", "AWSManagedRulesKnownBadInputsRuleSet is not among its rules",
            "no rule looks for prompt injection in bodies",
        ]),
        ((group(stops=False), group(BAD), prompts()), ["AWSManagedRulesCommonRuleSet only counts"]),
        ((group(), group(BAD, stops=False), prompts()), ["AWSManagedRulesKnownBadInputsRuleSet only counts"]),
        ((group(), group(BAD), prompts(stops=False)), ["no rule looks for prompt injection in bodies and blocks it"]),
        ((group(COMMON, "NoUserAgent_HEADER", "GenericLFI_BODY"), group(BAD), prompts()),
         ["GenericLFI_BODY, NoUserAgent_HEADER of AWSManagedRulesCommonRuleSet only count"]),
        ((group(COMMON, "SizeRestrictions_BODY"), group(BAD), prompts()), []),
        ((group(COMMON, "GenericLFI_BODY"), group(BAD), prompts(),
          Rule("lfi", stops=True, labels=("awswaf:managed:aws:core-rule-set:GenericLFI_Body",))), []),
        ((group(), group(BAD), prompts("prompt-injection")), []),
        ((group(), group(BAD), prompts("awswaf:managed:aws:bot-control:bot:verified")), ["no rule looks for prompt injection in bodies"]),
        ((group("other/AWSManagedRulesCommonRuleSet"), group(BAD), prompts()), ["AWSManagedRulesCommonRuleSet is not among its rules"]),
    ],
)  # fmt: skip
def test_what_only_counts_does_not_count(rules, says):
    assert [fault.says for fault in judge(waf_content, acl(*rules)).faults] == says


def test_what_is_let_through_before_or_not_looked_at_is_unknown():
    spared, late = (
        Rule("health", stops=False, lets_through=True),
        acl(*WHOLE, Rule("last", stops=False, lets_through=True)),
    )
    assert judge(waf_content, acl(spared, *WHOLE)).status is Status.UNKNOWN
    assert judge(waf_content, late).status is Status.PASS
    narrowed = Rule("common", stops=True, group=COMMON, narrowed=True)
    assert judge(waf_content, acl(narrowed, group(BAD), prompts())).status is Status.UNKNOWN
    assert judge(waf_content, acl(spared)).status is Status.FAIL


def test_a_group_of_the_accounts_own_may_look_for_prompts():
    own = group("arn:aws:wafv2:us-east-1:1:regional/rulegroup/prompts/1")
    assert judge(waf_content, acl(group(), group(BAD), own)).status is Status.UNKNOWN
    assert judge(waf_content, acl(*WHOLE, own)).status is Status.PASS
    assert judge(waf_content, acl(own)).status is Status.FAIL
