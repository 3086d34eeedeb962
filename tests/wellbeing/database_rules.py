"""What the database itself must hold, each a rule that can be asked: True while it does.

Asked past every operation, on whichever engine this is; test_each_guard.py takes the
guards away one by one.
"""

from collections.abc import Callable
from datetime import date, time, timedelta

from django.db import DatabaseError, transaction

from supervision.models import Release
from tests import factories as make
from tests.actions import make_action
from tests.conftest import NOW, TODAY, Cast
from wellbeing.domain.booking import BookingStatus, EventStatus
from wellbeing.domain.roles import Role
from wellbeing.guards.guard import fact_models
from wellbeing.models import AuditRow, Booking, BookingMove, ClaimedTime, Event
from wellbeing.models.fact import Fact
from wellbeing.operations import audit

TOMORROW = TODAY + timedelta(days=1)
Rule = Callable[[Cast], bool]


def refused(write: Callable[[], object]) -> bool:
    try:
        with transaction.atomic():
            write()
    except DatabaseError:
        return True
    return False


def claims_are_the_facts() -> bool:
    """One claim for the host of each live event, and for each seat held at one."""
    live = Event.objects.filter(status__in=["published", "closed"], end_at__isnull=False)
    wanted = {(e.host_id, e.pk, e.start_at, e.end_at) for e in live.filter(host__isnull=False)}
    for booking in Booking.objects.filter(event__in=live).select_related("event"):
        if booking.status in ("offered", "booked", "attended", "missed", "disputed"):
            event = booking.event
            wanted.add((booking.person_id, event.pk, event.start_at, event.end_at))
    found = ClaimedTime.objects.values_list("person", "event", "from_at", "to_at")
    return set(found) == wanted


def no_seat_too_many(cast: Cast) -> bool:
    event = make.make_event(cast.supervisor, TOMORROW)
    make.make_booking(event, cast.prosecutor)
    return refused(lambda: make.make_booking(event, cast.paralegal))


def no_waiter_into_a_full_event(cast: Cast) -> bool:
    event = make.make_event(cast.supervisor, TOMORROW)
    make.make_booking(event, cast.prosecutor)
    waiting = Booking.objects.filter(
        pk=make.make_booking(event, cast.paralegal, BookingStatus.WAITING).pk
    )
    return refused(lambda: waiting.update(status="offered"))


def no_seat_at_a_cancelled_event(cast: Cast) -> bool:
    event = make.make_event(cast.supervisor, TOMORROW, status=EventStatus.CANCELLED)
    return refused(lambda: make.make_booking(event, cast.prosecutor))


def no_fewer_places_than_seats(cast: Cast) -> bool:
    event = make.make_event(cast.supervisor, TOMORROW, capacity=2)
    for person in (cast.prosecutor, cast.paralegal):
        make.make_booking(event, person)
    row = Event.objects.filter(pk=event.pk)
    return refused(lambda: row.update(capacity=1))


def no_cancelling_over_a_seat(cast: Cast) -> bool:
    event = make.make_event(cast.supervisor, TOMORROW)
    make.make_booking(event, cast.prosecutor)
    row = Event.objects.filter(pk=event.pk)
    return refused(lambda: row.update(status="cancelled"))


def no_overlap_for_a_host(cast: Cast) -> bool:
    make.make_event(cast.supervisor, TOMORROW, time(10))
    return refused(lambda: make.make_event(cast.supervisor, TOMORROW, time(10, 59)))


def no_overlap_for_a_person(cast: Cast) -> bool:
    other = make.make_event(make.make_supervisor("Dr Other"), TOMORROW, time(10, 59))
    make.make_booking(make.make_event(cast.supervisor, TOMORROW, time(10)), cast.prosecutor)
    return refused(lambda: make.make_booking(other, cast.prosecutor))


def no_claim_moved_onto_another(cast: Cast) -> bool:
    make.make_event(cast.supervisor, TOMORROW, time(10))
    other = make.make_event(cast.supervisor, TOMORROW, time(14))
    row = ClaimedTime.objects.filter(event=other)
    start = other.start_at - timedelta(hours=4)  # type: ignore[operator]
    return refused(lambda: row.update(from_at=start))


def no_move_but_the_tables(cast: Cast) -> bool:
    event = make.make_event(cast.supervisor, TOMORROW)
    row = Booking.objects.filter(
        pk=make.make_booking(event, cast.prosecutor, BookingStatus.DECLINED).pk
    )
    return refused(lambda: row.update(status="expired"))


def no_booking_changes_hands(cast: Cast) -> bool:
    event = make.make_event(cast.supervisor, TOMORROW)
    row = Booking.objects.filter(pk=make.make_booking(event, cast.prosecutor).pk)
    return refused(lambda: row.update(person=cast.paralegal))


def no_outcome_before_the_start(cast: Cast) -> bool:
    booking = make.make_booking(make.make_event(cast.supervisor, TOMORROW), cast.prosecutor)
    BookingMove.objects.filter(booking=booking).update(
        superseded_at=NOW, superseded_by=cast.lead
    )
    return refused(lambda: say_came(booking, cast))


