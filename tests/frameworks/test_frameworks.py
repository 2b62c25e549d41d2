import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from hexward.frameworks import Decides, FrameworkError, frameworks, read, requirement
from hexward.model import UsageError

HEADER = "id: X\nname: A standard\nversion: '1'\nsource: https://example.org/x\nchecked: 2026-01-02\nrequirements:\n"


def test_seven_frameworks_are_sorted_by_id():
    ids = [framework.id for framework in frameworks()]
    assert ids == ["AWS-AISBP", "AWS-FSBP", "CIS-AWS", "HIPAA", "NIST-800-53", "OWASP-LLM", "PCI-DSS"]


def test_the_two_short_lists_are_complete():
    counts = {framework.id: len(framework.requirements) for framework in frameworks()}
    assert counts["AWS-AISBP"] == 31
    assert counts["OWASP-LLM"] == 10


def test_nine_of_awss_ai_controls_are_high():
    [ai] = [framework for framework in frameworks() if framework.id == "AWS-AISBP"]
    assert sum(one.level == "high" for one in ai.requirements) == 9
    assert {one.level for one in ai.requirements} == {"high", "medium"}


def test_every_framework_says_where_and_when_it_was_checked():
    for framework in frameworks():
        assert framework.source.startswith("https://")
        assert framework.checked >= date(2026, 11, 23)
        assert framework.name
        assert framework.version


def test_titles_are_short():
    for framework in frameworks():
        for one in framework.requirements:
            assert 10 <= len(one.title) <= 80, one.title


def test_a_requirement_is_found_by_its_name():
    assert requirement("AWS-FSBP:S3.8").level == "high"
    assert requirement("HIPAA:164.312(b)").kind is Decides.HYBRID


def test_an_unknown_requirement_comes_with_the_likeliest():
    with pytest.raises(UsageError, match=r"there is no requirement 'AWS-FSBP:S3\.88'; did you mean .*AWS-FSBP:S3\.8"):
        requirement("AWS-FSBP:S3.88")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (HEADER + "  - {id: A.1", r"^x\.yaml:\d+: "),
        (HEADER + "  - {id: A.1, title: Doors are shut, level: 3}", r"^x\.yaml: Expected `str`, got `int`"),
        (HEADER + "  - {id: A.1, title: Doors are shut, kind: perhaps}", r"^x\.yaml: Invalid enum value 'perhaps'"),
        (HEADER + "  - {id: A.1, titel: Doors are shut}", r"^x\.yaml: Object "),
        (HEADER + "  - {id: A.1, title: Doors}\n  - {id: A.1, title: Doors}", r"^x\.yaml: A\.1 stands there twice$"),
        (HEADER.replace("id: X", "id: Y") + "  - {id: A.1, title: Doors}", r"^x\.yaml: .* holds Y$"),
        ("", r"^x\.yaml: Expected `object`, got `null`$"),
        ("\0", r"^x\.yaml: "),
    ],
)
def test_a_bad_file_is_named_in_one_line(tmp_path: Path, text, says):
    file = tmp_path / "x.yaml"
    file.write_text(text)
    with pytest.raises(FrameworkError, match=says) as caught:
        read(file)
    assert "\n" not in str(caught.value)


def test_no_file_is_read_before_it_is_asked_for():
    program = (
        "import sys, hexward.frameworks as f; assert f.frameworks.cache_info().currsize == 0; "
        "f.frameworks(); assert f.frameworks() is f.frameworks()"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
