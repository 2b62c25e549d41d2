"""Where an address is, by the files that the user has, and what is told of files that are not what they should be."""

import json
import sys
from pathlib import Path

import maxminddb
import pytest

from hexward.events.origin import Databases, Origins
from hexward.model import UsageError
from tests.events.mmdb import ASNS, COUNTRIES, RANGES, databases_in, write


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    return databases_in(tmp_path_factory.mktemp("networks"))


@pytest.mark.parametrize(
    ("address", "kinds", "expected"),
    [
        ("198.51.100.7", (), ("198.51.100.0/24", "198.51.100.0/24", "")),
        ("2001:db8::1", (), ("2001:db8::/48", "2001:db8::/48", "")),
        ("::ffff:198.51.100.7", (), ("198.51.100.0/24", "198.51.100.0/24", "")),
        ("athena.amazonaws.com", ("asn", "country", "aws_ranges"), ("", "", "")),
        ("None", ("asn", "country", "aws_ranges"), ("", "", "")),
        ("198.51.100.7", ("asn",), ("AS64500", "AS64500", "")),
        ("198.51.100.7", ("country",), ("198.51.100.0/24", "198.51.100.0/24", "DE")),
        ("198.51.100.7", ("asn", "country", "aws_ranges"), ("AS64500 DE", "AS64500 DE", "DE")),
        ("::ffff:198.51.100.7", ("asn", "country"), ("AS64500 DE", "AS64500 DE", "DE")),
        ("198.18.3.4", ("asn", "country"), ("AS64500 DE", "AS64500 DE", "DE")),
        ("198.19.3.4", ("asn", "country"), ("AS64500 US", "AS64500 US", "US")),
        ("203.0.113.9", ("asn", "country"), ("AS64501", "AS64501", "")),
        ("203.0.113.200", ("asn", "country"), ("203.0.113.0/24", "203.0.113.0/24", "")),
        ("192.0.2.1", ("asn", "country"), ("192.0.2.0/24", "192.0.2.0/24", "US")),
        ("2001:db8:7::1", ("asn", "country"), ("AS64502", "AS64502", "")),
        ("10.1.2.3", ("asn", "country", "aws_ranges"), ("10.1.2.0/24", "10.1.2.0/24", "")),
        ("52.17.4.20", ("asn", "country", "aws_ranges"), ("aws eu-west-1 EC2", "52.17.4.0/24", "US")),
        ("52.17.99.1", ("aws_ranges",), ("aws eu-west-1 EC2", "52.17.99.0/24", "")),
        ("52.17.8.3", ("aws_ranges",), ("aws eu-west-1 EC2_INSTANCE_CONNECT", "52.17.8.0/24", "")),
        ("54.73.1.1", ("aws_ranges",), ("aws us-east-1 AMAZON", "54.73.1.0/24", "")),
        ("2a05:d018:7::1", ("aws_ranges",), ("aws eu-west-1 EC2", "2a05:d018:7::/48", "")),
    ],
)
def test_an_address_is_where_the_files_say(files, address, kinds, expected):
    assert Origins(Databases(**{kind: files[kind] for kind in kinds})).of(address) == expected


@pytest.mark.parametrize(
    ("kinds", "named_by"),
    [
        ((), {}),
        (("country",), {}),
        (("asn",), {"asn": "GeoLite2-ASN 2026-03-01"}),
        (
            ("asn", "country", "aws_ranges"),
            {
                "asn": "GeoLite2-ASN 2026-03-01",
                "country": "GeoLite2-Country 2026-03-01",
                "aws-ranges": "2026-03-01-00-00-00",
            },
        ),
    ],
)
def test_origins_tell_which_files_name_networks(files, kinds, named_by):
    assert Origins(Databases(**{kind: files[kind] for kind in kinds})).named_by == named_by


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ({"asn": "AS64500", "country": "Germany", "country_code": "DE"}, "AS64500 DE"),
        ({"autonomous_system_number": 64500, "country": "DE"}, "AS64500 DE"),
    ],
)
def test_records_are_read_as_other_publishers_write_them(tmp_path, record, expected):
    file = write(tmp_path / "lite.mmdb", {"198.51.100.0/24": record}, "ipinfo lite", version=4)
    origins = Origins(Databases(asn=file, country=file))
    assert origins.of("198.51.100.7").network == expected
    assert origins.of("2001:db8::1").network == "2001:db8::/48"


