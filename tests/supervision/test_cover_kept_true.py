"""Stored cover stays what a rebuild would make it, after any sequence of changes to the facts."""

import csv
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from supervision import answers
from supervision.models import (
    CoverMonth,
    Registration,
    StaleCover,
    StoredCredit,
)
from supervision.operations import cover as kept
from supervision.operations.cover import build_marked
from supervision.operations.cover_months import add_up_months
from supervision.queries.trend import Month, added_up
from supervision.queries.verify_cover import differences
from tests import factories as make
from tests.conftest import Cast
from tests.domain.test_cover_agreement import STEADY
from tests.domain.worlds import BASE, COLUMNS, Row, World, worlds
from wellbeing.domain.booking import BookingStatus
from wellbeing.domain.ports import Changed
from wellbeing.domain.refusals import Refused
from wellbeing.domain.roles import JobRole, Strand
from wellbeing.models import Absence, Booking, Person
from wellbeing.operations.absences import end_absence, enter_absence
from wellbeing.operations.attendance import dispute, record_attendance
from wellbeing.operations.bookings import cancel
from wellbeing.operations.check_ins import record_check_in
from wellbeing.operations.service import service_person

from .built_anew import different
from .test_cover_agreement_db import NOW, take_in

Draw = Callable[[st.SearchStrategy[Any]], Any]
DAYS = st.integers(0, 230).map(lambda n: BASE + timedelta(days=n))


def wrong_months() -> list[Any]:
    """Sums that are not void and are not what spans add up to."""
    wrong = []
    for day in CoverMonth.objects.values_list("on", flat=True).distinct():
        sums = added_up(Strand.SUPERVISION, day)
        for row in CoverMonth.objects.filter(strand="supervision", on=day, is_void=False):
            kept_sums = Month(row.in_scope, row.present, row.in_cover)
            if kept_sums != sums.get((row.unit_id, JobRole(row.job_role)), Month()):
                wrong.append((day, row.unit_id, row.job_role))
    return wrong


