"""One's own calendar elsewhere: given, read, failing, taken away; and who is busy when."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.forms.models import model_to_dict

from tests import factories as make
from tests.conftest import NOW, Cast
from tests.domain.busy_files import OUTLOOK
from tests.wellbeing.calendar_server import says, serving
from wellbeing.busy_fetch import busy_in_child, fetch
from wellbeing.domain.busy_events import Span
from wellbeing.domain.refusals import NotAllowed, Refused
from wellbeing.models import AuditRow, BusyCalendar, BusyTime, Person
from wellbeing.operations.busy_calendars import (
    refresh_busy_calendar,
    remove_busy_calendar,
    set_busy_calendar,
)
from wellbeing.queries.busy_times import busy_overlaps, calendars_to_read

ADDRESS = "https://calendar.example/secret-canary.ics"
HOUR = timedelta(hours=1)
LATER = NOW + HOUR


def span(hours: float, length: float = 1) -> Span:
    start = NOW.astimezone(UTC) + hours * HOUR
    return start, start + length * HOUR


def given(person: Person, address: str = ADDRESS, at: datetime = NOW) -> BusyCalendar:
    return set_busy_calendar(person, address=address, by=person, at=at)


def answering(*spans: Span) -> Callable[[str, Span], list[Span]]:
    return lambda address, window: list(spans)


def failing(sentence: str = "The calendar is larger than 5 MB.") -> Callable[..., list[Span]]:
    def read(address: str, window: Span) -> list[Span]:
        raise Refused(sentence)

    return read


def refresh(calendar: BusyCalendar, read: Any, at: datetime = NOW) -> bool:
    return refresh_busy_calendar(calendar.pk, at=at, read=read)


def kept(person: Person) -> list[Span]:
    rows = BusyTime.objects.filter(person=person).order_by("from_at")
    return list(rows.values_list("from_at", "to_at"))


def state(calendar: BusyCalendar) -> tuple[datetime | None, datetime | None, str]:
    calendar.refresh_from_db()
    return calendar.fetched_at, calendar.good_at, calendar.fault


def test_the_address_is_kept_and_nowhere_else(cast: Cast) -> None:
    calendar = given(cast.prosecutor, f"  {ADDRESS} ")
    assert (calendar.address, calendar.added_at) == (ADDRESS, NOW)
    assert state(calendar) == (None, None, "")
    rows = [model_to_dict(row) for row in AuditRow.objects.all()]
    assert [(r["verb"], r["about"]) for r in rows] == [
        ("busy_calendar.set", cast.prosecutor.pk)
    ]
    assert "canary" not in repr(rows)
    assert "canary" not in f"{calendar!r} {calendar}"


@pytest.mark.parametrize("name", ["webcal://", "webcals://", "WebCal://"])
def test_an_address_for_calendars_is_read_over_https(cast: Cast, name: str) -> None:
    assert (
        given(cast.prosecutor, f"{name}calendar.example/a").address
        == "https://calendar.example/a"
    )


@pytest.mark.parametrize(
    "address", ["", "http://calendar.example/", "my calendar", "file:///a"]
)
def test_another_address_is_refused_beside_its_field(cast: Cast, address: str) -> None:
    with pytest.raises(Refused) as refused:
        given(cast.prosecutor, address)
    assert refused.value.field == "address"
    assert not BusyCalendar.objects.exists()


def test_nobody_gives_or_takes_away_the_calendar_of_somebody_else(cast: Cast) -> None:
    given(cast.prosecutor)
    for act in (
        lambda: set_busy_calendar(cast.prosecutor, address=ADDRESS, by=cast.lead, at=NOW),
        lambda: remove_busy_calendar(cast.prosecutor, by=cast.manager, at=NOW),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert BusyCalendar.objects.count() == 1


def test_times_are_swapped_for_the_new_ones(cast: Cast) -> None:
    calendar = given(cast.prosecutor)
    other = given(cast.paralegal)
    assert refresh(calendar, answering(span(1), span(5)))
    assert refresh(other, answering(span(7)))
    assert refresh(calendar, answering(span(2)), LATER)
    assert kept(cast.prosecutor) == [span(2)]
    assert kept(cast.paralegal) == [span(7)]
    assert state(calendar) == (LATER, LATER, "")


def test_the_last_good_times_stay_when_it_fails_but_for_what_is_over(cast: Cast) -> None:
    calendar = given(cast.prosecutor)
    refresh(calendar, answering(span(-5), span(-1, 0.5), span(3)))
    assert not refresh(calendar, failing(), LATER)
    assert kept(cast.prosecutor) == [span(3)]
    assert state(calendar) == (LATER, NOW, "The calendar is larger than 5 MB.")
    assert refresh(calendar, answering(), LATER + HOUR)
    assert state(calendar) == (LATER + HOUR, LATER + HOUR, "")
    assert kept(cast.prosecutor) == []


def test_half_a_year_from_today_is_asked_for(cast: Cast) -> None:
    asked: list[Any] = []
    refresh(given(cast.prosecutor), lambda *args: asked.append(args) or [])
    start = datetime(2026, 5, 12, tzinfo=UTC)
    assert asked == [(ADDRESS, (start, start + timedelta(weeks=26)))]


def test_another_address_forgets_the_times_of_the_first(cast: Cast) -> None:
    refresh(given(cast.prosecutor), answering(span(1)))
    again = given(cast.prosecutor)
    assert kept(cast.prosecutor) == [span(1)]
    fresh = given(cast.prosecutor, "https://calendar.example/other.ics", LATER)
    assert kept(cast.prosecutor) == []
    assert (fresh.added_at, fresh.good_at) == (LATER, None)
    assert BusyCalendar.objects.count() == 1
    assert not BusyCalendar.objects.filter(pk=again.pk).exists()


def test_removing_forgets_everything(cast: Cast) -> None:
    refresh(given(cast.prosecutor), answering(span(1)))
    for _ in range(2):
        remove_busy_calendar(cast.prosecutor, by=cast.prosecutor, at=NOW)
    assert not BusyCalendar.objects.exists()
    assert kept(cast.prosecutor) == []
    assert AuditRow.objects.filter(verb="busy_calendar.remove").count() == 1


@pytest.mark.parametrize("fails", [True, False])
@pytest.mark.parametrize("removed", [True, False])
def test_what_is_read_of_a_calendar_that_has_gone_meanwhile_is_dropped(
    cast: Cast, removed: bool, fails: bool
) -> None:
    calendar = given(cast.prosecutor)

    def read(address: str, window: Span) -> list[Span]:
        if removed:
            remove_busy_calendar(cast.prosecutor, by=cast.prosecutor, at=NOW)
        else:
            given(cast.prosecutor, "https://calendar.example/other.ics")
        return failing()(address, window) if fails else [span(1)]

    assert not refresh(calendar, read)
    assert kept(cast.prosecutor) == []
    assert [c.fetched_at for c in BusyCalendar.objects.all()] == ([] if removed else [None])


def test_a_calendar_that_is_not_there_is_not_read(cast: Cast) -> None:
    def read(address: str, window: Span) -> list[Span]:
        raise AssertionError("read")

    assert not refresh_busy_calendar(0, at=NOW, read=read)


def test_from_a_server_to_the_times_kept(cast: Cast) -> None:
    """The whole way, on a server of the tests' own; a summary leaves no trace."""
    with serving(says(OUTLOOK)) as server:
        calendar = given(cast.prosecutor, server.address())

        def read(address: str, window: Span) -> list[Span]:
            return busy_in_child(fetch(address, server.network()), window)

        assert refresh(calendar, read, datetime(2026, 3, 20, 9, tzinfo=UTC))
    assert [f"{a:%m-%dT%H:%M}" for a, _ in kept(cast.prosecutor)] == [
        "03-24T09:30",
        "04-01T13:00",
        "04-14T08:30",
    ]


