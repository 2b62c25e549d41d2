"""Writes small databases of networks as MaxMind's format has them: https://maxmind.github.io/MaxMind-DB/ ."""

from collections.abc import Mapping
from ipaddress import ip_network
from pathlib import Path


class Wide(int):
    """A number that is not of 32 bits; `wide` is its type and how many bytes it has."""

    wide: tuple[int, int]


class Short(Wide):
    """A number of 16 bits."""

    wide = (5, 2)


class Long(Wide):
    """A number of 64 bits."""

    wide = (9, 8)


BUILT = 1_772_323_200
"""The first of March 2026."""
GERMAN, AMERICAN = ({"country": {"iso_code": code}} for code in ("DE", "US"))
ASNS = {
    "198.51.100.0/24": {"autonomous_system_number": 64500, "autonomous_system_organization": "Example Telecom"},
    "198.18.0.0/15": {"autonomous_system_number": 64500, "autonomous_system_organization": "Example Telecom"},
    "203.0.113.0/25": {"autonomous_system_number": 64501, "autonomous_system_organization": "Example Hosting"},
    "192.0.2.0/24": {"autonomous_system_organization": "Nobody"},
    "2001:db8::/32": {"autonomous_system_number": 64502, "autonomous_system_organization": "Example Six"},
}
COUNTRIES: dict[str, Mapping[str, object]] = {
    "198.51.100.0/24": GERMAN,
    "198.18.0.0/16": GERMAN,
    "198.19.0.0/16": AMERICAN,
    "192.0.2.0/24": {"registered_country": {"iso_code": "US"}},
    "52.17.4.0/24": AMERICAN,
}
RANGES = """{"syncToken": "1772323200", "createDate": "2026-03-01-00-00-00", "prefixes": [
    {"ip_prefix": "52.16.0.0/15", "region": "eu-west-1", "service": "AMAZON", "network_border_group": "eu-west-1"},
    {"ip_prefix": "52.17.0.0/16", "region": "eu-west-1", "service": "AMAZON", "network_border_group": "eu-west-1"},
    {"ip_prefix": "52.16.0.0/15", "region": "eu-west-1", "service": "EC2", "network_border_group": "eu-west-1"},
    {"ip_prefix": "52.17.8.0/29", "region": "eu-west-1", "service": "EC2_INSTANCE_CONNECT", "network_border_group": "eu-west-1"},
    {"ip_prefix": "54.72.0.0/15", "region": "us-east-1", "service": "AMAZON", "network_border_group": "us-east-1"}],
    "ipv6_prefixes": [
    {"ipv6_prefix": "2a05:d018::/35", "region": "eu-west-1", "service": "S3", "network_border_group": "eu-west-1"},
    {"ipv6_prefix": "2a05:d018::/35", "region": "eu-west-1", "service": "EC2", "network_border_group": "eu-west-1"}]}"""


def write(path: Path, networks: Mapping[str, object], kind: str, version: int = 6) -> Path:
    """Write a database that tells of each network a record of its own."""
    nodes: list[list[int | None]] = [[None, None]]
    data, places = b"", []
    for text, record in networks.items():
        network = ip_network(text)
        bits = f"{int(network.network_address):0{network.max_prefixlen}b}"[: network.prefixlen]
        if network.version < version:
            bits = "0" * 96 + bits
        places.append((bits, len(data)))
        data += encoded(record)
    for bits, place in places:
        node = 0
        for bit in bits[:-1]:
            following = nodes[node][int(bit)]
            if following is None:
                following = len(nodes)
                nodes[node][int(bit)] = following
                nodes.append([None, None])
            node = following
        # Behind the nodes are 16 empty bytes, and then the data; until all nodes are known, a place in it is written below 0.
        nodes[node][int(bits[-1])] = -place - 1
    tree = b"".join(_record(one, len(nodes)) for node in nodes for one in node)
    about = {
        "binary_format_major_version": Short(2), "binary_format_minor_version": Short(0), "build_epoch": Long(BUILT),
        "database_type": kind, "description": {}, "ip_version": Short(version), "languages": [], "node_count": len(nodes),
        "record_size": Short(24),
    }  # fmt: skip
    path.write_bytes(tree + bytes(16) + data + b"\xab\xcd\xefMaxMind.com" + encoded(about))
    return path


def _record(one: int | None, nodes: int) -> bytes:
    if one is None:
        return nodes.to_bytes(3)
    return (nodes + 16 - one - 1 if one < 0 else one).to_bytes(3)


def encoded(value: object) -> bytes:
    """Return a value as the data section has it."""
    if isinstance(value, dict):
        return _control(7, len(value)) + b"".join(encoded(key) + encoded(one) for key, one in value.items())
    if isinstance(value, str):
        return _control(2, len(value)) + value.encode()
    if isinstance(value, list):
        return _control(11, len(value)) + b"".join(map(encoded, value))
    assert isinstance(value, int)
    kind, size = value.wide if isinstance(value, Wide) else (6, 4)
    return _control(kind, size) + value.to_bytes(size)


def _control(kind: int, size: int) -> bytes:
    if kind > 7:
        return bytes([size, kind - 7])
    return bytes([kind << 5 | size]) if size < 29 else bytes([kind << 5 | 29, size - 29])


def databases_in(folder: Path) -> dict[str, Path]:
    """Write one file of each kind, named as the options of the command line are."""
    (folder / "ip-ranges.json").write_text(RANGES)
    return {
        "asn": write(folder / "asn.mmdb", ASNS, "GeoLite2-ASN"),
        "country": write(folder / "country.mmdb", COUNTRIES, "GeoLite2-Country"),
        "aws_ranges": folder / "ip-ranges.json",
    }