def take(name: str, rows: list[Row]) -> None:
    """A file of corrections through its importer."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"{name}.csv"
        with file.open("w", newline="", encoding="utf-8") as out:
            writer = csv.DictWriter(out, COLUMNS[name].split(","))
            writer.writeheader()
            for row in rows:
                writer.writerow({k: "" if v is None else v for k, v in row.items()})
        call_command(f"import_{name}", file, stdout=StringIO(), stderr=StringIO())


def manager_moves(draw: Draw, world: World) -> None:
    row = draw(st.sampled_from(world.people))
    above = [n for n in world.numbers if n < row["staff_number"]]
    changed = row | {"line_manager": draw(st.sampled_from([None, *above]))}
    changed |= {"unit": "One", "job_role": draw(st.sampled_from(["prosecutor", "manager"]))}
    world.people[world.people.index(row)] = changed
    take("people", [changed])


def registration_is_corrected(draw: Draw, world: World) -> None:
    row = draw(st.sampled_from(world.supervisors))
    last = draw(st.one_of(st.none(), DAYS))
    changed = row | {"registered_to": last and max(last, row["registered_from"])}
    world.supervisors[world.supervisors.index(row)] = changed
    take("supervisors", [r for r in world.supervisors if r["email"] == row["email"]])


def policy_changes(draw: Draw, world: World) -> None:
    """From a day that no version has yet, for everybody."""
    future = NOW.date() + timedelta(days=draw(st.integers(1, 500)))
    row = world.policy[0] | {"job_roles": "", "effective_from": future}
    row |= {"interval_days": draw(st.integers(3, 30))}
    if all(r["effective_from"] != future for r in world.policy):
        world.policy.append(row)
        take("policy", [row])


def absence(draw: Draw, world: World) -> None:
    person = Person.objects.get(staff_number=draw(st.sampled_from(world.numbers)))
    start = draw(DAYS)
    end = draw(st.one_of(st.none(), st.integers(0, 40)))
    last = None if end is None else start + timedelta(days=end)
    enter_absence(person, start_on=start, end_on=last, by=service_person(), at=NOW)


def absence_ends(draw: Draw, world: World) -> None:
    open_ones = list(Absence.objects.order_by("pk"))
    if open_ones:
        one = draw(st.sampled_from(open_ones))
        last = one.start_on + timedelta(days=draw(st.integers(0, 30)))
        end_absence(one, end_on=last, by=service_person(), at=NOW)


def outcome(draw: Draw, world: World) -> None:
    """Somebody did come, or did not, or says that it is not right."""
    rows = Booking.objects.filter(status__in=["attended", "missed", "booked", "disputed"])
    bookings = list(rows.select_related("event", "person").order_by("pk"))
    if not bookings:
        return
    booking = draw(st.sampled_from(bookings))
    if booking.status == BookingStatus.ATTENDED and draw(st.booleans()):
        dispute(booking, by=booking.person, at=NOW)
    else:
        came = {booking.pk: draw(st.booleans())}
        record_attendance(booking.event, came, by=service_person(), at=NOW, as_lead=True)


def check_in(draw: Draw, world: World) -> None:
    person = Person.objects.get(staff_number=draw(st.sampled_from(world.numbers)))
    day = draw(DAYS)
    record_check_in(person, held_on=day, by=service_person(), at=NOW, on=NOW.date())


def given_up(draw: Draw, world: World) -> None:
    rows = Booking.objects.filter(status="booked").select_related("event")
    if bookings := list(rows.order_by("pk")):
        booking = draw(st.sampled_from(bookings))
        cancel(booking, reason="court", by=service_person(), at=NOW)  # type: ignore[arg-type]


def another_session(draw: Draw, world: World) -> None:
    """A later file: a row that joins a group, or an event of its own."""
    rows = [r for r in world.sessions if r["strand"] == "supervision"]
    if rows:
        row = draw(st.sampled_from(rows))
        number = draw(st.sampled_from(world.numbers))
        take("sessions", [row | {"staff_number": number, "outcome": "attended"}])


CHANGES = (
    manager_moves,
    registration_is_corrected,
    policy_changes,
    absence,
    absence_ends,
    outcome,
    outcome,
    check_in,
    given_up,
    another_session,
)


def changes(draw: Draw, world: World, done: Counter[str]) -> Iterator[str]:
    """Some changes one after the other; one that is refused, or a file at fault, changes nothing."""
    for change in draw(st.lists(st.sampled_from(CHANGES), min_size=3, max_size=8)):
        try:
            with transaction.atomic():
                change(draw, world)
        except (Refused, SystemExit):
            continue
        done[change.__name__] += 1
        yield change.__name__


def run(most: int, look: Callable[[str], None]) -> Counter[str]:
    done: Counter[str] = Counter()

    @settings(STEADY, max_examples=most)
    @given(worlds(), st.data())
    def keeps(world: World, data: st.DataObject) -> None:
        with transaction.atomic():
            take_in(world)
            add_up_months(at=NOW)
            for name in changes(data.draw, world, done):
                look(name)
            build_marked()
            look("the worker")
            transaction.set_rollback(True)

    with time_machine.travel(NOW, tick=False):
        keeps()
    return done


def test_incremental_and_full_agree_after_any_sequence_of_changes(
    db: None, record_property: Callable[[str, object], None]
) -> None:
    def look(name: str) -> None:
        assert different() == [], name
        assert wrong_months() == [], name
        add_up_months(at=NOW)

    done = run(25, look)
    record_property("changes", dict(done))
    assert set(done) == {change.__name__ for change in CHANGES}


def test_the_rules_agree_on_any_day_after_changes(db: None) -> None:
    def look(name: str) -> None:
        if name == "the worker":
            assert not StaleCover.objects.exists()
            for strand in Strand:
                for n in (40, 90, 150, 230, 368):
                    day = BASE + timedelta(days=n)
                    assert list(differences(day, strand)) == []

    run(12, look)


def forgets(what: Changed) -> Callable[..., None]:
    def heard(*, people: Any, what: Changed, since: date, at: datetime) -> None:
        if what != forgotten:
            kept.refresh(people=people, what=what, since=since, at=at)

    forgotten = what
    return heard


@pytest.mark.parametrize("what", [Changed.BOOKINGS, Changed.POSTINGS, Changed.ABSENCES])
def test_one_kind_of_change_unheard_is_found(
    db: None, what: Changed, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = []
    monkeypatch.setattr(answers, "facts_changed", forgets(what))
    run(25, lambda name: found.extend(different()))
    assert found


def test_whoever_comes_to_a_group_later_changes_the_others_credit(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The planted fault: only the people named are built, not the group they are in."""
    monkeypatch.setattr(kept, "touched", lambda people, what, since: set(people))
    found = []
    run(25, lambda name: found.extend(different()))
    assert found


@pytest.mark.parametrize("heard", [True, False])
def test_a_registration_found_to_have_lapsed_touches_whom_they_have_seen(
    cast: Cast, heard: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.make_held(cast.prosecutor, cast.supervisor, date(2026, 4, 20))
    make.build_cover()
    row = Registration.objects.get(person=cast.supervisor)
    if not heard:
        monkeypatch.setattr(answers, "facts_changed", forgets(Changed.REGISTRATIONS))
    correction = {
        "email": cast.supervisor.email,
        "name": cast.supervisor.name,
        "areas": "",
        "hours_per_day": "6",
        "hours_per_week": "24",
        "register": row.register,
        "registration_number": row.number,
        "registered_from": row.start_on,
        "registered_to": date(2026, 4, 1),
        "indemnity_to": None,
    }
    take("supervisors", [correction])
    assert (different() == []) is heard
    credit = StoredCredit.objects.get(person=cast.prosecutor)
    assert credit.why_not == ("not_registered" if heard else "")
