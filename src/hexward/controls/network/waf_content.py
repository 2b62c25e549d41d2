"""Web ACLs before models look for known attacks and for prompt injection, and block what they find.

Why: a rule that only counts stops nobody; whoever probes the model sends known exploits, and prompts that override its orders, until
one gets through, and each try reaches it.

Fix: add the managed groups AWSManagedRulesCommonRuleSet and AWSManagedRulesKnownBadInputsRuleSet without overriding their actions, and
a rule of your own that matches patterns of prompt injection in the body, or a label, and blocks. Let each count first, read its log, and
write exceptions for what prompts rightly hold as rules that block on the group's label elsewhere. What the patterns are is not judged;
a rule before these that lets requests through, other than by address, and a group that is scoped down make the answer unknown.
"""

from collections.abc import Iterator

from hexward.controls import control
from hexward.inventory import EntryWebAcl, NotCollected, note
from hexward.inventory.web_acl_rules import Rule, spares
from hexward.model import Fault, Gap, Reason, Severity

MANAGED = {
    "common": "AWS/AWSManagedRulesCommonRuleSet",
    "known_bad_inputs": "AWS/AWSManagedRulesKnownBadInputsRuleSet",
}
SIZES = {"SizeRestrictions_BODY"}
"""Rules of groups that look at sizes: `inference_entry_limits` judges those."""


@control(
    severity=Severity.HIGH,
    frameworks=("NIST-800-53:SI-10", "OWASP-LLM:LLM01", "PCI-DSS:6.4.2"),
    source="https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html",
)
def waf_content(acl: EntryWebAcl) -> Iterator[Fault]:
    lacking = [*_groups(acl.rules), *_prompts(acl.rules)]
    # Groups of the account's own, and other vendors', may hold what the rules here lack; what they hold is not collected.
    others = [one.group for one in acl.rules if one.stops and one.group and not one.group.startswith("AWS/")]
    for fault in lacking:
        if fault.aspect == "prompts" and others:
            note(
                NotCollected("EntryWebAcl.rules", Gap(Reason.NOT_COLLECTED, f"what {others[0]} holds is not collected"))
            )
        else:
            yield fault
    sparing = spares(acl.rules)
    if sparing is not None:
        note(_untold(f"what {sparing.name} lets through past the rules after it is not worked out"))
    for one in acl.rules:
        if one.narrowed and one.group in MANAGED.values():
            note(_untold(f"which requests {one.name} looks at is not worked out"))


def _untold(says: str) -> NotCollected:
    return NotCollected("EntryWebAcl.rules", Gap(Reason.UNSUPPORTED, says))


def _groups(rules: tuple[Rule, ...]) -> Iterator[Fault]:
    labels = {label.rpartition(":")[2].lower() for one in rules if one.stops for label in one.labels}
    for aspect, name in MANAGED.items():
        found = [one for one in rules if one.group == name]
        if not any(one.stops for one in found):
            says = f"{name.partition('/')[2]} {'only counts' if found else 'is not among its rules'}"
            yield Fault(says, field="rules", aspect=aspect)
            continue
        counted = sorted({n for one in found if one.stops for n in one.counted if n.lower() not in labels} - SIZES)
        if counted:
            yield Fault(
                f"{', '.join(counted[:3])} of {name.partition('/')[2]} only count", field="rules", aspect=aspect
            )


def _prompts(rules: tuple[Rule, ...]) -> Iterator[Fault]:
    own = [one for one in rules if not one.group]
    if not any(one.stops and (one.reads_bodies or _of_prompts(one)) for one in own):
        counts = " and blocks it" if any(one.reads_bodies for one in own) else ""
        yield Fault(f"no rule looks for prompt injection in bodies{counts}", field="rules", aspect="prompts")


def _of_prompts(rule: Rule) -> bool:
    """Say whether a rule looks for a label that tells of prompts, such as `prompt-injection`."""
    return any(word in label.lower() for label in rule.labels for word in ("prompt", "inject", "jailbreak"))
