"""Reads AWS's own export formats, so that an account can be judged from a file that someone sent."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from json import detect_encoding
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
    every other service, the pages that were not asked for) is a gap.
    """
    data, when = _read(path)
    tables = {table.items.removesuffix("[]"): table for table in IAM if table.listing is DETAILS}
    if not any(isinstance(data.get(name), list) for name in tables):
        raise RunError(f"{path} holds none of {', '.join(tables)}: it is not GetAccountAuthorizationDetails")
    partition, account = _owner(data, tables)
    run = Run(About(account=account, partition=partition, regions=(), collected_at=when, complete=True))
    for name, table in tables.items():
        gap = _cut(path, data) or None if isinstance(data.get(name), list) else f"{path.name} has no list {name}"
        if gap is None and name == "RoleDetailList" and not data[name]:
            # Every account has roles of AWS's own: an export that holds none was filtered, and proves nothing.
            gap = f"{path.name} holds no role"
        for item in _items(data, name):
            if not isinstance(item, Mapping) or not isinstance(item.get("Arn"), str):
                gap = f"{path.name}: an entry of {name} has no Arn"
            elif table.keep is None or table.keep(item):
                about = {"account": account, "region": GLOBAL}
                run.add(build(table, item["Arn"], about, {table.calls[0]: item}, {}))
        run.listed(table.record, GLOBAL, Gap(Reason.MALFORMED, gap, table.calls[0]) if gap else None)
    return run


def _read(path: Path) -> tuple[Mapping[str, Any], datetime]:
    """Return the JSON object in a file, and when the file was written. Raises RunError."""
    try:
        content = path.read_bytes()
        when = datetime.fromtimestamp(int(path.stat().st_mtime), UTC)
    except OSError as error:
        raise RunError(f"{path} cannot be read: {error.strerror}") from error
    try:
        # A shell of Windows writes what it redirects in UTF-16.
        data = msgspec.json.decode(content.decode(detect_encoding(content)))
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise RunError(f"{path} is not JSON: {error}") from error
    if not isinstance(data, Mapping):
        raise RunError(f"{path} is not GetAccountAuthorizationDetails: it holds no JSON object")
    return data, when


def _cut(path: Path, data: Mapping[str, Any]) -> str:
    """Say that there are more pages than the file holds, as AWS and its command line tell; an empty text if there are none."""
    return (
        f"{path.name} is not the whole answer: more pages follow"
        if data.get("IsTruncated") or data.get("NextToken")
        else ""
    )


def _items(data: Mapping[str, Any], name: str) -> Iterable[Any]:
    found = data.get(name)
    return found if isinstance(found, list) else ()


def _owner(data: Mapping[str, Any], names: Iterable[str]) -> tuple[str, str]:
    """Return the partition and the account that most entries belong to; AWS's own policies belong to no account."""
    arns = (item.get("Arn") for name in names for item in _items(data, name) if isinstance(item, Mapping))
    parts = [arn.split(":") for arn in arns if isinstance(arn, str) and arn.count(":") >= 5]  # noqa: PLR2004  (an ARN has six parts)
    owners = Counter((part[1], part[4]) for part in parts if part[4].isdecimal())
    return max(sorted(owners), key=owners.__getitem__, default=("aws", ""))
