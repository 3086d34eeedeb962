"""A row of a sample traced by hand: the sum, each booking's moves, its confirmation, and rule 2."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories as make
from tests.bookings import ended
from tests.conftest import Cast, Visitor
from tests.samples import MONTH_END, make_sample, pseudonym_in
from wellbeing.domain.booking import BookingStatus as S
from wellbeing.domain.booking import CancelReason
from wellbeing.domain.local_time import LONDON
from wellbeing.domain.roles import EventKind, Strand
from wellbeing.models import Event, Message, Person
from wellbeing.operations.attendance import dispute, record_attendance
from wellbeing.operations.offers import accept, offer

As = Callable[[Person], Visitor]


def before(days: int) -> date:
    return MONTH_END - timedelta(days=days)


def at(days: int, hour: int = 9) -> datetime:
    """So many days before the month-end; negative: after it."""
    return datetime.combine(before(days), time(hour), LONDON)


def traced(cast: Cast, as_: As, person: Person, strand: Strand = Strand.SUPERVISION) -> Any:
    make.build_cover()
    sample = make_sample(cast.auditor, person, strand=strand, seed=person.pk)
    page = as_(cast.auditor).get("sample_trace", sample.public_id, pseudonym_in(sample, person))
    assert page.status_code == 200
    return page


def steps(page: Any) -> dict[str, str]:
    return {step.name: step.words for step in page.context["steps"]}


def facts(block: Any) -> dict[str, str]:
    return {fact.name: fact.words for fact in block.facts}


def without_host(words: str) -> str:
    return re.sub(r"\bH[A-Z2-7]{8}\b", "HOST", words)


def test_the_sum_is_told_step_by_step(cast: Cast, as_: As) -> None:
    make.make_held(cast.prosecutor, cast.supervisor, before(52))
    make.make_absence(cast.prosecutor, before(40), before(36))
    make.make_absence(cast.prosecutor, before(37), before(31))
    page = traced(cast, as_, cast.prosecutor)
    assert page.context["now"] == "Due soon: 42 days counted, limit 42"
    assert steps(page) == {
        "Policy in force": "Of 1 January 2020: a session every 42 days, the first within 28 of joining; due soon with 14 or fewer left",
        "The clock runs from": "9 March 2026, 52 days before: the last session that counts",
        "Days since": "52, the month-end included",
        "Of those away": "10, in 2 absences",
        "Days counted": "52 − 10 = 42",
        "Limit": "42: the interval",
        "Due by": "30 April 2026: 42 days and 10 days away after the clock began",
        "Status": "Due soon: 42 − 42 = 0 left, no more than 14",
        "Offered": "No, within the interval, from 20 March 2026 to 30 April 2026",
        "Taken up": "No, within the interval, from 20 March 2026 to 30 April 2026",
    }
    body = page.content.decode()
    assert not any(str(on) in body for on in (before(40), before(36), before(31)))
    assert "21 March 2026" not in body


def test_never_seen_is_counted_from_the_day_before_joining(cast: Cast, as_: As) -> None:
    new = make.make_staff("New", cast.unit, start_on=before(28))
    told = steps(traced(cast, as_, new))
    assert told["The clock runs from"] == (
        "1 April 2026, 29 days before: the day before this run of service began"
    )
    assert told["Limit"] == "28: the first-session limit, nothing counts yet"
    assert told["Status"] == "Overdue: 29 is more than 28"


def test_who_is_away_is_told_no_day_of_return(cast: Cast, as_: As) -> None:
    make.make_held(cast.prosecutor, cast.supervisor, before(9))
    make.make_absence(cast.prosecutor, before(3), MONTH_END + timedelta(days=40))
    page = traced(cast, as_, cast.prosecutor)
    assert steps(page)["Due by"] == "None while away"
    assert steps(page)["Status"] == "Away: an absence covers the day, whatever is counted"
    assert "July 2026" not in page.content.decode()


def disputed_and_settled(cast: Cast) -> None:
    event = make.make_event(cast.supervisor, before(6), capacity=2, areas=(cast.area,))
    booking = offer(event, person=cast.prosecutor, by=cast.lead, at=at(10))
    accept(booking, by=cast.prosecutor, at=at(9))
    record_attendance(event, {booking.pk: False}, by=cast.supervisor, at=at(6, 16))
    booking.refresh_from_db()
    dispute(booking, by=cast.prosecutor, at=at(5))
    record_attendance(event, {booking.pk: True}, by=cast.lead, at=at(-2), as_lead=True)
    Message.objects.filter(kind="offered").update(sent_at=at(10))


def test_a_booking_is_traced_from_offer_to_confirmation(cast: Cast, as_: As) -> None:
    disputed_and_settled(cast)
    page = traced(cast, as_, cast.prosecutor)
    (block,) = page.context["bookings"]
    assert block.title == "1. 24 April 2026, 6 days before"
    assert [(m.what, m.when, m.by) for m in block.moves] == [
        ("Offered", "20 April 2026, 10 days before", "A lead"),
        ("Accepted", "21 April 2026, 9 days before", "The person"),
        ("Recorded: did not come", "24 April 2026, 6 days before", "The host"),
        ("Said that what was recorded is not right", "25 April 2026, 5 days before", "The person"),
        ("Settled or put right. Recorded: came", "2 May 2026, 2 days after", "A lead"),
    ]  # fmt: skip
    told = {name: without_host(words) for name, words in facts(block).items()}
    assert told == {
        "Held by": "HOST, registered that day",
        "An offer by the rules": "Yes",
        "Confirmed": "Disputed by the person, and settled by a lead",
        "Messages to the person": "that it is offered, sent on 20 April 2026; that it is booked, written on 21 April 2026 and not sent yet",
        "Counts": "Yes: HOST was registered that day and not in the person’s management chain; 60 minutes credited of 60, as 1 came; no number asked for",
    }
    assert page.context["now"] == "In date: 6 days counted, limit 42"
    assert page.context["then"].startswith("Overdue, not yet seen: ")


def one_block(cast: Cast, as_: As, person: Person) -> dict[str, str]:
    page = traced(cast, as_, person)
    (block,) = page.context["bookings"][-1:]
    return {name: without_host(words) for name, words in facts(block).items()}


# (what became of a place, whether it was an offer, and why it does not count)
ENDED = [
    (S.WAITING, "No: only waited for", "No: nobody was given a place"),
    (S.LEFT, "No: only waited for", "No: nobody was given a place"),
    (S.DECLINED, "Yes", "No: declined"),
    (S.EXPIRED, "Yes", "No: the offer ended"),
    (S.CANCELLED, "Yes", "No: cancelled"),
    (S.CANCELLED_BY_SERVICE, "No: the service took it back", "No: cancelled"),
    (S.BOOKED, "Yes", "No: booked, and nobody has recorded who came"),
    (S.MISSED, "Yes", "No: recorded as not having come"),
]


@pytest.mark.parametrize(("status", "is_offer", "counts"), ENDED)
def test_what_was_not_held_says_whether_it_was_an_offer(
    cast: Cast, as_: As, status: S, is_offer: str, counts: str
) -> None:
    event = make.make_event(cast.supervisor, before(4), capacity=3)
    make.make_booking(event, cast.prosecutor, status)
    told = one_block(cast, as_, cast.prosecutor)
    assert (told["An offer by the rules"], told["Counts"]) == (is_offer, counts)
    assert ("Confirmed" in told) == (status == S.MISSED)


def test_a_late_cancellation_says_so_and_never_why(cast: Cast, as_: As) -> None:
    event = make.make_event(cast.supervisor, before(4), capacity=3)
    ended(event, cast.prosecutor, S.CANCELLED, reason=CancelReason.COURT, is_late=True)
    page = traced(cast, as_, cast.prosecutor)
    assert [m.what for m in page.context["bookings"][0].moves] == [
        "Cancelled by the person, late"
    ]
    assert "court" not in page.content.decode().lower()


def test_each_condition_of_rule_2_is_a_sentence(cast: Cast, as_: As) -> None:
    boss = make.make_staff("Boss", cast.unit)
    make.make_supervisor("", person=boss)
    report = make.make_staff("Report", cast.unit, manager=boss)
    make.make_policy(least_credited_minutes=45, effective_from=date(2026, 1, 1))
    make.make_held(report, make.make_supervisor("Dr Late", start_on=MONTH_END), before(8))
    make.make_held(report, boss, before(7))
    small = make.make_event(cast.supervisor, before(6), minutes=80, capacity=4)
    for who in (report, cast.prosecutor):
        make.make_booking(small, who, S.ATTENDED)
    page = traced(cast, as_, report)
    assert [without_host(facts(block)["Counts"]) for block in page.context["bookings"]] == [
        "No: no registration that is held of HOST covers that day",
        "No: HOST was in the person’s management chain that day",
        "No: 40 minutes credited of 80, as 2 came; no fewer than 45 asked for",
    ]
    assert steps(page)["Policy in force"].endswith("; at least 45 credited minutes")


def test_an_outcome_can_be_disputed_for_ten_days_and_is_confirmed_after(
    cast: Cast, as_: As
) -> None:
    make.make_held(cast.prosecutor, cast.supervisor, MONTH_END)
    make.make_held(cast.paralegal, cast.supervisor, before(1))
    assert one_block(cast, as_, cast.prosecutor)["Confirmed"] == (
        "Yes: not disputed within 10 days of the recording"
    )
    event = make.make_event(cast.supervisor, before(2), time(9), capacity=1)
    booking = make.make_booking(event, cast.manager)
    record_attendance(event, {booking.pk: True}, by=cast.supervisor, at=at(-5))
    assert one_block(cast, as_, cast.manager)["Confirmed"] == (
        "Not yet: the person can dispute it until 15 May 2026"
    )


def test_check_ins_ask_for_no_registration(cast: Cast, as_: As) -> None:
    event = make.make_event(cast.manager, before(3), kind=EventKind.CHECK_IN, capacity=None)
    make.make_booking(event, cast.prosecutor, S.ATTENDED)
    page = traced(cast, as_, cast.prosecutor, Strand.CHECK_IN)
    told = {f.name: without_host(f.words) for f in page.context["bookings"][0].facts}
    assert told["Held by"] == "HOST"
    assert told["Counts"] == "Yes: it was held, and nothing else is asked for"


def test_bookings_of_the_interval_are_there_and_no_others(cast: Cast, as_: As) -> None:
    for days in (60, 41, 20):
        make.make_held(cast.prosecutor, cast.supervisor, before(days))
    make.make_held(cast.prosecutor, cast.supervisor, MONTH_END + timedelta(days=1))
    titles = [b.title for b in traced(cast, as_, cast.prosecutor).context["bookings"]]
    assert titles == ["1. 20 March 2026, 41 days before", "2. 10 April 2026, 20 days before"]


def test_who_is_in_scope_no_more_is_said_to_be(cast: Cast, as_: As) -> None:
    gone = make.make_staff("Gone", cast.unit, end_on=before(1))
    page = traced(cast, as_, gone)
    assert (page.context["now"], page.context["steps"]) == ("Not in scope", [])
    assert page.context["changed"] == "Overdue, not yet seen: 30 days counted, limit 28"


@pytest.mark.parametrize("sessions", [1, 3])
def test_a_trace_takes_the_same_queries_for_any_history(
    cast: Cast, as_: As, sessions: int
) -> None:
    for n in range(sessions):
        make.make_held(cast.prosecutor, cast.supervisor, before(10 + n))
        make.make_absence(cast.prosecutor, before(30 + 3 * n), before(29 + 3 * n))
    make.build_cover()
    sample = make_sample(cast.auditor, cast.prosecutor)
    name = pseudonym_in(sample, cast.prosecutor)
    visitor = as_(cast.auditor)
    with CaptureQueriesContext(connection) as queries:
        assert visitor.get("sample_trace", sample.public_id, name).status_code == 200
    assert len(queries) == 31


def test_one_host_has_one_pseudonym_in_a_sample_and_another_in_the_next(
    cast: Cast, as_: As
) -> None:
    for person in (cast.prosecutor, cast.paralegal):
        make.make_held(person, cast.supervisor, before(5 if person == cast.prosecutor else 4))
    make.build_cover()
    found = []
    for seed in (1, 2):
        sample = make_sample(cast.auditor, cast.prosecutor, cast.paralegal, seed=seed)
        for person in (cast.prosecutor, cast.paralegal):
            page = as_(cast.auditor).get(
                "sample_trace", sample.public_id, pseudonym_in(sample, person)
            )
            found.append(facts(page.context["bookings"][0])["Held by"].split(",")[0])
    assert found[0] == found[1]
    assert found[2] == found[3]
    assert found[0] != found[2]
    assert Event.objects.count() == 2


def numbers(words: str) -> list[int]:
    return [int(n) for n in re.findall(r"\d+", words)]


def test_the_status_can_be_worked_out_by_hand_from_the_page(cast: Cast, as_: As) -> None:
    """For every number of days since a session, with and without days away before."""
    found = set()
    for days in (4, 27, 28, 29, 41, 42, 43, 44, 60):
        for away in (0, 3):
            who = make.make_staff(f"By hand {days} {away}", cast.unit)
            host = make.make_supervisor(f"Dr {days} {away}")
            make.make_held(who, host, before(days))
            if away:
                first = before(days - 1)
                make.make_absence(who, first, first + timedelta(days=away - 1))
            page = traced(cast, as_, who)
            told = steps(page)
            since = numbers(told["Days since"])[0]
            gone = numbers(told["Of those away"] + " 0")[0]
            limit, soon = numbers(told["Limit"])[0], numbers(told["Policy in force"])[-1]
            counted = since - gone
            status = (
                "Overdue"
                if counted > limit
                else "Due soon"
                if limit - counted <= soon
                else "In date"
            )
            assert page.context["now"].startswith(f"{status}: {counted} day"), (days, away)
            found.add(status)
    assert found == {"Overdue", "Due soon", "In date"}
