"""What the importers write, the second run, and later files."""

from datetime import UTC, date, datetime, timedelta

import pytest
from allauth.account.utils import user_pk_to_url_str
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client
from django.urls import reverse

from supervision.models import Registration
from tests.files import EVENTS, GOOD, NOW, PEOPLE, SESSIONS, Importing, content, importing
from wellbeing.domain.booking import BookingStatus, EventStatus
from wellbeing.models import (
    Absence,
    AuditRow,
    Booking,
    BookingMove,
    ClaimedTime,
    Event,
    Person,
    PolicyVersion,
    Posting,
)
from wellbeing.operations.cancelling import cancel_event
from wellbeing.operations.seats import expire_offers
from wellbeing.operations.service import service_person
from wellbeing.presenters.bookings import booking_line

__all__ = ["importing"]


def test_each_file_is_taken_in_and_a_second_run_changes_nothing(importing: Importing) -> None:
    importing.good()
    rows = list(AuditRow.objects.values_list("verb", "details__added"))
    assert rows == [(f"import.{kind}", len(GOOD[kind])) for kind in GOOD]
    for kind, lines in GOOD.items():
        code, out, _ = importing.rows(kind, lines)
        assert (code, out) == (0, f"Nothing to change: all {len(lines)} rows are already held.")
    assert AuditRow.objects.count() == len(GOOD)
    assert Posting.as_recorded.count() == 3
    assert BookingMove.as_recorded.count() == 1


def test_another_file_that_changes_nothing_has_its_own_audit_row(importing: Importing) -> None:
    importing.good("people")
    importing.rows("people", PEOPLE[:2])
    importing.rows("people", PEOPLE[:2])
    rows = list(AuditRow.objects.values_list("details__added", "details__unchanged"))
    assert rows == [(3, 0), (0, 2)]


def test_dry_run_says_what_it_would_do_and_writes_nothing(importing: Importing) -> None:
    code, out, _ = importing.rows("people", PEOPLE, dry_run=True)
    assert (code, out) == (0, "Dry run, nothing written: 3 added, 0 changed, 0 unchanged")
    assert (Person.objects.filter(is_service=False).count(), AuditRow.objects.count()) == (0, 0)


def test_byte_order_mark_and_windows_line_ends_are_fine(importing: Importing) -> None:
    data = b"\xef\xbb\xbf" + content("people", PEOPLE).replace(b"\n", b"\r\n")
    assert importing.raw("people", data)[:2] == (0, "3 added, 0 changed, 0 unchanged")


def test_large_file_on_sqlite_says_beforehand_that_others_wait(importing: Importing) -> None:
    importing.good("people")
    days = [date(2000, 1, 1) + timedelta(days=n) for n in range(10_000)]
    out = importing.rows("absences", [f"S2,{day},{day}" for day in days])[1].splitlines()
    said = ["Nobody else can save anything for about 2 s."] * (connection.vendor == "sqlite")
    assert out == [*said, "10000 added, 0 changed, 0 unchanged"]


def test_each_carriage_return_ends_a_line_in_a_file_over_1_mb_too(importing: Importing) -> None:
    rows = [f"S{n},2026-01-01," for n in range(70_000)]
    code, _, faults = importing.raw("absences", content("absences", rows).replace(b"\n", b"\r"))
    assert (code, len(faults)) == (1, len(rows))
    assert faults[0].startswith("row 2, staff_number: is not known")


def test_changed_posting_closes_the_old_row_and_writes_a_new_one(importing: Importing) -> None:
    importing.good("people")
    changed = PEOPLE[1].replace("mon;tue", "mon;fri")
    assert importing.rows("people", [changed])[1] == "0 added, 1 changed, 0 unchanged"
    old, new = Posting.as_recorded.filter(person__staff_number="S2").order_by("pk")
    assert (old.working_days, new.working_days) == (0b00011, 0b10001)
    assert (old.superseded_at is not None, new.superseded_at) == (True, None)
    assert Posting.objects.filter(person__staff_number="S2").get() == new


def test_name_and_email_that_differ_are_a_change(importing: Importing) -> None:
    importing.good("people")
    changed = [
        PEOPLE[1].replace("ben@", "cat@").replace("Ben Both", "Ben Boothe"),
        PEOPLE[2].replace("cat@", "ben@"),
    ]
    assert importing.rows("people", changed)[1] == "0 added, 2 changed, 0 unchanged"
    held = dict(Person.objects.exclude(staff_number=None).values_list("staff_number", "email"))
    assert held == {
        "S1": "ada@test.example",
        "S2": "cat@test.example",
        "S3": "ben@test.example",
    }


