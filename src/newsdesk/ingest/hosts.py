"""Hosts that are spelled as addresses."""

from __future__ import annotations

import ipaddress
import socket


def is_private(host: str) -> bool:
    """Whether a host is spelled as an address that is not public, in any spelling that resolvers take
    (`127.1`, `0x7f000001`, `::ffff:10.0.0.1`), or is this machine's own name."""
    name = host.strip("[]").rstrip(".").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        address = ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        try:
            address = ipaddress.IPv4Address(socket.inet_aton(name))
        except OSError:
            return False
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return not (mapped or address).is_global
