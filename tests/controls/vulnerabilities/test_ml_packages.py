import pytest

from hexward.controls.vulnerabilities.ml_packages import ml_packages
from hexward.inventory import InspectorFinding
from hexward.inventory.inspector2 import Package
from hexward.model import Status
from tests.build import inventory, judge
from tests.controls.vulnerabilities.scans import AWS, IMAGE, coverage, finding, workload


def package(name: str, fixed: str | None = "2.0", version: str = "1.0") -> Package:
    return Package(name, version, fixed)


def hole(number: int, *packages: Package, severity: str = "HIGH") -> InspectorFinding:
    return finding(severity, 1, "YES", f"CVE-2026-{number}", *packages)


PASS = inventory(workload(IMAGE), coverage(), hole(1, package("openssl")))
FAIL = inventory(workload(IMAGE), coverage(), hole(1, package("torch")))


@pytest.mark.parametrize(
    ("found", "says"),
    [
        ([hole(1, package("NumPy"))], ["numpy 1.0 in serve:1 has CVE-2026-1, fixed in 2.0"]),
        ([hole(1, package("scikit_learn", None))], ["scikit-learn 1.0 in serve:1 has CVE-2026-1, without a fix yet"]),
        ([hole(1, package("torch", "NotAvailable"))], ["torch 1.0 in serve:1 has CVE-2026-1, without a fix yet"]),
        (
            [hole(1, package("torch", "2.9.1")), hole(2, package("torch", "2.10.0"))],
            ["torch 1.0 in serve:1 has CVE-2026-1, CVE-2026-2, fixed in 2.10.0"],
        ),
        (
            [hole(number, package("tensorflow")) for number in range(5)],
            ["tensorflow 1.0 in serve:1 has CVE-2026-0, CVE-2026-1, CVE-2026-2 and 2 more, fixed in 2.0"],
        ),
        (
            [hole(1, package("torch"), package("keras"), package("zlib"))],
            ["keras 1.0 in serve:1 has CVE-2026-1, fixed in 2.0", "torch 1.0 in serve:1 has CVE-2026-1, fixed in 2.0"],
        ),
        ([hole(1, package("torch-of-a-stranger"))], []),
        ([], []),
    ],
)
def test_holes_are_told_by_package_with_the_version_that_mends_them(found, says):
    assert [fault.says for fault in judge(ml_packages, workload(IMAGE), coverage(), *found).faults] == says


def test_no_hole_in_what_is_not_scanned_is_unknown():
    assert judge(ml_packages, workload(IMAGE), coverage("INACTIVE")).status is Status.UNKNOWN
    assert judge(ml_packages, workload(IMAGE), coverage(), hole(1).punched("packages")).status is Status.UNKNOWN
    assert judge(ml_packages, workload(AWS)).status is Status.NOT_APPLICABLE