def test_old_address_opens_nothing_once_another_person_has_it(
    importing: Importing, client: Client, mailoutbox: list[EmailMessage]
) -> None:
    importing.good("people")
    for address in ("ben@test.example", "new@test.example"):
        client.post(reverse("account_reset_password"), {"email": address})
    importing.rows("people", [PEOPLE[1].replace("ben@", "new@")])
    importing.rows("people", [PEOPLE[2].replace("cat@", "ben@")])
    mailoutbox.clear()
    client.post(reverse("account_reset_password"), {"email": "ben@test.example"})
    (message,) = mailoutbox
    cat = Person.objects.get(staff_number="S3")
    assert f"/reset/key/{user_pk_to_url_str(cat)}-" in str(message.body)


def test_supervisors_email_that_is_a_persons_is_that_person(importing: Importing) -> None:
    importing.good("people")
    row = "BEN@test.example,Dr Ben,West,6,24,BACP,B1,2020-01-01,,"
    assert importing.rows("supervisors", [row])[0] == 0
    assert Registration.objects.get().person.staff_number == "S2"
    assert Person.objects.get(staff_number="S2").name == "Ben Both"


def test_corrected_registration_keeps_what_was_known(importing: Importing) -> None:
    importing.good("people", "supervisors")
    row = GOOD["supervisors"][0].replace("2026-12-31", "2026-03-31")
    assert importing.rows("supervisors", [row])[1] == "0 added, 1 changed, 0 unchanged"
    assert Registration.as_recorded.count() == 2
    assert Registration.objects.get().indemnity_to == date(2026, 3, 31)


def test_open_absence_is_closed_by_the_next_file(importing: Importing) -> None:
    importing.good("people")
    importing.rows("absences", ["S2,2026-05-01,"])
    assert importing.rows("absences", ["S2,2026-05-01,2026-05-09"])[1].startswith(
        "0 added, 1 ch"
    )
    assert Absence.objects.get().end_on == date(2026, 5, 9)
    assert Absence.as_recorded.count() == 2


def test_policy_not_yet_in_force_can_be_changed(importing: Importing) -> None:
    importing.rows("policy", ["supervision,,42,28,14,0,2026-06-01"])
    out = importing.rows("policy", ["supervision,,30,28,14,0,2026-06-01"])[1]
    assert out == "0 added, 1 changed, 0 unchanged"
    assert PolicyVersion.objects.get().interval_days == 30


def test_events_are_published_in_utc_and_claim_their_hosts_time(importing: Importing) -> None:
    importing.good("people", "supervisors", "events")
    event = Event.objects.get()
    assert (event.status, event.is_bookable, event.capacity) == ("published", True, 2)
    assert event.start_at == datetime(2026, 6, 1, 9, tzinfo=UTC)
    claim = ClaimedTime.objects.get()
    assert (claim.person_id, claim.kind, claim.from_at) == (
        event.host_id,
        "host",
        event.start_at,
    )


def test_events_change_with_a_later_file(importing: Importing) -> None:
    importing.good("people", "supervisors", "events")
    row = EVENTS[0].replace("2,video,,", "3,in_person,Room 4,West")
    assert importing.rows("events", [row])[1] == "0 added, 1 changed, 0 unchanged"
    event = Event.objects.get()
    assert (event.capacity, event.place, event.sequence) == (3, "Room 4", 1)
    assert [a.area.name for a in event.areas.all()] == ["West"]


def test_event_cancelled_in_the_service_stays_so(importing: Importing) -> None:
    importing.good("people", "supervisors", "events")
    cancel_event(Event.objects.get(), by=service_person(), at=NOW)
    assert (
        importing.rows("events", EVENTS)[1] == "Nothing to change: all 1 rows are already held."
    )
    later = EVENTS[0].replace("10:00", "10:30")
    assert importing.rows("events", [*EVENTS, later])[1] == "1 added, 0 changed, 1 unchanged"
    statuses = Event.objects.order_by("start_at").values_list("status", flat=True)
    assert list(statuses) == [EventStatus.CANCELLED, EventStatus.PUBLISHED]


def test_sessions_take_the_published_event_where_there_is_one(importing: Importing) -> None:
    importing.good("people", "supervisors", "events")
    importing.rows(
        "sessions",
        [SESSIONS[0].replace("2026-04-01", "2026-06-01").replace("attended", "booked")],
    )
    assert Event.objects.count() == 1
    assert Booking.objects.get().event.is_bookable


