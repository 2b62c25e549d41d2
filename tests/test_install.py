"""What a user installs stays small: the core and its dependencies, without pip and bytecode."""

import re
from importlib.metadata import distribution
from pathlib import Path

LOCK = Path(__file__).parent.parent / "requirements" / "core.txt"
PACKAGES = re.findall(r"^([a-z0-9-]+)==", LOCK.read_text(), re.MULTILINE)


def size_bytes(package: str) -> int:
    """Add up the installed files of one package, without bytecode."""
    files = distribution(package).files or ()
    return sum(
        Path(file.locate()).stat().st_size for file in files if file.suffix != ".pyc" and Path(file.locate()).is_file()
    )


def test_the_core_installs_at_most_20_packages_with_itself():
    assert len([*PACKAGES, "hexward"]) <= 20


def test_the_core_takes_at_most_60_megabytes():
    megabytes = sum(size_bytes(package) for package in PACKAGES) / 1e6
    own = sum(path.stat().st_size for path in (LOCK.parent.parent / "src").rglob("*") if path.suffix != ".pyc") / 1e6
    # botocore alone is past 20 MB: a smaller sum would mean that nothing was measured.
    assert 20 < megabytes + own <= 60
