"""A session offered to all of a unit who need one: what is shown is done, once, and told as single offers are."""

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from supervision.operations.offers_to_all import HAS_A_PLACE, Outcome, offer_to_all
from supervision.queries.offers_to_all import Pair
from supervision.queries.today import Need
from tests import factories as make
from tests.agreements import make_agreement
from tests.conftest import NOW, TODAY, Cast, Visitor
from tests.pages import page_of
from wellbeing.domain.booking import BookingStatus
from wellbeing.domain.refusals import Refused
from wellbeing.models import AuditRow, Booking, ClaimedTime, Event, Message, Person
from wellbeing.operations.bookable import NOT_AVAILABLE
from wellbeing.operations.bookings import book
from wellbeing.operations.offers import offer

As = Callable[[Person], Visitor]
DAY = timedelta(days=1)
SOON = TODAY + 7 * DAY
QUERIES = 27
TAKEN = "This place has just been taken. Choose another time."


def ask(visitor: Visitor, cast: Cast, **query: Any) -> Any:
    unit = query.pop("unit", cast.unit.public_id)
    return visitor.get("lead_offer", need=Need.OVERDUE, unit=unit, **query)


def send(visitor: Visitor, cast: Cast, page: Any, **data: Any) -> Any:
    address = f"{reverse('lead_offer')}?need=overdue&unit={cast.unit.public_id}"
    pairs = page.context["form"].initial["pairs"]
    return visitor.client.post(address, {"pairs": pairs, "form_token": uuid4(), **data})


def shown(page: Any) -> dict[str, str]:
    return {line.name: f"{line.place} {line.host}" for line in page.context["lines"]}


def without(page: Any) -> list[str]:
    return [line.name for line in page.context["without"]]


def offered() -> set[tuple[str, int]]:
    rows = Booking.objects.filter(status=BookingStatus.OFFERED)
    return {(b.person.name, b.event_id) for b in rows.select_related("person")}


def banner(visitor: Visitor, answer: Any) -> str:
    assert answer.status_code == 302
    page = visitor.client.get(answer["Location"])
    return " ".join(str(m) for m in page.context["messages"])


def test_all_three_are_offered_what_was_shown_and_written_to_as_by_single_offers(
    cast: Cast, as_: As
) -> None:
    first = make.make_event(cast.supervisor, SOON, time(9), capacity=2, areas=(cast.area,))
    second = make.make_event(cast.supervisor, SOON, time(14), areas=(cast.area,))
    lead = as_(cast.area_lead)
    page = ask(lead, cast)
    assert shown(page) == {
        "Amira Prosecutor": "Tuesday 19 May 2026, 9am to 10am Dr Megan Hughes",
        "Joe Paralegal": "Tuesday 19 May 2026, 2pm to 3pm Dr Megan Hughes",
        "Helen Manager": "Tuesday 19 May 2026, 9am to 10am Dr Megan Hughes",
    }
    assert Booking.objects.count() == 0
    answer = send(lead, cast, page)
    assert banner(lead, answer) == (
        "Offered to 3 people until they answer, 48 hours at the most. We have e-mailed them."
    )
    assert offered() == {
        ("Amira Prosecutor", first.pk),
        ("Joe Paralegal", second.pk),
        ("Helen Manager", first.pk),
    }
    alone = make.make_staff("Lena Alone", cast.unit)
    single = offer(
        make.make_event(cast.supervisor, SOON, time(16)), person=alone, by=cast.lead, at=NOW
    )
    kinds = list(Message.objects.values_list("kind", flat=True))
    assert kinds == ["offered"] * 4
    ends = set(Booking.objects.values_list("offer_ends_at", flat=True))
    assert ends == {single.offer_ends_at}
    assert ClaimedTime.objects.filter(kind="seat").count() == 4
    rows = AuditRow.objects.exclude(about=alone).values_list("verb", flat=True)
    assert sorted(rows) == ["booking.offer"] * 3 + ["offers.to_all"]


def test_the_same_form_again_changes_nothing(cast: Cast, as_: As) -> None:
    make.make_event(cast.supervisor, SOON, capacity=3, areas=(cast.area,))
    lead, token = as_(cast.area_lead), uuid4()
    page = ask(lead, cast)
    answers = [send(lead, cast, page, form_token=token) for _ in range(2)]
    assert answers[1]["Location"] == answers[0]["Location"]
    words = (
        "Offered to 3 people until they answer, 48 hours at the most. We have e-mailed them."
    )
    assert banner(lead, answers[1]) == f"{words} {words}"
    assert (Booking.objects.count(), Message.objects.count()) == (3, 3)
    # With another token: they have a place by now.
    again = send(lead, cast, page)
    assert again.status_code == 200
    assert HAS_A_PLACE in again.context["form"].non_field_errors()[0]
    assert Booking.objects.count() == 3


def test_whom_it_could_not_be_offered_is_named_with_the_first_reason(
    cast: Cast, as_: As
) -> None:
    events = [
        make.make_event(cast.supervisor, SOON, time(h), areas=(cast.area,)) for h in (9, 11, 14)
    ]
    lead = as_(cast.area_lead)
    page = ask(lead, cast)
    other = make.make_staff("Zoe Other", cast.unit)
    book(events[0], person=other, by=other, at=NOW)
    book(
        make.make_event(make.make_supervisor("Dr Else"), SOON + DAY),
        person=cast.paralegal,
        by=cast.paralegal,
        at=NOW,
    )
    answer = send(lead, cast, page)
    assert banner(lead, answer) == (
        "Offered to 1 person until they answer, 48 hours at the most. We have e-mailed them."
        f" Not offered: Helen Manager: {TAKEN} Joe Paralegal: {HAS_A_PLACE}"
    )
    assert offered() == {("Amira Prosecutor", events[1].pk)}


