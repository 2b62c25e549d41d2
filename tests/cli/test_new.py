import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ID = "encryption.dataset_bucket_versioned"


@pytest.fixture
def checkout(tmp_path):
    """Copy the source and the tests that the guide names, and nothing else."""
    ignore = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=ignore)
    shutil.copytree(ROOT / "tests", tmp_path / "tests", ignore=ignore)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def run(checkout: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": "src", "NO_COLOR": "1"}
    return subprocess.run(
        [sys.executable, "-m", *command], cwd=checkout, env=environment, capture_output=True, text=True, check=False
    )


def test_the_two_files_of_a_new_control_keep_every_promise(checkout):
    before = set(checkout.rglob("*.py"))
    made = run(checkout, "hexward", "new", "control", ID)
    assert made.returncode == 0, made.stderr
    added = {str(p.relative_to(checkout)) for p in checkout.rglob("*.py")} - {
        str(p.relative_to(checkout)) for p in before
    }
    assert added == {
        "src/hexward/controls/encryption/dataset_bucket_versioned.py",
        "tests/controls/encryption/test_dataset_bucket_versioned.py",
    }
    tested = run(checkout, "pytest", "-q", "-p", "no:cacheprovider", "tests/test_catalog.py", "tests/controls",
                 "-k", "dataset_bucket_versioned")  # fmt: skip
    assert tested.returncode == 0, tested.stdout
    assert "passed" in tested.stdout
    told = run(checkout, "hexward", "explain", ID)
    assert "Buckets are versioned" in told.stdout


def test_the_two_files_of_a_new_detection_keep_every_promise(checkout):
    made = run(checkout, "hexward", "new", "detection", "threats.model_copied_out")
    assert made.returncode == 0, made.stderr
    assert made.stdout.splitlines() == [
        "src/hexward/detections/threats/model_copied_out.yml",
        "tests/detections/threats/model_copied_out.yml",
    ]
    tested = run(checkout, "pytest", "-q", "-p", "no:cacheprovider", "tests/detections", "-k", "model_copied_out")
    assert tested.returncode == 0, tested.stdout
    assert "passed" in tested.stdout


@pytest.mark.parametrize(
    "control_id", ["versioned", "storage.versioned", "encryption.Not-Snake", "encryption.key_alive", "../x.y"]
)
def test_a_name_that_cannot_be_or_exists_is_one_line(checkout, control_id):
    made = run(checkout, "hexward", "new", "control", control_id)
    assert made.returncode == 2
    assert made.stdout == ""
    assert len(made.stderr.splitlines()) == 1