def say_came(booking: Booking, cast: Cast) -> None:
    BookingMove.objects.create(
        booking=booking,
        before="booked",
        after="attended",
        recorded_at=NOW,
        recorded_by=cast.supervisor,
    )


def no_two_postings_at_once(cast: Cast) -> bool:
    start = date(2026, 1, 1)
    return refused(lambda: make.make_posting(cast.prosecutor, cast.unit, start_on=start))


def audit_is_not_changed(cast: Cast) -> bool:
    audit.record("test", by=cast.lead, at=NOW)
    return refused(lambda: AuditRow.objects.update(verb="other"))


def audit_is_not_deleted(cast: Cast) -> bool:
    audit.record("test", by=cast.lead, at=NOW)
    return refused(lambda: AuditRow.objects.all()._raw_delete("default"))  # type: ignore[attr-defined]


def released(cast: Cast) -> None:
    Release.objects.create(
        month_end=NOW.date(), figures={}, counts={}, released_at=NOW, released_by=cast.lead
    )


def a_release_is_not_changed(cast: Cast) -> bool:
    released(cast)
    return refused(lambda: Release.objects.update(figures={"other": 1}))


def a_release_is_not_deleted(cast: Cast) -> bool:
    released(cast)
    return refused(lambda: Release.objects.all()._raw_delete("default"))  # type: ignore[attr-defined]


def a_seat_is_claimed(cast: Cast) -> bool:
    make.make_booking(make.make_event(cast.supervisor, TOMORROW), cast.prosecutor)
    return claims_are_the_facts()


def a_waiter_who_gets_a_seat_claims_it(cast: Cast) -> bool:
    event = make.make_event(cast.supervisor, TOMORROW)
    booking = make.make_booking(event, cast.prosecutor, BookingStatus.WAITING)
    Booking.objects.filter(pk=booking.pk).update(status="offered")
    return claims_are_the_facts()


def a_cancelled_seat_is_free_again(cast: Cast) -> bool:
    booking = make.make_booking(make.make_event(cast.supervisor, TOMORROW), cast.prosecutor)
    Booking.objects.filter(pk=booking.pk).update(status="cancelled")
    return claims_are_the_facts()


def a_moved_event_moves_its_claims(cast: Cast) -> bool:
    event = make.make_event(cast.supervisor, TOMORROW, capacity=2)
    make.make_booking(event, cast.prosecutor)
    later = timedelta(minutes=30)
    Event.objects.filter(pk=event.pk).update(
        start_at=event.start_at + later,  # type: ignore[operator]
        end_at=event.end_at + later,  # type: ignore[operator]
    )
    return claims_are_the_facts()


def a_draft_claims_once_it_is_published(cast: Cast) -> bool:
    event = make.make_event(cast.supervisor, TOMORROW, status=EventStatus.DRAFT)
    before = claims_are_the_facts()
    Event.objects.filter(pk=event.pk).update(status="published")
    return before and claims_are_the_facts()


def facts(cast: Cast) -> list[Fact]:
    """A current row of every model whose rows are never overwritten."""
    make.make_absence(cast.prosecutor, TODAY, None)
    make.make_court_days(cast.manager, TOMORROW)
    make.make_establishment(cast.unit, 2, TODAY)
    make_action(cast.unit, cast.manager)
    make.make_grant(cast.lead, Role.FACILITATOR)
    event = make.make_event(cast.supervisor, TOMORROW)
    make.make_booking(event, cast.prosecutor)
    make.make_event_day(event, TOMORROW)
    rows = [model.objects.order_by("pk").first() for model in fact_models()]
    assert all(row is not None for row in rows)
    return rows


def no_fact_is_overwritten(cast: Cast) -> bool:
    later = NOW + timedelta(days=1)
    return all(
        refused(lambda f=f: rows_of(f).update(recorded_at=later))  # type: ignore[misc]
        for f in facts(cast)
    )


def no_fact_is_deleted(cast: Cast) -> bool:
    return all(refused(lambda f=f: rows_of(f)._raw_delete("default")) for f in facts(cast))  # type: ignore[misc]


def rows_of(fact: Fact):  # type: ignore[no-untyped-def]
    return type(fact).as_recorded.filter(pk=fact.pk)


RULES: list[Rule] = [
    no_seat_too_many,
    no_waiter_into_a_full_event,
    no_seat_at_a_cancelled_event,
    no_fewer_places_than_seats,
    no_cancelling_over_a_seat,
    no_overlap_for_a_host,
    no_overlap_for_a_person,
    no_claim_moved_onto_another,
    no_move_but_the_tables,
    no_booking_changes_hands,
    no_outcome_before_the_start,
    no_two_postings_at_once,
    audit_is_not_changed,
    audit_is_not_deleted,
    a_release_is_not_changed,
    a_release_is_not_deleted,
    a_seat_is_claimed,
    a_waiter_who_gets_a_seat_claims_it,
    a_cancelled_seat_is_free_again,
    a_moved_event_moves_its_claims,
    a_draft_claims_once_it_is_published,
    no_fact_is_overwritten,
    no_fact_is_deleted,
]
