"""Ids fit to be seen in addresses: random, and beginning with the time (RFC 9562, version 7)."""

import os
import time
import uuid


def new_public_id() -> uuid.UUID:
    """A version 7 UUID: 48 bits of Unix milliseconds, 74 random ones.

    Beginning with the time, an index on it grows at its end.
    """
    milliseconds = time.time_ns() // 1_000_000
    noise = int.from_bytes(os.urandom(10))
    value = (milliseconds & (1 << 48) - 1) << 80
    value |= 7 << 76 | (noise >> 68 & 0xFFF) << 64
    value |= 2 << 62 | noise & (1 << 62) - 1
    return uuid.UUID(int=value)