def test_prosecutors_only_and_own_supervisor_first(cast: Cast, as_: As) -> None:
    own = make.make_supervisor("Dr Own")
    make_agreement(cast.prosecutor, own)
    make.make_event(cast.supervisor, SOON, areas=(cast.area,))
    make.make_event(own, SOON + 7 * DAY, areas=(cast.area,))
    page = ask(as_(cast.area_lead), cast, role="prosecutor")
    assert shown(page) == {
        "Amira Prosecutor": "Tuesday 26 May 2026, 2pm to 3pm Dr Own",
    }
    assert len(shown(ask(as_(cast.lead), cast))) == 2


def test_at_most_so_many_at_once_and_the_rest_is_said(
    cast: Cast, as_: As, settings: Any
) -> None:
    settings.OFFER_TO_ALL_MOST = 2
    make.make_event(cast.supervisor, SOON, capacity=9, areas=(cast.area,))
    lead = as_(cast.area_lead)
    page = ask(lead, cast)
    assert (len(page.context["lines"]), page.context["left"]) == (2, 1)
    send(lead, cast, page)
    assert Booking.objects.count() == 2
    event = Event.objects.get()
    too_many = " ".join(f"{p.public_id}:{event.public_id}" for p in Person.objects.all()[:3])
    answer = send(lead, cast, page, pairs=too_many)
    assert answer.status_code == 200
    assert Booking.objects.count() == 2


def test_a_lead_offers_only_their_own_people_their_own_sessions(cast: Cast, as_: As) -> None:
    stranger = make.make_staff("Stan Stranger", cast.elsewhere)
    theirs = make.make_event(cast.supervisor, SOON, capacity=9, areas=(cast.area,))
    for_all = make.make_event(make.make_supervisor("Dr All"), SOON, capacity=9)
    lead = as_(cast.area_lead)
    page = ask(lead, cast)
    assert {line.host for line in page.context["lines"]} == {"Dr Megan Hughes"}
    for person, event in ((stranger, theirs), (cast.prosecutor, for_all)):
        answer = send(lead, cast, page, pairs=f"{person.public_id}:{event.public_id}")
        assert answer.status_code == 200
    mixed = " ".join(f"{p.public_id}:{theirs.public_id}" for p in (stranger, cast.manager))
    said = banner(lead, send(lead, cast, page, pairs=mixed))
    assert said.endswith("Not offered: 1 other, or the session, is not yours to look after.")
    assert offered() == {("Helen Manager", theirs.pk)}
    for text in ("", "x", "a:b", f"{stranger.public_id}", f"{uuid4()}:{uuid4()}:{uuid4()}"):
        assert send(lead, cast, page, pairs=text).status_code == 200
    assert Booking.objects.count() == 1


def test_the_operation_expires_ended_offers_first_and_undoes_what_it_refuses(
    cast: Cast,
) -> None:
    event = make.make_event(cast.supervisor, SOON, areas=(cast.area,))
    old = offer(event, person=cast.paralegal, by=cast.lead, at=NOW - 3 * DAY)
    pairs = [Pair(cast.prosecutor, event), Pair(cast.manager, event)]
    reach = {cast.prosecutor.pk: {event.pk}, cast.manager.pk: {event.pk}}
    found = offer_to_all(pairs, reach=reach, by=cast.lead, at=NOW)
    assert found == [Outcome(pairs[0]), Outcome(pairs[1], TAKEN)]
    old.refresh_from_db()
    assert old.status == BookingStatus.EXPIRED
    before = (Booking.objects.count(), Message.objects.count(), AuditRow.objects.count())
    another = make.make_event(cast.supervisor, SOON + DAY)
    with pytest.raises(Refused) as refused:
        offer_to_all([Pair(cast.manager, another)], reach={}, by=cast.lead, at=NOW)
    assert refused.value.sentence == (
        f"Nobody could be offered a session. Helen Manager: {NOT_AVAILABLE}"
    )
    after = (Booking.objects.count(), Message.objects.count(), AuditRow.objects.count())
    assert after == before


def test_without_a_unit_one_is_chosen_and_nobody_in_need_says_so(cast: Cast, as_: As) -> None:
    page = as_(cast.lead).get("lead_offer")
    assert "Choose a unit to see who needs a place" in page_of(page)
    make.make_staff("Nobody Overdue", make.make_unit("North", "North One"), start_on=TODAY)
    unit = make.make_unit("North", "North One").public_id
    empty = page_of(ask(as_(cast.lead), cast, unit=unit))
    assert "Nobody in North One: overdue, nothing booked or offered." in empty
    assert ask(as_(cast.area_lead), cast, unit=unit).context.get("lines") is None


def test_one_and_three_people_ask_the_same_queries(cast: Cast, as_: As) -> None:
    make.make_event(cast.supervisor, SOON, capacity=9, areas=(cast.area,))
    for hour, person in enumerate((cast.paralegal, cast.manager)):
        make.make_held(person, make.make_supervisor("Dr"), TODAY - DAY, time(9 + hour))
    make.build_cover()
    visitor, counts = as_(cast.lead), []
    for more in range(2):
        for i in range(2 * more):
            make.make_staff(f"More {i}", cast.unit)
        make.build_cover()
        with CaptureQueriesContext(connection) as captured:
            page = ask(visitor, cast)
        assert len(page.context["lines"]) == 1 + 2 * more
        counts.append(len(captured))
    assert counts == [QUERIES, QUERIES]
