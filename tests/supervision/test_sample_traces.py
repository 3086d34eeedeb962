"""A row of a sample traced by hand: the sum, each booking's moves, its confirmation, and rule 2."""

from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories as make
from tests.bookings import ended
from tests.conftest import Cast
from tests.samples import (
    MONTH_END,
    As,
    at,
    before,
    facts,
    make_sample,
    pseudonym_in,
    steps,
    traced,
    without_host,
)
from wellbeing.domain.booking import BookingStatus as S
from wellbeing.domain.booking import CancelReason
from wellbeing.domain.roles import EventKind, Strand
from wellbeing.models import Event, Message, Person
from wellbeing.operations.attendance import dispute, record_attendance
from wellbeing.operations.offers import accept, offer


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
    assert len(queries) == 34


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
