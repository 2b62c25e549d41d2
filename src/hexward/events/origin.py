"""Where calls come from: the network and the country of an address, as far as the user's files tell them."""

from pathlib import Path
from typing import NamedTuple

import msgspec

from hexward.events import databases
from hexward.events.aws_ranges import AwsRanges
from hexward.events.databases import Database
from hexward.events.network import address_of, network
from hexward.events.values import remembered


class Databases(msgspec.Struct, frozen=True):
    """The files that the user has."""

    asn: Path | None = None
    country: Path | None = None
    aws_ranges: Path | None = None


class Origin(NamedTuple):
    """Where an address is; a text is empty where that is not known.

    `network` is whoever has the address: AWS's region and service, or the autonomous system and its country, or else its range.
    """

    network: str
    key_network: str
    """The network for calls with a long-term key. It is AWS's range and not its region: there anybody can rent an address."""
    country: str


NOWHERE = Origin("", "", "")


class Origins:
    """Looks origins up, each once while it is remembered. `named_by` tells the files that name networks, and of when each is."""

    def __init__(self, files: Databases | None = None) -> None:
        """Open the files. Raises UsageError for one that is not what it should be."""
        given = files or Databases()
        self._asn = Database(given.asn, databases.asn, "autonomous system") if given.asn else None
        self._country = Database(given.country, databases.country, "country") if given.country else None
        self._aws = AwsRanges(given.aws_ranges) if given.aws_ranges else None
        self.tells_country = self._country is not None
        # Without an autonomous system the country is no part of a network's name.
        named = {"asn": self._asn, "country": self._country if self._asn else None, "aws-ranges": self._aws}
        self.named_by = {kind: file.release for kind, file in named.items() if file is not None}
        self.of = remembered(self._of)

    def _of(self, address: str) -> Origin:
        try:
            found = address_of(address)
        except ValueError:
            return NOWHERE
        country = self._country.find(found) if self._country else ""
        if self._aws and (name := self._aws.find(found)):
            return Origin(f"aws {name}", network(address), country)
        if self._asn and (name := self._asn.find(found)):
            name = f"{name} {country}".rstrip()
            return Origin(name, name, country)
        return Origin(network(address), network(address), country)
