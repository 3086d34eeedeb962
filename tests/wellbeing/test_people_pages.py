"""People, absences and check-ins: who may, what is written, what is said."""

from collections.abc import Callable
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests import factories as make
from tests.conftest import NOW, TODAY, Cast, Visitor
from wellbeing.domain.roles import Role
from wellbeing.models import Absence, AuditRow, Booking, Person, Posting, RoleGrant
from wellbeing.operations.facts import close

As = Callable[[Person], Visitor]


def names(page: Any) -> list[str]:
    return [p.name for p in page.context["page"].object_list]


def test_each_finds_their_own_people(cast: Cast, as_: As) -> None:
    make.make_staff("Eve Elsewhere", cast.elsewhere)
    assert names(as_(cast.manager).get("people")) == ["Amira Prosecutor", "Joe Paralegal"]
    local = ["Amira Prosecutor", "Helen Manager", "Joe Paralegal"]
    assert names(as_(cast.area_lead).get("people")) == local
    assert len(names(as_(cast.admin).get("people"))) == 10
    assert names(as_(cast.lead).get("people", q="elsew")) == ["Eve Elsewhere"]
    number = cast.prosecutor.staff_number
    assert names(as_(cast.lead).get("people", q=number)) == ["Amira Prosecutor"]
    # Never on the staff: an account, and nobody's to lead.
    assert names(as_(cast.admin).get("people", q="hughes megan")) == ["Dr Megan Hughes"]
    assert names(as_(cast.lead).get("people", q="hughes megan")) == []


@pytest.mark.parametrize("q", ["'", "%", "\x00", "x" * 200, "nobody at all"])
def test_odd_words_are_a_clean_page(cast: Cast, as_: As, q: str) -> None:
    assert as_(cast.lead).get("people", q=q, page="9" * 30).status_code == 200


def enter(visitor: Visitor, person: Person, start: str, end: str = "") -> Any:
    data: dict[str, str] = {}
    for name, text in (("start_on", start), ("end_on", end)):
        parts = text.split() or ["", "", ""]
        data |= dict(zip([f"{name}_day", f"{name}_month", f"{name}_year"], parts, strict=True))
    return visitor.post("absence_add", person.public_id, **data)