def test_history_of_one_event_grows_with_later_files(importing: Importing) -> None:
    importing.good("people", "supervisors", "sessions")
    importing.rows("sessions", [SESSIONS[0].replace("S2", "S3")])
    event = Event.objects.get()
    assert (event.is_bookable, event.capacity, event.status) == (
        False,
        None,
        EventStatus.CLOSED,
    )
    assert event.bookings.count() == 2


def test_booked_becomes_attended_by_a_later_file(importing: Importing) -> None:
    importing.good("people", "supervisors")
    importing.rows("sessions", [SESSIONS[0].replace("attended", "booked")])
    assert Event.objects.get().status == EventStatus.PUBLISHED
    out = importing.rows("sessions", SESSIONS)[1]
    assert out == "0 added, 1 changed, 0 unchanged"
    moves = BookingMove.as_recorded.order_by("pk").values_list(
        "before", "after", "superseded_at"
    )
    assert [(b, a, s is None) for b, a, s in moves] == [
        ("", "booked", False),
        ("booked", "attended", True),
    ]
    assert Event.objects.get().status == EventStatus.CLOSED


def test_event_all_cancelled_by_the_service_claims_nobodys_time(importing: Importing) -> None:
    importing.good("people", "supervisors")
    rows = [SESSIONS[0].replace("attended", "cancelled_by_service")]
    importing.rows("sessions", rows)
    assert Event.objects.get().status == EventStatus.CANCELLED
    assert ClaimedTime.objects.count() == 0
    assert importing.rows("sessions", rows)[1].startswith("Nothing to change")
    assert importing.rows("sessions", [SESSIONS[0].replace("10:00", "10:30")])[0] == 0


def test_offered_seats_that_are_freed_make_room_in_the_same_file(importing: Importing) -> None:
    importing.good("people", "supervisors")
    first = SESSIONS[0].replace("attended", "booked")
    importing.rows("sessions", [first])
    rows = [
        first.replace("booked", "cancelled_by_service"),
        SESSIONS[0].replace("10:00", "10:30"),
    ]
    # The person's time is free again, and the event's host's too: nobody is left at it.
    assert importing.rows("sessions", rows)[1] == "1 added, 1 changed, 0 unchanged"


@pytest.mark.parametrize(
    ("day", "start", "state"),
    [
        ("2026-05-12", "10:00", "Offer ended"),
        ("2026-05-12", "10:01", "Offered to you"),
        ("2026-04-01", "10:00", "Offer ended"),
    ],
)
def test_imported_offer_ends_at_the_start(
    importing: Importing, day: str, start: str, state: str
) -> None:
    importing.good("people", "supervisors")
    row = f"S2,supervision,{day},{start},60,offered,dr@test.example"
    importing.rows("sessions", [row])
    assert booking_line(Booking.objects.get(), at=NOW).state == state
    assert expire_offers(at=NOW) == (state == "Offer ended")
    assert importing.rows("sessions", [row])[1].startswith("Nothing to change")
    if day < "2026-05-12":
        came = row.replace("offered", "attended")
        assert importing.rows("sessions", [came])[1] == "0 added, 1 changed, 0 unchanged"


def test_offer_that_ended_overlaps_nothing_taken_since(importing: Importing) -> None:
    importing.good("people", "supervisors")
    importing.rows("supervisors", ["ed@test.example,Dr Ed,,6,24,BACP,E1,2020-01-01,,"])
    offer = SESSIONS[0].replace("attended", "offered")
    importing.rows("sessions", [offer])
    assert expire_offers(at=NOW) == 1
    other = SESSIONS[0].replace("dr@", "ed@")
    assert importing.rows("sessions", [other, offer])[1] == "1 added, 0 changed, 1 unchanged"


def test_check_in_of_a_day_is_one_event_a_row(importing: Importing) -> None:
    importing.good("people")
    rows = [f"{n},check_in,2026-05-01,,,attended,ada@test.example" for n in ("S2", "S3")]
    assert importing.rows("sessions", rows)[1] == "2 added, 0 changed, 0 unchanged"
    assert (Event.objects.count(), ClaimedTime.objects.count()) == (2, 0)
    assert importing.rows("sessions", rows)[1].startswith("Nothing to change")
    assert set(Booking.objects.values_list("status", flat=True)) == {BookingStatus.ATTENDED}


def test_session_outside_everything_is_kept(importing: Importing) -> None:
    importing.good("people", "supervisors")
    rows = [
        "S2,supervision,2019-01-01,10:00,60,attended,dr@test.example",
        "S2,check_in,2026-01-05,10:00,60,attended,ada@test.example",
    ]
    assert importing.rows("sessions", rows)[1] == "2 added, 0 changed, 0 unchanged"
