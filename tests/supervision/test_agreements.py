"""Agreements: chosen, changed, signed, declined, reviewed; who is told, and what is on record."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.core import mail

from supervision.models import Agreement
from supervision.operations.agreements import (
    choose_supervisor,
    decline,
    end_agreement,
    record_review,
    sign,
)
from supervision.operations.group_endings import close_group, withdraw_invitation
from supervision.operations.groups import answer_invitation, invite
from supervision.queries.agreements import reviews_due, supervised_by
from supervision.queries.viewers import viewer_of
from tests import factories as make
from tests.agreements import make_agreement, make_exclusion, make_group
from tests.conftest import NOW, TODAY, Cast, Visitor
from wellbeing.domain.booking import BookingStatus
from wellbeing.domain.messages import OF_AGREEMENTS, MessageKind
from wellbeing.domain.refusals import Refused
from wellbeing.models import AuditRow, Booking, Message, Person
from wellbeing.operations.delivery import deliver
from wellbeing.operations.outbox import tell_person
from wellbeing.tasks.letters import send

As = Callable[[Person], Visitor]


def messages() -> list[tuple[Person, str]]:
    return [(m.person, m.kind) for m in Message.objects.order_by("pk")]


def verbs() -> list[str]:
    return list(AuditRow.objects.order_by("pk").values_list("verb", flat=True))


def test_choosing_begins_an_agreement_for_a_year(cast: Cast) -> None:
    made = choose_supervisor(cast.prosecutor, cast.supervisor, by=cast.prosecutor, at=NOW)
    assert (made.start_on, made.end_on, made.signed_at) == (TODAY, None, None)
    assert made.review_on == date(2027, 5, 12)
    assert messages() == [(cast.supervisor, "agreement_new")]
    row = AuditRow.objects.get()
    assert (row.verb, row.about, row.details) == (
        "agreement.choose", cast.prosecutor, {"agreement": str(made.public_id)},
    )  # fmt: skip


def test_changing_ends_the_old_one_who_learns_only_that(cast: Cast) -> None:
    other = make.make_supervisor("Dr Other")
    old = make_agreement(cast.prosecutor, cast.supervisor)
    choose_supervisor(cast.prosecutor, other, by=cast.prosecutor, at=NOW)
    old.refresh_from_db()
    assert (old.end_on, old.declined_at) == (TODAY, None)
    assert (old.ended_at, old.ended_by) == (NOW, cast.prosecutor)
    assert messages() == [(cast.supervisor, "agreement_ended"), (other, "agreement_new")]
    assert Agreement.objects.get(end_on=None).supervisor == other


def not_registered(cast: Cast) -> Person:
    return make.make_supervisor("Dr Past", end_on=TODAY - timedelta(days=1))


def of_another_area(cast: Cast) -> Person:
    return make.make_supervisor("Dr East", areas=(cast.elsewhere.area,))


def in_the_chain(cast: Cast) -> Person:
    return make.make_supervisor("", person=cast.manager)


def excluded(cast: Cast) -> Person:
    make_exclusion(cast.prosecutor, cast.supervisor)
    return cast.supervisor


def nobody_s_supervisor(cast: Cast) -> Person:
    return cast.paralegal


def who_declined(cast: Cast) -> Person:
    make_agreement(
        cast.prosecutor,
        cast.supervisor,
        end_on=TODAY,
        declined_at=NOW,
        declined_by=cast.supervisor,
    )
    return cast.supervisor


def own_already(cast: Cast) -> Person:
    make_agreement(cast.prosecutor, cast.supervisor)
    return cast.supervisor


@pytest.mark.parametrize(
    "whom",
    [
        not_registered,
        of_another_area,
        in_the_chain,
        excluded,
        nobody_s_supervisor,
        who_declined,
        own_already,
    ],
)
def test_whom_one_cannot_choose(cast: Cast, as_: As, whom: Callable[[Cast], Person]) -> None:
    host = whom(cast)
    with pytest.raises(Refused):
        choose_supervisor(cast.prosecutor, host, by=cast.prosecutor, at=NOW)
    form = as_(cast.prosecutor).get("supervisor_choose").context["form"]
    assert str(host.pk) not in form.hosts
    assert messages() == []


def test_signing_is_once_and_by_the_person(cast: Cast) -> None:
    agreement = make_agreement(cast.prosecutor, cast.supervisor)
    sign(agreement, by=cast.prosecutor, at=NOW)
    agreement.refresh_from_db()
    assert (agreement.signed_at, agreement.signed_by) == (NOW, cast.prosecutor)
    with pytest.raises(Refused, match="already"):
        sign(agreement, by=cast.prosecutor, at=NOW)


def test_supervisor_declines_until_the_first_session(cast: Cast) -> None:
    agreement = make_agreement(cast.prosecutor, cast.supervisor)
    # Before it was chosen: no session under it.
    make.make_held(cast.prosecutor, cast.supervisor, TODAY - timedelta(days=20))
    decline(agreement, by=cast.supervisor, at=NOW)
    agreement.refresh_from_db()
    assert (agreement.end_on, agreement.declined_by) == (TODAY, cast.supervisor)
    assert messages() == [(cast.prosecutor, "agreement_declined")]
    again = make_agreement(cast.prosecutor, cast.supervisor)
    make.make_held(cast.prosecutor, cast.supervisor, TODAY - timedelta(days=1))
    with pytest.raises(Refused, match="met already"):
        decline(again, by=cast.supervisor, at=NOW)


@pytest.mark.parametrize("act", [sign, decline, end_agreement, record_review])
def test_what_has_ended_stays_so(cast: Cast, act: Callable[..., None]) -> None:
    agreement = make_agreement(cast.prosecutor, cast.supervisor)
    end_agreement(agreement, by=cast.prosecutor, at=NOW)
    before = Agreement.objects.values().get()
    with pytest.raises(Refused, match="ended already"):
        act(agreement, by=cast.prosecutor, at=NOW)
    assert Agreement.objects.values().get() == before
    assert verbs() == ["agreement.end"]


def test_a_review_is_due_again_in_a_year(cast: Cast) -> None:
    agreement = make_agreement(
        cast.prosecutor, cast.supervisor, is_signed=True, review_on=TODAY
    )
    record_review(agreement, by=cast.supervisor, at=NOW)
    agreement.refresh_from_db()
    assert agreement.review_on == date(2027, 5, 12)


def test_lead_sees_what_is_due_of_their_own_people(cast: Cast) -> None:
    far = make.make_staff("Far Away", cast.elsewhere)
    for person, days in (
        (cast.prosecutor, -3), (cast.paralegal, 31), (cast.manager, 30), (far, 0),
    ):  # fmt: skip
        review = TODAY + timedelta(days=days)
        make_agreement(person, cast.supervisor, is_signed=True, review_on=review)

    make_agreement(make.make_staff("Unsigned", cast.unit), cast.supervisor, review_on=TODAY)

    def due(lead: Person) -> list[Person]:
        return [a.person for a in reviews_due(viewer_of(lead.pk, TODAY), TODAY)]

    assert due(cast.area_lead) == [cast.prosecutor, cast.manager]
    assert due(cast.lead) == [cast.prosecutor, far, cast.manager]


def test_first_session_is_signed_for_and_booked_in_one_step(cast: Cast, as_: As) -> None:
    agreement = make_agreement(cast.prosecutor, cast.supervisor)
    event = make.make_event(cast.supervisor, TODAY + timedelta(days=3))
    me = as_(cast.prosecutor)
    page = me.get("session_book", event.public_id).content.decode()
    for limit in ("Risk of serious harm", "A court order", "Their professional body"):
        assert limit in page
    refused = me.post("session_book", event.public_id).content.decode()
    assert "Tick the box if you have read this and agree to it" in refused
    assert Booking.objects.count() == 0
    me.post("session_book", event.public_id, agrees="on")
    agreement.refresh_from_db()
    assert agreement.signed_by == cast.prosecutor
    assert Booking.objects.get().status == BookingStatus.BOOKED
    assert sorted(verbs()) == ["agreement.sign", "booking.book"]


def test_a_place_that_is_taken_leaves_the_agreement_unsigned(cast: Cast, as_: As) -> None:
    agreement = make_agreement(cast.prosecutor, cast.supervisor)
    event = make.make_event(cast.supervisor, TODAY + timedelta(days=3))
    make.make_booking(event, cast.paralegal)
    page = as_(cast.prosecutor).post("session_book", event.public_id, agrees="on")
    assert "This place has just been taken." in page.content.decode()
    agreement.refresh_from_db()
    assert agreement.signed_at is None


def test_moving_to_a_first_session_asks_to_sign_first(cast: Cast, as_: As) -> None:
    other = make.make_event(make.make_supervisor("Dr Other"), TODAY + timedelta(days=3))
    booking = make.make_booking(other, cast.prosecutor)
    event = make.make_event(cast.supervisor, TODAY + timedelta(days=4))
    agreement = make_agreement(cast.prosecutor, cast.supervisor)
    me = as_(cast.prosecutor)
    answer = me.post("booking_move_to", booking.public_id, event.public_id)
    assert answer["Location"] == "/supervisor/agreement/"
    sign(agreement, by=cast.prosecutor, at=NOW)
    me.post("booking_move_to", booking.public_id, event.public_id)
    assert Booking.objects.get(status=BookingStatus.BOOKED).event == event


def test_anybody_else_s_session_needs_no_agreement(cast: Cast, as_: As) -> None:
    make_agreement(cast.prosecutor, cast.supervisor)
    event = make.make_event(make.make_supervisor("Dr Other"), TODAY + timedelta(days=3))
    as_(cast.prosecutor).post("session_book", event.public_id)
    assert Booking.objects.get().event == event


def test_own_supervisor_s_one_to_ones_come_first(cast: Cast, as_: As) -> None:
    other = make.make_supervisor("Dr Another")
    soon, late = TODAY + timedelta(days=1), TODAY + timedelta(days=8)
    make.make_event(other, soon, time(9))
    make.make_event(cast.supervisor, soon, time(10), capacity=4)
    make.make_event(cast.supervisor, late, time(9))
    me = as_(cast.prosecutor)

    def days() -> list[tuple[str, str, int]]:
        found: Any = me.get("session_list").context["days"]
        return [(d.section, d.heading[:12], len(d.slots)) for d in found]

    assert days() == [("", "Wednesday 13", 2), ("", "Wednesday 20", 1)]
    make_agreement(cast.prosecutor, cast.supervisor)
    assert days() == [
        ("Your supervisor", "Wednesday 20", 1), ("Everybody else", "Wednesday 13", 2),
    ]  # fmt: skip


def test_whom_a_supervisor_sees(cast: Cast) -> None:
    """A live agreement, or a booking with them until that event closes."""
    day = timedelta(days=1)
    make_agreement(cast.prosecutor, cast.supervisor)
    make.make_held(cast.prosecutor, cast.supervisor, TODAY - 90 * day)
    make.make_held(cast.paralegal, cast.supervisor, TODAY - 9 * day)
    make.make_held(cast.manager, cast.supervisor, TODAY - 12 * day)
    old = make.make_staff("Long ago", cast.unit)
    make.make_booking(make.make_event(cast.supervisor, TODAY - 40 * day), old)
    offered = make.make_staff("Offered", cast.unit)
    event = make.make_event(cast.supervisor, TODAY + day, capacity=2)
    make.make_booking(event, offered, BookingStatus.OFFERED)
    make.make_booking(event, cast.prosecutor)
    ended = make.make_staff("Ended", cast.unit)
    make_agreement(ended, cast.supervisor, end_on=TODAY)
    found = supervised_by(cast.supervisor.pk, NOW)
    assert [one.person for one in found] == [cast.prosecutor, cast.paralegal, old]
    assert found[0].next == event
    assert found[0].last is not None
    assert found[0].last.local_on == TODAY - 90 * day
    assert not found[0].has_begun


def test_no_letter_names_anybody(cast: Cast) -> None:
    group = make_group(cast.supervisor, cast.area, cast.paralegal)
    first = choose_supervisor(cast.prosecutor, cast.supervisor, by=cast.prosecutor, at=NOW)
    decline(first, by=cast.supervisor, at=NOW)
    again = choose_supervisor(cast.paralegal, cast.supervisor, by=cast.paralegal, at=NOW)
    end_agreement(again, by=cast.paralegal, at=NOW)
    member = invite(group, cast.prosecutor, by=cast.supervisor, at=NOW)
    answer_invitation(member, yes=True, by=cast.prosecutor, at=NOW)
    invite(group, cast.manager, by=cast.supervisor, at=NOW)
    withdraw_invitation(group, cast.manager, by=cast.supervisor, at=NOW)
    close_group(group, by=cast.supervisor, at=NOW)
    tell_person(MessageKind.AGREEMENT_LAPSED, cast.paralegal.pk, at=NOW)
    assert {kind for _, kind in messages()} == set(OF_AGREEMENTS)
    mail.outbox.clear()
    deliver(send, lambda: NOW)
    assert len(mail.outbox) == 10
    everybody = [p.name.split()[-1] for p in cast.everyone().values()]
    for letter in mail.outbox:
        said = letter.subject + letter.message().as_string()
        for word in (*everybody, group.name, "supervis"):
            assert word not in said.replace("/supervisor/", "")
