import shutil
import subprocess
from html import unescape

import pytest

from hexward.report import html
from tests.build import ACCOUNT
from tests.report.documents import audit, finding, hostile

CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]


@pytest.fixture
def opened(tmp_path):
    """Open a page in a real browser; returns the document after its script ran, and what the browser said."""

    def open_page(text: str) -> tuple[str, str]:
        page = tmp_path / "audit.html"
        page.write_text(text, encoding="utf-8")
        command = [
            str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync", "--enable-logging=stderr",
            f"--user-data-dir={tmp_path / 'profile'}", "--virtual-time-budget=3000", "--dump-dom", page.as_uri(),
        ]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
        return done.stdout, "\n".join(line for line in done.stderr.splitlines() if "CONSOLE" in line)

    return open_page


def test_hostile_names_are_shown_and_never_run(opened):
    document, console = opened(html.render(hostile()))
    assert "owned</title>" not in document
    assert f"<title>Hexward audit of {ACCOUNT}</title>" in document
    assert "<img" not in document
    assert console == ""
    assert "</script><script>document.title='owned'</script>" in unescape(document)


def test_the_script_draws_the_first_hundred_of_ten_thousand(opened):
    document, console = opened(html.render(audit(*(finding(f"arn:{n}") for n in range(10_000)))))
    assert console == ""
    assert "page 1 of 100" in document
    assert "10000 of 10000" in document


def test_the_page_asks_the_network_for_nothing():
    text = html.render(hostile())
    policy = text.partition('Content-Security-Policy" content="')[2].partition('"')[0]
    assert unescape(policy).startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
