import pytest

from hexward.controls.vulnerabilities.hub_standards_enabled import STANDARDS, hub_standards_enabled
from hexward.inventory import SecurityHubRegion, SecurityHubStandard
from hexward.model import Status
from tests.build import ACCOUNT, REGION, inventory, judge, seen

HUB = seen(SecurityHubRegion, hub_arn="arn:hub")
IDS = {
    "AWS Foundational Security Best Practices": "aws-foundational-security-best-practices/v/1.0.0",
    "CIS AWS Foundations Benchmark 3.0.0 or newer": "cis-aws-foundations-benchmark/v/5.0.0",
    "NIST SP 800-53 Revision 5": "nist-800-53/v/5.0.0",
    "PCI DSS 4.0.1": "pci-dss/v/4.0.1",
    "AWS AI Security Best Practices": "ai-security-best-practices/v/1.0.0",
}


def standard(name: str, status: str = "READY") -> SecurityHubStandard:
    whole = f"arn:aws:securityhub:{REGION}::standards/{name}" if ":" not in name else name
    arn = f"arn:aws:securityhub:{REGION}:{ACCOUNT}:subscription/{name}"
    return seen(SecurityHubStandard, arn, standards_arn=whole, status=status)


def enabled(status: str = "READY") -> list[SecurityHubStandard]:
    *others, last = IDS.values()
    return [*map(standard, others), standard(last, status)]


PASS = inventory(HUB, *enabled())
FAIL = inventory(HUB, *enabled("INCOMPLETE"))


@pytest.mark.parametrize("missing", sorted(STANDARDS))
def test_each_standard_that_is_missing_is_a_fault_of_its_own(missing):
    others = [standard(name) for key, name in IDS.items() if key != missing]
    assert [fault.aspect for fault in judge(hub_standards_enabled, HUB, *others).faults] == [missing]


@pytest.mark.parametrize(
    ("other", "faults"),
    [
        ("arn:aws:securityhub:::ruleset/cis-aws-foundations-benchmark/v/1.2.0", 1),
        ("cis-aws-foundations-benchmark/v/1.4.0", 1),
        ("cis-aws-foundations-benchmark/v/3.0.0", 0),
        ("cis-aws-foundations-benchmark/v/10.0.0", 0),
    ],
)
def test_old_versions_of_the_benchmark_do_not_count(other, faults):
    others = [standard(name) for key, name in IDS.items() if not key.startswith("CIS")]
    assert len(judge(hub_standards_enabled, HUB, *others, standard(other)).faults) == faults


def test_a_standard_that_is_being_prepared_is_unknown_and_one_that_was_not_read_may_be_the_missing_one():
    assert judge(hub_standards_enabled, HUB, *enabled("PENDING")).status is Status.UNKNOWN
    unread = standard("x").punched("standards_arn")
    assert judge(hub_standards_enabled, HUB, unread).status is Status.UNKNOWN
    assert judge(hub_standards_enabled, HUB, *enabled(), unread).status is Status.PASS


def test_a_standard_of_another_region_does_not_count_and_without_security_hub_none_does():
    elsewhere = seen(SecurityHubStandard, region="eu-west-1", standards_arn="x", status="READY").punched("status")
    assert len(judge(hub_standards_enabled, HUB, elsewhere).faults) == 5
    assert judge(hub_standards_enabled, seen(SecurityHubRegion, hub_arn=None)).status is Status.NOT_APPLICABLE
