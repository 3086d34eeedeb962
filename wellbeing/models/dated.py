"""Filters for dated rows, said once."""

from datetime import date

from django.db.models import OuterRef, Q


def covering(on: date | OuterRef) -> Q:
    """Rows with `start_on` and `end_on` (None: runs on) that cover a day, or the outer row's."""
    return Q(start_on__lte=on) & (Q(end_on__isnull=True) | Q(end_on__gte=on))


def lasting(on: date) -> Q:
    """Rows that cover a day or a later one: today's and those to come, and none that is over."""
    return Q(end_on__isnull=True) | Q(end_on__gte=on)