def test_an_address_within_is_refused_when_it_is_read(cast: Cast) -> None:
    calendar = given(cast.prosecutor, "https://127.0.0.1/mine.ics")
    assert not refresh_busy_calendar(calendar.pk, at=NOW)
    assert state(calendar)[2] == "The address of the calendar is not on the public internet."


def test_who_is_busy_when(cast: Cast, django_assert_num_queries: Any) -> None:
    refresh(given(cast.prosecutor), answering(span(1), span(3), span(5)))
    refresh(given(cast.paralegal), answering(span(3)))
    refresh(given(cast.manager), answering(span(3)))
    a, b = cast.prosecutor.pk, cast.paralegal.pk
    cases = [
        (span(3), {a: [span(3)], b: [span(3)]}),
        (span(1, 2.5), {a: [span(1), span(3)], b: [span(3)]}),
        (span(2), {}),
        (span(3.5, 0.1), {a: [span(3)], b: [span(3)]}),
        (span(5, 9), {a: [span(5)]}),
    ]
    for asked, expected in cases:
        with django_assert_num_queries(1):
            assert busy_overlaps([a, b, cast.lead.pk], *asked) == expected


def test_which_calendars_are_to_be_read(cast: Cast) -> None:
    first, second, new = (
        given(p) for p in (cast.prosecutor, cast.paralegal, make.make_person("New"))
    )
    refresh(first, answering(), NOW - 2 * HOUR)
    refresh(second, failing(), NOW - 3 * HOUR)
    assert calendars_to_read(NOW) == [new.pk, second.pk, first.pk]
    assert calendars_to_read(NOW - 2.5 * HOUR) == [new.pk, second.pk]


def test_a_busy_time_takes_time(cast: Cast) -> None:
    at = datetime.combine(date(2026, 6, 1), datetime.min.time(), UTC)
    with pytest.raises(IntegrityError), transaction.atomic():
        BusyTime.objects.create(person=cast.prosecutor, from_at=at, to_at=at)
