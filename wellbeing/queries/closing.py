"""When an event is over for good: every outcome known, and ten days gone by (domain.md)."""

from datetime import datetime, timedelta

from django.conf import settings

from wellbeing.domain.booking import OPEN_OUTCOME, EventStatus
from wellbeing.models import Booking, Event


def is_closed(event: Event, at: datetime) -> bool:
    """True where only a lead's correction may still change the event."""
    if event.status == EventStatus.CLOSED:
        return True
    if event.end_at is None or event.end_at + timedelta(days=settings.CLOSING_DAYS) > at:
        return False
    return not Booking.objects.filter(event=event, status__in=OPEN_OUTCOME).exists()
