"""What a fact costs: attendance recorded with its spans, and a policy for everybody."""

import time
from datetime import date, timedelta
from statistics import median

from django.db.models import Count
from django.utils import timezone

from supervision.models import StaleCover
from supervision.operations import cover
from wellbeing.domain.ports import Changed
from wellbeing.models import Booking, Event, Person
from wellbeing.operations.attendance import record_attendance
from wellbeing.operations.service import service_person

SESSIONS = 40


def attendance(until: date) -> None:
    """One-to-one sessions whose outcome is corrected and corrected back; each with its spans."""
    at, by = timezone.now(), service_person()
    recent = Event.objects.filter(kind="supervision", local_on__gt=until - timedelta(days=40))
    alone = recent.annotate(n=Count("bookings")).filter(n=1)[:SESSIONS]
    bookings = Booking.objects.filter(event__in=list(alone), status="attended")
    taken = []
    for booking in bookings.select_related("event"):
        for came in (False, True):
            begun = time.perf_counter()
            record_attendance(booking.event, {booking.pk: came}, by=by, at=at, as_lead=True)
            taken.append(time.perf_counter() - begun)
    print(
        f"attendance of a one-to-one with its spans: median {median(taken) * 1000:.1f} ms of {len(taken)}"
    )


def policy_for_all(until: date) -> None:
    """Everybody marked in one transaction, then built batch by batch: the longest of each."""
    people = set(Person.objects.filter(staff_number__isnull=False).values_list("pk", flat=True))
    begun = time.perf_counter()
    cover.refresh(people=people, what=Changed.POLICY, since=until, at=timezone.now())
    marking = time.perf_counter() - begun
    longest = whole = 0.0
    while StaleCover.objects.exists():
        begun = time.perf_counter()
        cover.build_marked(most=1)
        spent = time.perf_counter() - begun
        longest, whole = max(longest, spent), whole + spent
    print(
        f"a policy for {len(people):,}: marked in {marking:.2f} s, built in {whole:.0f} s,"
        f" the longest batch {longest:.2f} s"
    )
