"""The addresses of AWS as it publishes them in ip-ranges.json, by region and service.

https://docs.aws.amazon.com/vpc/latest/userguide/aws-ip-syntax.html
"""

from collections import defaultdict
from ipaddress import ip_network
from pathlib import Path

import msgspec

from hexward.events.databases import Address
from hexward.model import UsageError

ALL = "AMAZON"
"""Every range is among those of this service, and most are also among those of one that tells more."""


class _Prefix(msgspec.Struct):
    region: str
    service: str
    ip_prefix: str = ""
    ipv6_prefix: str = ""


class _Ranges(msgspec.Struct):
    prefixes: list[_Prefix]
    ipv6_prefixes: list[_Prefix]
    createDate: str  # noqa: N815  (AWS's own spelling)


type _Names = dict[int, dict[int, str]]
"""The name of each range, by how many bits of an address lie behind it and by the bits before."""


class AwsRanges:
    """The ranges of one file. `release` is when AWS wrote it."""

    def __init__(self, path: Path) -> None:
        """Read a file. Raises UsageError for one that is not AWS's."""
        try:
            found = msgspec.json.decode(path.read_bytes(), type=_Ranges)
            self._tables = _tables(found.prefixes + found.ipv6_prefixes)
        except OSError as error:
            raise UsageError(f"{path} cannot be read: {error.strerror}") from error
        except (msgspec.DecodeError, ValueError, RecursionError) as error:
            raise UsageError(f"{path} is no ip-ranges.json: {error}") from error
        self.release = found.createDate

    def find(self, address: Address) -> str:
        """Return the region and service of the narrowest range around an address, `eu-west-1 EC2`, else an empty text."""
        number = int(address)
        for general in (False, True):
            for behind, names in self._tables.get((address.version, general), ()):
                if (name := names.get(number >> behind)) is not None:
                    return name
        return ""


def _tables(prefixes: list[_Prefix]) -> dict[tuple[int, bool], list[tuple[int, dict[int, str]]]]:
    """Return the names by version of the protocol and by whether the service is that of all ranges, narrow ranges first."""
    found: dict[tuple[int, bool], _Names] = defaultdict(lambda: defaultdict(dict))
    for one in prefixes:
        network = ip_network(one.ip_prefix or one.ipv6_prefix)
        behind = network.max_prefixlen - network.prefixlen
        names = found[network.version, one.service == ALL][behind]
        place, name = int(network.network_address) >> behind, f"{one.region} {one.service}"
        # A range of several services has the name that sorts first, in whatever order the file has them.
        names[place] = min(name, names.get(place, name))
    return {kind: sorted(names.items()) for kind, names in found.items()}
