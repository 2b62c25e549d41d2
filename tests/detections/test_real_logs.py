"""Recorded attacks in, the right alerts out; skipped where the recordings are not beside the project."""

from pathlib import Path

import pytest

from hexward.cli._logs import logs
from hexward.detections import Search, detections
from hexward.detections.hunt import hunt
from hexward.detections.incidents import incidents
from hexward.events import DataSource
from hexward.model import Alert, Severity

DATA = Path(__file__).parents[2] / ".." / "shared" / "data"
STRATUS = sorted((DATA / "cloudtrail" / "stratus").glob("*.json"))
TACTICS = {"defense-evasion": {"defense-impairment", "stealth"}}
"""ATT&CK split one tactic into two after the recorded attacks were labelled."""
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the recorded attacks (../shared/data) are not here")


def alerts_in(*paths: Path) -> list[Alert]:
    with hunt(logs(map(str, paths)), Search(detections()), 1, lambda _: None) as found:
        return list(found.alerts())


def test_there_are_recorded_attacks():
    assert len(STRATUS) == 25


@pytest.mark.parametrize("path", STRATUS, ids=lambda path: path.stem)
def test_a_recorded_attack_is_told_with_its_tactic(path):
    tactic = path.stem.split(".")[1]
    told = {tactic for alert in alerts_in(path) for tactic in alert.tactics}
    assert told & TACTICS.get(tactic, {tactic})


def test_llmjacking_is_told_at_its_first_sensitive_call():
    [path] = [one for one in STRATUS if "bedrock" in one.name]
    found = alerts_in(path)
    assert found[0].detection == "threats.bedrock_access_taken"
    assert found[0].summary.startswith("Access to a Bedrock model taken by hand: ")
    assert "bedrock:PutUseCaseForModelAccess" in found[0].summary
    assert any(one.level is Severity.CRITICAL for one in found)
    [incident] = incidents(found)
    assert "impact" in incident.tactics


def test_the_recorded_theft_from_storage_is_one_story():
    [incident] = incidents(alerts_in(*(DATA / "cloudtrail" / "otrf").glob("*.jsonl")))
    assert incident.principal.endswith(":role/MordorNginxStack-BankingWAFRole-9S3E0UAE1MM0")
    assert "exfiltration" in incident.tactics


def test_recorded_findings_of_guardduty_are_read():
    with hunt(logs([str(DATA / "guardduty")]), Search(detections()), 1, lambda _: None) as found:
        told = {one.detection for one in found.alerts()}
        assert (found.sources[DataSource.GUARDDUTY], found.samples) == (5, 6)
        assert not found.problems
    assert "threats.guardduty_finding_severe" in told


def test_single_calls_that_were_refused_or_only_look_raise_nothing_but_attempts_to_leave_or_to_blind():
    files = logs([str(one) for one in (DATA / "cloudtrail" / "traildiscover").glob("*.cloudtrail")])
    with hunt(files, Search(detections()), 1, lambda _: None) as found:
        told = {one.detection for one in found.alerts()}
        assert found.events > 350
        assert not found.problems
    assert told == {
        "identity.organization_left",
        "network.network_logs_deletion_refused",
        "trail.tampering_refused",
    }
