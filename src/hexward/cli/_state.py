"""Where runs are kept: the user's state folder, `$XDG_STATE_HOME/hexward/runs` or `~/.local/state/hexward/runs`."""

import os
import re
from datetime import UTC, datetime
from pathlib import Path


def runs_folder() -> Path:
    """Return the folder of all runs."""
    state = os.environ.get("XDG_STATE_HOME")
    return (Path(state) if state else Path.home() / ".local" / "state") / "hexward" / "runs"


def new_run_folder(account: str) -> Path:
    """Return a folder that does not exist yet, named for the account and the time in UTC."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    # Whoever answers at the end point says what the account is called, and must not choose the folder.
    first = runs_folder() / f"{re.sub('[^0-9A-Za-z]', '', account)}-{stamp}"
    later = (first.with_name(f"{first.name}-{number}") for number in range(2, 1000))
    return next(path for path in (first, *later) if not path.exists())
