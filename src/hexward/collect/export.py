"""Reads AWS's own export formats, so that an account can be judged from a file that someone sent."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from hexward.collect.build import build
from hexward.collect.iam import DETAILS
from hexward.collect.iam import TABLES as IAM
from hexward.inventory import GLOBAL
from hexward.inventory.run import About, Run
from hexward.model import Gap, Reason, RunError


def load_export(path: Path) -> Run:
    """Read the answer of `aws iam get-account-authorization-details`. Raises RunError for any other file.

    The file's own time stands for the time of collection, since the format has none. What it does not hold (the credential report,
    every other service) is a gap.
    """
    try:
        data = msgspec.json.decode(path.read_bytes())
        when = datetime.fromtimestamp(int(path.stat().st_mtime), UTC)
    except OSError as error:
        raise RunError(f"{path} cannot be read: {error.strerror}") from error
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise RunError(f"{path} is not JSON: {error}") from error
    tables = [table for table in IAM if table.listing is DETAILS]
    lists = [table.items.removesuffix("[]") for table in tables]
    if not isinstance(data, Mapping) or not any(isinstance(data.get(name), list) for name in lists):
        raise RunError(f"{path} holds none of {', '.join(lists)}: it is not GetAccountAuthorizationDetails")
    run = Run(About(account=_account(data, lists), regions=(), collected_at=when, complete=True))
    for table, name in zip(tables, lists, strict=True):
        items = data.get(name)
        gap = (
            None
            if isinstance(items, list)
            else Gap(Reason.MALFORMED, f"{path.name} has no list {name}", table.calls[0])
        )
        for item in items if isinstance(items, list) else ():
            if not isinstance(item, Mapping) or not isinstance(item.get("Arn"), str):
                gap = Gap(Reason.MALFORMED, f"{path.name}: an entry of {name} has no Arn", table.calls[0])
                continue
            about = {"account": run.about.account, "region": GLOBAL}
            run.add(build(table, item["Arn"], about, {table.calls[0]: item}, {}))
        run.listed(table.record, GLOBAL, gap)
    return run


def _account(data: Mapping[str, Any], lists: list[str]) -> str:
    """Return the account that most entries belong to; AWS's own policies belong to none."""
    arns = [item.get("Arn") for name in lists for item in data.get(name) or () if isinstance(item, Mapping)]
    owners = [arn.split(":")[4] for arn in arns if isinstance(arn, str) and arn.count(":") >= 5]  # noqa: PLR2004
    numbers = [owner for owner in owners if owner.isdigit()]
    return max(sorted(set(numbers)), key=numbers.count, default="")