def test_the_two_readers_of_the_package_tell_the_same(files, monkeypatch):
    monkeypatch.setattr(maxminddb, "_extension", None)
    assert Origins(Databases(files["asn"], files["country"])).of("198.51.100.7").network == "AS64500 DE"


def broken(path: Path) -> bytes:
    """Return a database whose data is of no type, wherever it is looked up."""
    whole = write(path, ASNS, "GeoLite2-ASN").read_bytes()
    start = whole.index(bytes(16)) + 16
    return whole[:start] + b"\x00\xff" * 60 + whole[start + 120 :]


@pytest.mark.parametrize("pure", [False, True])
@pytest.mark.parametrize(
    ("kind", "content", "says"),
    [
        *(
            (kind, content, "is no database of networks")
            for kind in ("asn", "country")
            for content in (b"", b"{}", b"\x00" * 500, b"\xab\xcd\xefMaxMind.com", b"\xab\xcd\xefMaxMind.com\xe0")
        ),
        ("asn", "cut", "is no database of networks"),
        ("asn", "circle", "is no database of networks"),
        ("asn", "broken", "is no database of networks"),
        ("asn", "country", "tells no autonomous system: it is a database of the type 'GeoLite2-Country'"),
        ("country", "asn", "tells no country: it is a database of the type 'GeoLite2-ASN'"),
        ("aws_ranges", b"", "is no ip-ranges.json"),
        ("aws_ranges", b'{"prefixes": []}', "is no ip-ranges.json"),
        ("aws_ranges", RANGES.replace("52.17.8.0/29", "52.17.8.1/29").encode(), "is no ip-ranges.json: 52.17.8.1/29 has host bits"),
        ("aws_ranges", RANGES.replace("ipv6_prefix", "ip6").encode(), "is no ip-ranges.json"),
        ("asn", None, "cannot be read: No such file"),
        ("aws_ranges", None, "cannot be read: No such file"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_what_it_should_be_is_one_line(tmp_path, monkeypatch, kind, content, says, pure):
    if pure:
        monkeypatch.setattr(maxminddb, "_extension", None)
    file = tmp_path / "given"
    whole = write(tmp_path / "whole", ASNS, "GeoLite2-ASN").read_bytes()
    made = {
        "cut": whole[100:],
        "circle": bytes(6) + whole[6:],
        "broken": broken(tmp_path / "broken"),
        "asn": whole,
        "country": write(tmp_path / "c", COUNTRIES, "GeoLite2-Country").read_bytes(),
    }
    if content is not None:
        file.write_bytes(made[content] if isinstance(content, str) else content)
    with pytest.raises(UsageError) as caught:
        Origins(Databases(**{kind: file}))
    assert str(caught.value).startswith(f"{file} ")
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_record_that_is_broken_is_told_when_it_is_met(tmp_path, monkeypatch):
    file = write(tmp_path / "asn.mmdb", {"0.0.0.0/1": ASNS["198.51.100.0/24"], "198.51.100.0/24": {"x": 1}}, "ASN", 4)
    whole = file.read_bytes()
    file.write_bytes(whole.replace(b"\xe1\x41x", b"\x00\xff\xff"))
    monkeypatch.setattr("hexward.events.databases.SAMPLE", 1)
    origins = Origins(Databases(asn=file))
    assert origins.of("52.17.4.20").network == "AS64500"
    with pytest.raises(UsageError, match=r"asn\.mmdb is no database of networks"):
        origins.of("198.51.100.7")


def test_without_the_package_the_extra_is_named(files, monkeypatch):
    monkeypatch.setitem(sys.modules, "maxminddb", None)
    with pytest.raises(UsageError, match=r"without the package maxminddb, which hexward\[hunt\] brings"):
        Origins(Databases(asn=files["asn"]))
    assert Origins(Databases(aws_ranges=files["aws_ranges"])).of("52.17.4.20").network == "aws eu-west-1 EC2"


def test_a_range_of_several_services_has_one_name_in_any_order(tmp_path):
    ranges = json.loads(RANGES)
    names = []
    for order in (1, -1):
        (tmp_path / "r.json").write_text(json.dumps(ranges | {"ipv6_prefixes": ranges["ipv6_prefixes"][::order]}))
        names.append(Origins(Databases(aws_ranges=tmp_path / "r.json")).of("2a05:d018::1").network)
    assert names == ["aws eu-west-1 EC2"] * 2
