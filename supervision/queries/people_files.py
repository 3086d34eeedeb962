"""Everybody of a list with the minutes credited to them, for files of any length."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from django.conf import settings

from .cover_lists import Listed, Listing
from .report_lines import credited


def with_minutes(listing: Listing) -> Iterator[Listed]:
    """In the list's order; a query for each part of some hundred people beside the list's own."""
    left = listing.streamed()
    while people := list(islice(left, settings.FILE_ROWS_AT_ONCE)):
        asked = {one.standing.person for one in people}
        minutes = credited(listing.cover, listing.part.on, asked)
        for one in people:
            yield replace(one, minutes=minutes.get(one.standing.person, 0))
