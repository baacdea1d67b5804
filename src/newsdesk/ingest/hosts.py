"""Hosts of addresses, and hosts that are spelled as addresses."""

from __future__ import annotations

import ipaddress
import socket
from urllib.parse import urlsplit


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


def host_of(url: str) -> str:
    """The host that an address names; empty where it names none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def origin_of(url: str) -> tuple[str, str]:
    """Scheme and host with port, lower case; secrets are for one of these only."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "", ""
    return parts.scheme.lower(), parts.netloc.rpartition("@")[2].lower()
