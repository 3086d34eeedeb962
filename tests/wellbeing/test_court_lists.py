"""Court-list days: marked by leads, and nothing is found, offered, promoted or booked then."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.urls import reverse

from supervision.queries.sessions import Search, bookable
from tests import factories as make
from tests.conftest import NOW, TODAY, Cast, Visitor
from tests.wellbeing.page import Page
from wellbeing.domain.booking import BookingStatus, CancelReason
from wellbeing.domain.local_time import span
from wellbeing.domain.refusals import Refused
from wellbeing.domain.roles import EventKind, Mode
from wellbeing.models import AuditRow, Booking, CourtListDays, Event, Person
from wellbeing.operations.bookings import book, cancel, reschedule
from wellbeing.operations.changing import change_event
from wellbeing.operations.court_lists import mark_court_days, take_back_court_days
from wellbeing.operations.events import Details
from wellbeing.operations.offers import accept, decline, offer
from wellbeing.operations.unbooked import add_unbooked
from wellbeing.operations.waiting import wait

As = Callable[[Person], Visitor]
DAY = timedelta(days=1)
TOMORROW = TODAY + DAY
IN_COURT = "Your team is in court that day"
NOT_AVAILABLE = "This person is not available for this session."


def mark(cast: Cast, start: date = TOMORROW, end: date | None = None) -> CourtListDays:
    return mark_court_days(
        cast.manager, start_on=start, end_on=end or start, by=cast.area_lead, at=NOW
    )


def found(person: Person) -> list[Event]:
    return [p.event for p in bookable(person.pk, Search(TODAY, TODAY + 13 * DAY), at=NOW)]


@pytest.fixture
def event(cast: Cast) -> Event:
    return make.make_event(cast.supervisor, TOMORROW, capacity=2)


def test_nothing_is_found_on_the_days_for_the_team_of_that_day(cast: Cast) -> None:
    events = [make.make_event(cast.supervisor, TODAY + i * DAY) for i in (1, 2, 3)]
    leaver = make.make_staff("Leaver", cast.unit, manager=cast.manager, end_on=TOMORROW)
    make.make_posting(leaver, cast.unit, start_on=TOMORROW + DAY)
    mark(cast, TOMORROW, TOMORROW + DAY)
    assert found(cast.prosecutor) == events[2:]
    # Of another manager from the second day on.
    assert found(leaver) == events[1:]
    # The manager is not of their own team.
    assert found(cast.manager) == events


def test_booking_and_waiting_are_refused_with_the_reason(cast: Cast, event: Event) -> None:
    me = cast.prosecutor
    held = make.make_booking(make.make_event(cast.supervisor, TOMORROW + DAY), me)
    mark(cast)
    for act in (
        lambda: book(event, person=me, by=me, at=NOW),
        lambda: wait(event, person=me, by=me, at=NOW),
        lambda: reschedule(held, event, by=me, at=NOW),
    ):
        with pytest.raises(Refused, match=IN_COURT):
            act()
    for act in (offer, book):
        with pytest.raises(Refused, match=NOT_AVAILABLE):
            act(event, person=me, by=cast.lead, at=NOW)
    assert Booking.objects.count() == 1


def test_what_is_booked_stays_and_an_offer_cannot_be_accepted(cast: Cast, event: Event) -> None:
    booking = book(event, person=cast.prosecutor, by=cast.prosecutor, at=NOW)
    offered = offer(event, person=cast.paralegal, by=cast.lead, at=NOW)
    mark(cast)
    booking.refresh_from_db()
    assert booking.status == BookingStatus.BOOKED
    with pytest.raises(Refused, match=IN_COURT):
        accept(offered, by=cast.paralegal, at=NOW)
    decline(offered, by=cast.paralegal, at=NOW)


def test_nobody_of_the_team_is_promoted(cast: Cast, event: Event) -> None:
    others = [make.make_staff(f"Other {i}", cast.unit) for i in range(3)]
    held = [book(event, person=p, by=p, at=NOW) for p in others[:2]]
    mine = wait(event, person=cast.prosecutor, by=cast.prosecutor, at=NOW)
    theirs = wait(event, person=others[2], by=others[2], at=NOW)
    mark(cast)
    cancel(held[0], reason=CancelReason.COURT, by=others[0], at=NOW)
    mine.refresh_from_db()
    theirs.refresh_from_db()
    assert (mine.status, theirs.status) == (BookingStatus.WAITING, BookingStatus.OFFERED)


def test_who_came_all_the_same_is_recorded(cast: Cast) -> None:
    event = make.make_event(cast.supervisor, TODAY, time(9), capacity=2)
    make.make_court_days(cast.manager, TODAY)
    add_unbooked(event, cast.prosecutor, by=cast.supervisor, at=NOW)
    assert Booking.objects.get().status == BookingStatus.ATTENDED


def test_a_session_is_moved_within_such_a_day_but_not_to_one(cast: Cast, event: Event) -> None:
    book(event, person=cast.prosecutor, by=cast.prosecutor, at=NOW)
    mark(cast, TOMORROW, TOMORROW + DAY)

    def moved(on: date) -> None:
        details = Details(EventKind.SUPERVISION, on, time(16), 60, 2, Mode.VIDEO)
        change_event(event, details, host=cast.supervisor, by=cast.lead, at=NOW)

    moved(TOMORROW)
    with pytest.raises(Refused, match="cannot come then"):
        moved(TOMORROW + DAY)
    moved(TOMORROW + 2 * DAY)
    assert Event.objects.get(pk=event.pk).start_at == span(TOMORROW + 2 * DAY, time(16), 60)[0]


def test_taken_back_they_can_be_booked_again(cast: Cast, event: Event) -> None:
    days = mark(cast)
    take_back_court_days(days, by=cast.lead, at=NOW)
    assert found(cast.prosecutor) == [event]
    book(event, person=cast.prosecutor, by=cast.prosecutor, at=NOW)
    with pytest.raises(Refused, match="changed meanwhile"):
        take_back_court_days(days, by=cast.lead, at=NOW)
    rows = AuditRow.objects.filter(verb__startswith="court_list").order_by("pk")
    assert [(r.verb, r.by, r.about, r.details) for r in rows] == [
        ("court_list.mark", cast.area_lead, cast.manager, {"start": "2026-05-13", "end": "2026-05-13"}),
        ("court_list.take_back", cast.lead, cast.manager, {"start": "2026-05-13", "end": "2026-05-13"}),
    ]  # fmt: skip


# first day, last day from today, the sentence
REFUSED = [
    (-1, 0, "today or later"),
    (3, 2, "same as or after"),
    (0, 92, "Choose 92 days at most"),
    (9, 12, "marked for this team already"),
]


@pytest.mark.parametrize(("first", "last", "words"), REFUSED)
def test_days_that_cannot_be_marked(cast: Cast, first: int, last: int, words: str) -> None:
    mark(cast, TODAY + 10 * DAY, TODAY + 10 * DAY)
    with pytest.raises(Refused, match=words):
        mark(cast, TODAY + first * DAY, TODAY + last * DAY)
    mark(cast, TODAY + 11 * DAY, TODAY + 102 * DAY)


def test_a_lead_marks_on_a_page_and_takes_back(cast: Cast, as_: As) -> None:
    lead = as_(cast.area_lead)
    assert "No days are marked" in Page.of(lead.get("court_lists").content).text
    sent = {"manager": cast.manager.pk, "start_on": "14/5/2026", "end_on": ""}
    assert lead.post("court_list_add", **sent).url == reverse("court_lists")
    page = Page.of(lead.get("court_lists").content).text
    assert "Thursday 14 May 2026 Team of Helen Manager, 2 people today" in page
    days = CourtListDays.objects.get()
    again = lead.post("court_list_add", **sent)
    assert "marked for this team already" in again.content.decode()
    assert "Helen Manager" in lead.get("court_list_take_back", days.public_id).content.decode()
    assert lead.post("court_list_take_back", days.public_id).url == reverse("court_lists")
    assert not CourtListDays.objects.exists()


def test_an_area_lead_marks_the_teams_of_managers_in_their_areas_alone(
    cast: Cast, as_: As
) -> None:
    far = make.make_staff("Far Manager", cast.elsewhere)
    make.make_staff("Far One", cast.elsewhere, manager=far)
    days = make.make_court_days(far, TOMORROW)

    def choices(who: Person) -> list[str]:
        form = as_(who).get("court_list_add").context["form"]
        return [words for _, words in form.fields["manager"].choices][1:]

    assert choices(cast.area_lead) == ["Helen Manager"]
    assert choices(cast.lead) == ["Far Manager", "Helen Manager"]
    lead = as_(cast.area_lead)
    assert "Far Manager" not in lead.get("court_lists").content.decode()
    answer = lead.post("court_list_add", manager=far.pk, start_on="14/5/2026")
    assert "Select one of the choices listed" in answer.content.decode()
    assert lead.post("court_list_take_back", days.public_id).status_code == 404
    assert CourtListDays.objects.count() == 1


def test_the_page_of_a_session_says_why(cast: Cast, as_: As, event: Event) -> None:
    mark(cast)
    for name in ("session_detail", "session_book"):
        assert IN_COURT in as_(cast.prosecutor).get(name, event.public_id).content.decode()
    answer = as_(cast.lead).post(
        "person_place", cast.prosecutor.public_id, event.public_id, way="book"
    )
    assert NOT_AVAILABLE in answer.content.decode()
    assert "in court" not in answer.content.decode()


@pytest.mark.parametrize("size", [1, 3])
def test_takes_the_same_queries_for_any_number(
    cast: Cast, as_: As, django_assert_num_queries: Any, size: int
) -> None:
    for i in range(size):
        make.make_event(cast.supervisor, TOMORROW + i * DAY)
        boss = make.make_staff(f"Boss {i}", cast.unit)
        make.make_staff(f"Below {i}", cast.unit, manager=boss)
        make.make_court_days(boss, TOMORROW)
        make.make_court_days(cast.manager, TODAY + (30 + i) * DAY)
    visitor = as_(cast.area_lead)
    with django_assert_num_queries(6):
        assert len(visitor.get("court_lists").context["lines"]) == 2 * size
    search = Search(TODAY, TODAY + 13 * DAY)
    with django_assert_num_queries(10):
        assert len(bookable(cast.prosecutor.pk, search, at=NOW)) == size