def test_manager_enters_ends_and_takes_back_an_absence(cast: Cast, as_: As) -> None:
    visitor, person = as_(cast.manager), cast.prosecutor
    assert enter(visitor, person, "4 may 2026").status_code == 302
    absence = Absence.objects.get()
    assert (absence.start_on, absence.end_on, absence.recorded_by) == (
        date(2026, 5, 4),
        None,
        cast.manager,
    )
    end = {"end_on_day": "8", "end_on_month": "5", "end_on_year": "2026"}
    answer = visitor.post("absence_end", person.public_id, date(2026, 5, 4), **end)
    assert answer.status_code == 302
    assert Absence.objects.get().end_on == date(2026, 5, 8)
    visitor.post("absence_take_back", person.public_id, date(2026, 5, 4))
    assert (Absence.objects.count(), Absence.as_recorded.count()) == (0, 2)
    verbs = list(AuditRow.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["absence.enter", "absence.end", "absence.take_back"]


# First day, last day -> what is said.
WRONG = [
    ("", "", "Enter the first day"),
    ("31 2 2026", "", "The first day must be a real date"),
    ("4 5 2026", "3 5 2026", "The last day must be the same as or after the first day"),
]


@pytest.mark.parametrize(("start", "end", "said"), WRONG)
def test_wrong_days_are_told_beside_their_box(
    cast: Cast, as_: As, start: str, end: str, said: str
) -> None:
    page = enter(as_(cast.manager), cast.prosecutor, start, end)
    assert page.status_code == 200
    found = [str(e) for errors in page.context["form"].errors.values() for e in errors]
    assert found == [said]
    assert Absence.objects.count() == 0


def test_an_absence_twice_is_refused(cast: Cast, as_: As) -> None:
    make.make_absence(cast.prosecutor, date(2026, 5, 4), None)
    page = enter(as_(cast.area_lead), cast.prosecutor, "4 5 2026")
    assert "There is already an absence that starts on that day" in page.content.decode()


def test_only_their_manager_and_leads_change_absences(cast: Cast, as_: As) -> None:
    other = make.make_staff("Eve Elsewhere", cast.elsewhere)
    for who in (cast.manager, cast.area_lead, cast.prosecutor, cast.auditor):
        assert enter(as_(who), other, "4 5 2026").status_code == 404
    assert enter(as_(cast.admin), other, "4 5 2026").status_code == 403
    assert enter(as_(cast.lead), other, "4 5 2026").status_code == 302
    assert Absence.objects.count() == 1


def record(visitor: Visitor, person: Person, on: date) -> Any:
    data = {"held_on_day": on.day, "held_on_month": on.month, "held_on_year": on.year}
    return visitor.post("check_in_add", person.public_id, **data)


def test_check_in_is_recorded_seen_by_both_and_taken_back(cast: Cast, as_: As) -> None:
    visitor = as_(cast.manager)
    assert record(visitor, cast.prosecutor, TODAY).status_code == 302
    booking = Booking.objects.get()
    assert (booking.status, booking.event.host, booking.event.start_at) == (
        "attended",
        cast.manager,
        None,
    )
    assert "12 May 2026" in as_(cast.prosecutor).get("check_ins").content.decode()
    assert "12 May 2026" in visitor.get("person", cast.prosecutor.public_id).content.decode()
    again = record(visitor, cast.prosecutor, TODAY)
    assert "There is already a check-in on that day" in again.content.decode()
    assert as_(cast.prosecutor).post("check_in_take_back", booking.public_id).status_code == 404
    visitor.post("check_in_take_back", booking.public_id)
    assert "12 May 2026" not in as_(cast.prosecutor).get("check_ins").content.decode()
    assert record(visitor, cast.prosecutor, TODAY).status_code == 302


def test_whoever_manages_somebody_no_more_takes_no_check_in_back(cast: Cast, as_: As) -> None:
    record(as_(cast.manager), cast.prosecutor, TODAY)
    booking = Booking.objects.get()
    close(Posting.objects.get(person=cast.prosecutor), by=cast.lead, at=NOW)
    make.make_posting(cast.prosecutor, cast.unit, manager=cast.paralegal)
    visitor = as_(cast.manager)
    assert visitor.get("check_in_take_back", booking.public_id).status_code == 404
    assert visitor.post("check_in_take_back", booking.public_id).status_code == 404
    booking.refresh_from_db()
    assert booking.status == "attended"


def test_no_cookie_names_anybody(cast: Cast, as_: As) -> None:
    visitor = as_(cast.manager)
    answer = record(visitor, cast.prosecutor, TODAY)
    assert set(answer.cookies) <= {"session"}
    shown = visitor.client.get(answer.headers["Location"]).content.decode()
    assert "Check-in with Amira Prosecutor on 12 May 2026 recorded." in shown


def test_check_in_of_tomorrow_or_of_anothers_report_is_refused(cast: Cast, as_: As) -> None:
    page = record(as_(cast.manager), cast.prosecutor, TODAY + timedelta(days=1))
    assert "must be today or in the past" in page.content.decode()
    assert record(as_(cast.area_lead), cast.prosecutor, TODAY).status_code == 404
    assert Booking.objects.count() == 0


def grant(*args: str, **options: Any) -> tuple[int, str, str]:
    out, err = StringIO(), StringIO()
    try:
        call_command("grant_role", *args, stdout=out, stderr=err, **options)
    except SystemExit as stop:
        return int(stop.code or 0), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def test_first_administrator_gets_an_account_and_an_invitation(
    db: None, clock: Any, client: Any
) -> None:
    code, out, _ = grant("administrator", "First.Admin@cps.example")
    assert code == 0
    person = Person.objects.get(email="first.admin@cps.example")
    assert RoleGrant.objects.get().person == person
    address = out.split()[-1].partition("8000")[2]
    page = client.get(address, follow=True)
    assert "Set a new password" in page.content.decode()
    assert grant("administrator", "first.admin@cps.example")[0] == 0
    assert RoleGrant.objects.count() == 1


GRANTS = [
    (("area_lead", "a@x.example"), {}, 2, "--area"),
    (("lead", "a@x.example"), {"area": "West"}, 2, "--area"),
    (("area_lead", "a@x.example"), {"area": "North"}, 1, "No Area is called 'North'"),
    (("lead", "nobody"), {}, 1, "exactly one @"),
    (("lead", "a\nb@x.example"), {}, 1, "a control character"),
    (("lead", "a@x.example", "--area="), {}, 2, "is empty"),
    (("lead", "a@x.example", "--reason=\udcff"), {}, 2, "is not UTF-8 text"),
    (("lead", "service@localhost.invalid"), {}, 1, "the service itself"),
]


@pytest.mark.parametrize(("args", "options", "code", "said"), GRANTS)
def test_grants_that_make_no_sense_are_refused(
    cast: Cast, args: tuple[str, ...], options: dict[str, str], code: int, said: str
) -> None:
    before = RoleGrant.objects.count()
    try:
        found, _, err = grant(*args, **options)
    except CommandError as usage:  # from a shell, argparse itself ends with 2
        found, err = 2, str(usage)
    assert found == code
    assert said in err
    assert RoleGrant.objects.count() == before


def test_manager_and_lead_read_the_status_and_why_an_administrator_does_not(
    cast: Cast, as_: As
) -> None:
    make.make_held(cast.prosecutor, cast.supervisor, TODAY - timedelta(days=20))
    make.make_absence(cast.prosecutor, TODAY - timedelta(days=9), TODAY - timedelta(days=5))
    words = "42 days after 22 April 2026, not counting 5 days away; policy of 1 January 2020."
    for who in (cast.manager, cast.area_lead, cast.lead):
        page = as_(who).get("person", cast.prosecutor.public_id).content.decode()
        assert words in page
        assert "In date, due by 8 June 2026" in page
        assert "Megan" not in page
    page = as_(cast.admin).get("person", cast.prosecutor.public_id).content.decode()
    assert "West One" in page
    for hidden in ("22 April", "In date", "Days away", "Check-ins</h2>"):
        assert hidden not in page


def test_grants_are_seen_by_the_administrator(cast: Cast, as_: As) -> None:
    page = as_(cast.admin).get("person", cast.area_lead.public_id).content.decode()
    assert "of West" in page
    assert Role.AREA_LEAD.value in {g.role for g in RoleGrant.objects.all()}


# First day, last day -> what the banner begins with; the clock stands at 12 May.
ENTERED = [
    ("4 5 2026", "", "Amira Prosecutor is marked as away."),
    ("12 5 2026", "12 5 2026", "Amira Prosecutor is marked as away."),
    ("4 5 2026", "8 5 2026", "The absence is entered."),
    ("13 5 2026", "", "The absence is entered."),
]


@pytest.mark.parametrize(("start", "end", "said"), ENTERED)
def test_only_somebody_away_today_is_called_away(
    cast: Cast, as_: As, start: str, end: str, said: str
) -> None:
    visitor = as_(cast.manager)
    page = visitor.client.get(enter(visitor, cast.prosecutor, start, end)["Location"])
    assert f"{said} Their own page leaves these days out" in page.content.decode()


def test_taking_a_check_in_back_leads_to_the_persons_page(cast: Cast, as_: As) -> None:
    visitor = as_(cast.manager)
    record(visitor, cast.prosecutor, TODAY)
    booking = Booking.objects.get()
    answer = visitor.post("check_in_take_back", booking.public_id)
    assert answer["Location"] == f"/people/{cast.prosecutor.public_id}/"
