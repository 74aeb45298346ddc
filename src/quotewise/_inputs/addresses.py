"""Which network addresses are public: pure arithmetic on addresses, no names and no network.

Everything that is not plainly a public unicast address is private here, as are the two addresses that look
public and serve a cloud's machines, and public wrappings of private ones.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

_SERVICE = (
    ip_network("192.0.0.0/24"),  # Oracle's metadata; older Pythons call parts of it global
    ip_network("168.63.129.16/32"),  # Azure's platform address, the same for all its machines
    ip_network("192.88.99.0/24"),  # the old 6to4 relays
    ip_network("fec0::/10"),  # site-local, of old
)
_NAT64 = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))


def is_public(address: str) -> bool:
    """Whether an address, as text, is that of a public host; what is no address is not.

    IPv6 addresses that carry an IPv4 address are judged by both.

    >>> [is_public(a) for a in ("93.184.215.14", "10.0.0.1", "169.254.169.254", "::ffff:127.0.0.1")]
    [True, False, False, False]
    """
    try:
        found = ip_address(address)
    except ValueError:
        return False
    return all(_is_public(one) for one in (found, *_carried(found)))


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    if any(address.version == net.version and address in net for net in _SERVICE):
        return False
    if isinstance(address, IPv6Address) and (address.ipv4_mapped or address in _NAT64[0]):
        return True  # judged by what it carries
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def _carried(address: IPv4Address | IPv6Address) -> list[IPv4Address]:
    if not isinstance(address, IPv6Address):
        return []
    inside = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if any(address in net for net in _NAT64) or int(address) >> 32 == 0:
        inside.append(IPv4Address(int(address) & 0xFFFFFFFF))
    return [one for one in inside if one is not None]
