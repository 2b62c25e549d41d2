"""The network of an address: coarse enough that a new address of the same office or provider is nothing new."""

import ipaddress
from functools import lru_cache

BITS = {4: 24, 6: 48}
"""What is handed out as one, where no file tells whose an address is."""


@lru_cache(maxsize=65_536)
def network(address: str) -> str:
    """Return the network of an address, or an empty text for what is none, such as the name of a service."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    return str(ipaddress.ip_network((found, BITS[found.version]), strict=False))
