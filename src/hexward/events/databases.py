"""Files that tell whose an address is and in which country, as the user has them: MaxMind's format, whoever publishes it.

https://maxmind.github.io/MaxMind-DB/
"""

import importlib
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from ipaddress import IPv4Address, IPv6Address
from itertools import islice
from pathlib import Path
from typing import Any

from hexward.model import UsageError

type Address = IPv4Address | IPv6Address
type Record = Mapping[str, object]

SAMPLE = 1_000
"""So many records are looked at for what a file is to tell; some tell nothing."""


def asn(record: Record) -> str:
    """Return the autonomous system, `AS64500`: MaxMind and DB-IP write its number, IPinfo its name."""
    number = record.get("autonomous_system_number", record.get("asn"))
    found = re.fullmatch(r"(?:AS)?([1-9]\d{0,9})", str(number))
    return f"AS{found[1]}" if found else ""


def country(record: Record) -> str:
    """Return the country, `DE`: where the address is, else where it is registered."""
    for name in ("country", "country_code", "registered_country"):
        value = record.get(name)
        code = value.get("iso_code") if isinstance(value, dict) else value
        if isinstance(code, str) and re.fullmatch("[A-Z]{2}", code):
            return code
    return ""


class Database:
    """One such file, opened."""

    def __init__(self, path: Path, told: Callable[[Record], str], what: str) -> None:
        """Open a file of which `told` reads a record. Raises UsageError for one that is broken, or tells no `what`."""
        self._path = path
        self._told = told
        try:
            maxminddb = importlib.import_module("maxminddb")
        except ImportError as error:
            raise UsageError(
                f"{path} cannot be read without the package maxminddb, which hexward[hunt] brings"
            ) from error
        # What a broken file raises differs between the two readers of the package, in C and in Python.
        self._broken = (maxminddb.InvalidDatabaseError, ValueError, TypeError, RecursionError)
        try:
            with path.open("rb"):
                self._reader: Any = maxminddb.open_database(path)
            about = self._reader.metadata()
            self._version = int(about.ip_version)
            built = datetime.fromtimestamp(about.build_epoch, UTC).strftime("%Y-%m-%d")
            tells = any(told(record) for _, record in islice(self._reader, SAMPLE) if isinstance(record, dict))
        except OSError as error:
            raise UsageError(f"{path} cannot be read: {error.strerror or error}") from error
        except (*self._broken, OverflowError) as error:
            raise UsageError(f"{path} is no database of networks: {error}") from error
        if not tells:
            raise UsageError(f"{path} tells no {what}: it is a database of the type {about.database_type!r}")
        self.release = f"{about.database_type} {built}"

    def find(self, address: Address) -> str:
        """Return what the file tells of an address, else an empty text. Raises UsageError where the file is broken."""
        if address.version > self._version:
            return ""
        try:
            record = self._reader.get(address)
        except self._broken as error:
            raise UsageError(f"{self._path} is no database of networks: {error}") from error
        return self._told(record) if isinstance(record, dict) else ""
