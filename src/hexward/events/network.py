"""The network of an address: coarse enough that a new address of the same office or provider is nothing new."""

import ipaddress
from ipaddress import IPv4Address, IPv6Address

from hexward.events.values import remembered

BITS = {4: 24, 6: 48}
"""What is handed out as one, where no file tells whose an address is."""


def address_of(text: str) -> IPv4Address | IPv6Address:
    """Return an address; one of IPv4 that is written as one of IPv6 is of IPv4. Raises ValueError for what is none."""
    found = ipaddress.ip_address(text)
    return (isinstance(found, IPv6Address) and found.ipv4_mapped) or found


@remembered
def network(address: str) -> str:
    """Return the network of an address, or an empty text for what is none, such as the name of a service."""
    try:
        found = address_of(address)
    except ValueError:
        return ""
    return str(ipaddress.ip_network((found, BITS[found.version]), strict=False))
