"""Where runs are kept: the user's state folder, `$XDG_STATE_HOME/hexward/runs` or `~/.local/state/hexward/runs`."""

import os
import re
from datetime import UTC, datetime
from pathlib import Path

from hexward.inventory.run import about
from hexward.model import RunError


def runs_folder() -> Path:
    """Return the folder of all runs."""
    state = os.environ.get("XDG_STATE_HOME")
    return (Path(state) if state else Path.home() / ".local" / "state") / "hexward" / "runs"


def new_run_folder(account: str) -> Path:
    """Return a folder that does not exist yet, named for the account and the time in UTC."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    first = runs_folder() / f"{_plain(account)}-{stamp}"
    later = (first.with_name(f"{first.name}-{number}") for number in range(2, 1000))
    return next(path for path in (first, *later) if not path.exists())


def _plain(account: str) -> str:
    """Return the account's name as part of a folder's: whoever answers at the end point chose it, and must not choose the folder."""
    return re.sub("[^0-9A-Za-z]", "", account)


def last_unfinished(account: str) -> Path:
    """Return the folder of the account's last run that did not come to its end. Raises RunError if there is none."""
    begun = sorted(path for path in runs_folder().glob(f"{_plain(account)}-*") if _unfinished(path))
    if not begun:
        raise RunError(f"no run of account {account} was interrupted; --resume FOLDER names another")
    return begun[-1]


def _unfinished(folder: Path) -> bool:
    try:
        return not about(folder).complete
    except RunError:
        return False
