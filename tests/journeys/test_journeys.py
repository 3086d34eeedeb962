"""What each of the cast comes here for, in a real browser."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest
from icalendar import Calendar

from supervision.operations.releases import release
from tests import factories as make
from tests.conftest import NOW, TODAY, Cast
from wellbeing.domain.local_time import LONDON
from wellbeing.domain.roles import EventKind
from wellbeing.models import Booking, Person

from .conftest import Visit

pytestmark = [
    pytest.mark.journey,
    pytest.mark.xdist_group("journeys"),
    pytest.mark.django_db(transaction=True),
]
Sign = Callable[..., Visit]


@pytest.mark.parametrize("member", ["prosecutor", "paralegal"])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_staff_find_book_and_cancel(
    cast: Cast, visit: Sign, member: str, scripts: bool
) -> None:
    make.make_event(cast.supervisor, TODAY + timedelta(days=2))
    at = visit(getattr(cast, member), scripts=scripts).open("/")
    at.click("Find a session").sees("1 session you can book")
    at.page.locator("a[href$='/book/']").first.click()
    at.sees("Your manager sees when you were last seen")
    at.page.locator("main button[type=submit], main input[type=submit]").last.click()
    at.sees("Booked: Thursday 14 May 2026, 2pm to 3pm.")
    at.click("My bookings").sees("Dr Megan Hughes")
    at.page.locator("a[href$='/cancel/']").first.click()
    at.page.get_by_label("Court").check()
    at.press("Cancel my place").sees("Your place is cancelled")
    assert Booking.objects.get().status == "cancelled"
    assert at.complaints == []


def test_supervisor_publishes_and_records(
    cast: Cast, visit: Sign, clock: Callable[[datetime], None]
) -> None:
    at = visit(cast.supervisor).open("/diary/")
    at.click("Publish a session", role="button")
    at.page.get_by_label("Date", exact=True).fill("13/5/2026")
    at.page.get_by_label("Start time").fill("9:30am")
    at.press("Publish session").sees("Published: Wednesday 13 May 2026, 9:30am to 10:30am")
    booking = visit(cast.prosecutor).open("/sessions/")
    booking.page.locator("a[href$='/book/']").first.click()
    booking.page.locator("main button[type=submit], main input[type=submit]").last.click()
    booking.sees("Booked:")
    clock(datetime.combine(TODAY + timedelta(days=1), time(10), LONDON))
    at = visit(cast.supervisor).open("/diary/").click("Who came")
    at.press("Came: Amira Prosecutor").sees("Amira Prosecutor: came.")
    at.press("Did not come: Amira Prosecutor").sees("Amira Prosecutor: did not come.")
    assert Booking.objects.get().status == "missed"
    assert at.complaints == []


def test_manager_reads_the_team_enters_an_absence_and_records_a_check_in(
    cast: Cast, visit: Sign
) -> None:
    make.make_held(cast.prosecutor, cast.supervisor, TODAY - timedelta(days=60))
    at = visit(cast.manager).open("/").click("Team")
    at.sees("2 of 2 people were due before today.")
    assert "Megan" not in at.page.content()
    at.click("Amira Prosecutor").click("Record a check-in", role="button")
    at.press("Record check-in").sees("Check-in with Amira Prosecutor on 12 May 2026 recorded.")
    at.click("Enter an absence", role="button")
    for label, value in (("Day", "1"), ("Month", "may"), ("Year", "2026")):
        at.page.get_by_label(label, exact=True).first.fill(value)
    at.press("Enter absence").sees("Amira Prosecutor is marked as away.")
    at.sees("Away now").click("Take back").press("Take it back")
    at.sees("The absence is taken back")
    mine = visit(cast.prosecutor).open("/check-ins/")
    mine.sees("Tuesday 12 May 2026, with Helen Manager")
    assert at.complaints + mine.complaints == []


@pytest.mark.parametrize("member", ["lead", "area_lead"])
def test_leads_publish_read_coverage_and_take_the_calendar(
    cast: Cast, visit: Sign, member: str
) -> None:
    at = visit(getattr(cast, member)).open("/sessions/publish/")
    at.page.get_by_label("Clinical supervisor").select_option(label="Dr Megan Hughes")
    at.page.get_by_label("Date", exact=True).fill("14/5/2026")
    at.page.get_by_label("Start time").fill("14:00")
    at.page.get_by_label("West").check()
    at.press("Publish session").sees("Published: Thursday 14 May 2026, 2pm to 3pm")
    at.click("Coverage").sees("0 (0.0%) are in cover")
    assert "West" in at.page.locator("main table.app-table--wide").inner_text()
    at.open("/calendar/")
    with at.page.expect_download() as download:
        at.press("Download the calendar file")
    events = Calendar.from_ical(download.value.path().read_bytes()).walk("VEVENT")
    assert [str(e["SUMMARY"]) for e in events] == ["Supervision: Dr Megan Hughes"]
    assert at.complaints == []


def test_facilitator_sees_the_round(cast: Cast, visit: Sign) -> None:
    event = make.make_event(
        None,
        TODAY + timedelta(days=9),
        kind=EventKind.ROUND,
        capacity=50,
        theme="The long week",
    )
    make.make_booking(event, cast.paralegal)
    at = visit(cast.facilitator).open("/").click("Rounds").sees("1 person coming")
    at.click("The long week").sees("Too few to show")
    assert "Joe Paralegal" not in at.page.content()
    staff = visit(cast.prosecutor).open("/rounds/").click("The long week")
    staff.press("I am coming").sees("You are down as coming.")
    assert at.complaints + staff.complaints == []


def test_auditor_reads_the_national_figure(cast: Cast, visit: Sign) -> None:
    at = visit(cast.auditor).open("/").click("Coverage")
    at.sees("No month-end has been released yet")
    for i in range(12):
        person = make.make_staff(f"Seen {i}", cast.unit)
        if i % 2:
            held = TODAY - timedelta(days=20)
            make.make_held(person, cast.supervisor, held, time(8 + i))
    release(date(2026, 4, 30), at=NOW)
    at.open("/coverage/national/").sees("The whole service").sees("withheld")
    at.click("West").sees("West One")
    assert "Seen " not in at.page.content()
    assert at.complaints == []


def test_admin_finds_an_account(cast: Cast, visit: Sign) -> None:
    at = visit(cast.admin).open("/").click("People")
    at.page.get_by_label("Name, email address or staff number").fill("megan")
    at.press("Find").sees("1 person")
    at.click("Dr Megan Hughes").sees("Open, no password set yet")
    assert "Days away" not in at.page.content()
    assert at.complaints == []


def test_first_visit_sets_a_password_and_signs_in(
    cast: Cast, visit: Sign, mailoutbox: list
) -> None:
    at = visit(None).open("/")
    assert at.heading() == "Sign in"
    at.click("Set or reset my password")
    at.page.get_by_label("Work email address").fill(cast.prosecutor.email)
    at.press("Send the link").sees("Check your email")
    link = next(w for w in mailoutbox[0].body.split() if "/key/" in w)
    at.page.goto(link)
    at.page.get_by_label("New password", exact=True).fill("correct horse battery")
    at.page.get_by_label("New password again").fill("correct horse battery")
    at.press("Set password").sees("Your password is set")
    at.press("Sign in")
    at.page.get_by_label("Work email address").fill(cast.prosecutor.email.upper())
    at.page.get_by_label("Password", exact=True).fill("correct horse battery")
    at.press("Sign in").sees("Hello, Amira Prosecutor")
    at.press("Sign out")
    assert at.open("/").heading() == "Sign in"
    assert Person.objects.get(pk=cast.prosecutor.pk).has_usable_password()


def test_error_links_move_the_focus_to_what_is_wrong(cast: Cast, visit: Sign) -> None:
    at = visit(cast.manager).open(f"/people/{cast.prosecutor.public_id}/absences/add/")
    for label, value in (("Day", "31"), ("Month", "13"), ("Year", "2026")):
        at.page.get_by_label(label, exact=True).first.fill(value)
    at.press("Enter absence").sees("There is a problem")
    assert at.page.title().startswith("Error: ")
    at.page.locator(".govuk-error-summary a").first.click()
    focused = at.page.evaluate("document.activeElement.value")
    assert focused == "13"
    assert NOW.year == 2026
