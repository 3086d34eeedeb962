"""My busy calendar: given, read by the worker, failing, removed; its address shown to nobody."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from tests.conftest import NOW, Cast, Visitor
from tests.wellbeing.busy import SECRET, make_busy
from tests.wellbeing.page import Page
from wellbeing.domain.busy_events import Span
from wellbeing.domain.messages import MessageKind
from wellbeing.domain.refusals import Refused
from wellbeing.models import AuditRow, BusyCalendar, BusyTime, FormToken, Message, Person
from wellbeing.operations.busy_calendars import refresh_busy_calendar
from wellbeing.queries.busy_times import calendars_to_read
from wellbeing.tasks import jobs

As = Callable[[Person], Visitor]
HOUR = timedelta(hours=1)
FAULT = "The calendar is larger than 5 MB."


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """What the worker is asked to fetch; nothing goes to the network."""
    asked: list[int] = []
    monkeypatch.setattr(jobs, "refresh_busy_calendar", lambda pk, at: asked.append(pk))
    return asked


def fail(address: str, window: Span) -> list[Span]:
    raise Refused(FAULT)


def text(answer: Any) -> str:
    return Page.of(answer.content).text


def test_given_and_read_by_the_worker_once(
    cast: Cast, as_: As, read: list[int], django_capture_on_commit_callbacks: Any
) -> None:
    me = as_(cast.prosecutor)
    sent = {"address": SECRET.replace("https", "webcal"), "form_token": str(uuid4())}
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            answer = me.post("busy_calendar", **sent)
            assert answer.headers["Location"] == reverse("busy_calendar")
    held = BusyCalendar.objects.get()
    assert (held.person, held.address) == (cast.prosecutor, SECRET)
    assert read == [held.pk]
    page = text(me.get("busy_calendar"))
    assert "It is being read" in page
    assert "calendar.example" in page
    assert "Read it now" not in page
    assert "secret-canary" not in page
    kept = str([vars(r) for m in (AuditRow, FormToken) for r in m.objects.all()])
    assert "secret-canary" not in kept


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("", "Enter the address of your calendar"),
        ("http://calendar.example/a.ics", "https"),
        ("https://" + "x" * 2000, "2000 characters or fewer"),
    ],
)
def test_what_is_no_address_is_said_beside_the_field(
    cast: Cast, as_: As, address: str, words: str
) -> None:
    answer = as_(cast.prosecutor).post("busy_calendar", address=address)
    assert answer.status_code == 200
    (error,) = answer.context["form"].errors["address"]
    assert words in error


def test_read_now_asks_the_worker_but_not_twice_a_minute(
    cast: Cast,
    as_: As,
    read: list[int],
    clock: Callable[..., None],
    django_capture_on_commit_callbacks: Any,
) -> None:
    held = make_busy(cast.prosecutor)
    me = as_(cast.prosecutor)
    assert "read a moment ago" in text(me.post("busy_calendar", way="read"))
    clock(NOW + HOUR)
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            assert me.post("busy_calendar", way="read").status_code == 302
    assert read == [held.pk]
    assert "It is being read" in text(me.get("busy_calendar"))
    assert calendars_to_read(NOW) == [held.pk]
    refresh_busy_calendar(held.pk, at=NOW + HOUR, read=lambda a, w: [])
    assert "It is being read" not in text(me.get("busy_calendar"))
    assert calendars_to_read(NOW) == []


def test_read_now_of_no_calendar_is_refused(cast: Cast, as_: As, read: list[int]) -> None:
    answer = as_(cast.prosecutor).post("busy_calendar", way="read")
    assert (answer.status_code, read) == (200, [])


def test_a_failure_is_one_plain_sentence_with_the_last_good_time(cast: Cast, as_: As) -> None:
    held = make_busy(cast.prosecutor, (NOW + HOUR, NOW + 2 * HOUR))
    refresh_busy_calendar(held.pk, at=NOW + HOUR, read=fail)
    page = text(as_(cast.prosecutor).get("busy_calendar"))
    for words in (FAULT, "11am on 12 May 2026", "10am on 12 May 2026", "1 busy time It"):
        assert words in page


def test_removing_takes_every_time_with_it(cast: Cast, as_: As) -> None:
    make_busy(cast.prosecutor, (NOW + HOUR, NOW + 2 * HOUR))
    me = as_(cast.prosecutor)
    assert me.get("busy_calendar_remove").status_code == 200
    for _ in range(2):
        assert me.post("busy_calendar_remove").status_code == 302
    assert not BusyCalendar.objects.exists()
    assert not BusyTime.objects.exists()
    assert me.get("busy_calendar_remove").status_code == 404


def told() -> int:
    return Message.objects.filter(kind=MessageKind.BUSY_UNREADABLE).count()


def test_a_failure_that_lasts_is_told_once_a_run(cast: Cast) -> None:
    held = make_busy(cast.prosecutor)

    def tried(hours: int, read: Callable[..., list[Span]] = fail) -> int:
        refresh_busy_calendar(held.pk, at=NOW + hours * HOUR, read=read)
        return told()

    assert [tried(h) for h in (3, 26, 27, 30, 60)] == [0, 0, 1, 1, 1]
    assert tried(63, lambda a, w: []) == 1
    assert [tried(h) for h in (66, 89, 90, 93)] == [1, 1, 2, 2]
    (row, _) = Message.objects.all()
    assert row.person == cast.prosecutor
    assert "secret-canary" not in str(vars(row))


def test_nobody_else_ever_sees_it(cast: Cast, as_: As) -> None:
    make_busy(cast.prosecutor, (NOW + HOUR, NOW + 2 * HOUR), fault="A fault of the canary.")
    person = cast.prosecutor.public_id
    for who in (cast.manager, cast.area_lead, cast.lead, cast.admin):
        for page in (as_(who).get("person", person), as_(who).get("busy_calendar")):
            assert "canary" not in page.content.decode()
            assert "calendar.example" not in page.content.decode()
