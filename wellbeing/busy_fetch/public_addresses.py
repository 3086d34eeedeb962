"""Which addresses of the internet anybody may reach; all others are refused.

Said by what is allowed, not by Python's `is_global`, whose answers differ between its
versions and which takes multicast and site-local addresses for global.
"""

from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
)

# The registries of special addresses (RFC 6890 and those after it).
SPECIAL_4 = [
    IPv4Network(text)
    for text in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16",
        "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24",
        "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15",
        "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3",
    )
]  # fmt: skip
GLOBAL_6 = IPv6Network("2000::/3")
SPECIAL_6 = [
    IPv6Network(text)
    for text in (
        # Teredo, benchmarks, ORCHID and other protocols; documentation; AS112; segments.
        "2001::/23", "2001:db8::/32", "2620:4f:8000::/48", "3fff::/20", "5f00::/16",
    )
]  # fmt: skip
# Networks whose addresses hold one of IPv4, and which bits of them it is.
NAT64 = IPv6Network("64:ff9b::/96")
SIX_TO_FOUR = IPv6Network("2002::/16")


def is_public(text: str) -> bool:
    """True for a unicast address of the open internet; an IPv4 one within counts as itself."""
    try:
        address = ip_address(text)
    except ValueError:
        return False
    if isinstance(address, IPv4Address):
        return not any(address in network for network in SPECIAL_4)
    return _is_public_6(address)


def _is_public_6(address: IPv6Address) -> bool:
    if address.scope_id:
        return False
    if address in NAT64:
        return is_public(str(IPv4Address(int(address) & 0xFFFFFFFF)))
    if address in SIX_TO_FOUR:
        return is_public(str(IPv4Address(int(address) >> 80 & 0xFFFFFFFF)))
    return address in GLOBAL_6 and not any(address in network for network in SPECIAL_6)
