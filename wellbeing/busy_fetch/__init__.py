"""Somebody's published calendar: fetched with care, read in a child process with limits.

Standard library only, no Django: an operation calls `busy_at` outside its transaction.
"""

from wellbeing.domain.busy_events import Span

from .fetching import fetch
from .limited import busy_in_child

__all__ = ["busy_at", "busy_in_child", "fetch"]


def busy_at(address: str, window: Span) -> list[Span]:
    """When the owner of the calendar at this address is busy. Refused with one sentence."""
    return busy_in_child(fetch(address), window)
