"""Registrations that end: the supervisor's own page, a lead's list, and sessions given to another."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.messages import get_messages

from tests import factories as make
from tests.conftest import NOW, TODAY, Cast, Visitor
from wellbeing.models import Event, Person

As = Callable[[Person], Visitor]


def on(days: int) -> date:
    return TODAY + timedelta(days=days)


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def end(person: Person, last: date | None, *, indemnity: date | None = None) -> None:
    rows = make.Registration.objects.filter(person=person)
    rows.update(superseded_at=NOW, superseded_by=person)
    make.Registration.objects.create(
        person=person, register="BACP", number="B1", start_on=make.START, end_on=last,
        indemnity_to=indemnity, **make.recorded(),
    )  # fmt: skip


# Last day, last day of indemnity -> what the supervisor is told.
OWN = [
    (None, None, "No end is entered for what we hold."),
    (20, None, "Your registration ends in 20 days, on 1 June. Nothing can be published after that day."),
    (900, 300, "Your indemnity ends in 300 days, on 8 March 2027. Nothing can be published after that day."),
    (-2, None, "Your registration ended 2 days ago, on 10 May. Until we hold a new one nothing of yours can be published."),
]  # fmt: skip


@pytest.mark.parametrize(("last", "indemnity", "words"), OWN)
def test_supervisor_sees_what_is_held_and_when_it_ends(
    cast: Cast, as_: As, last: int | None, indemnity: int | None, words: str
) -> None:
    end(cast.supervisor, last and on(last), indemnity=indemnity and on(indemnity))
    page = text(as_(cast.supervisor).get("registration"))
    assert words in page
    assert "BACP, number B1" in page


def test_supervisor_is_told_of_sessions_beyond(cast: Cast, as_: As) -> None:
    make.make_event(cast.supervisor, on(10))
    make.make_event(cast.supervisor, on(20))
    end(cast.supervisor, on(10))
    page = text(as_(cast.supervisor).get("registration"))
    assert "1 session of yours is published on days for which we hold no registration" in page


def test_nothing_held_is_said(cast: Cast, as_: As) -> None:
    make.Registration.objects.update(superseded_at=NOW, superseded_by=cast.lead)
    assert "We hold no registration of yours" in text(as_(cast.supervisor).get("registration"))


def listed(visitor: Visitor) -> list[tuple[str, str]]:
    return [(line.name, line.tag) for line in visitor.get("registrations").context["lines"]]


def test_lead_sees_what_ends_within_90_30_and_7_days(cast: Cast, as_: As) -> None:
    for name, days in (("A", 91), ("B", 90), ("C", 30), ("D", 7), ("E", -1), ("F", -91)):
        make.make_supervisor(f"Dr {name}", end_on=on(days))
    make.make_supervisor("Dr G", areas=(cast.elsewhere.area,), indemnity_to=on(5))
    seen = [
        ("Dr E", "Ended"), ("Dr G", "Within 7 days"), ("Dr D", "Within 7 days"),
        ("Dr C", "Within 30 days"), ("Dr B", "Within 90 days"),
    ]  # fmt: skip
    assert listed(as_(cast.lead)) == seen
    assert listed(as_(cast.area_lead)) == [one for one in seen if one[0] != "Dr G"]


def lapsing(cast: Cast) -> tuple[Person, list[Event]]:
    """A supervisor whose registration ends in 9 days; sessions in 8, 9, 10 and 11 days."""
    host = make.make_supervisor("Dr Lapsing", end_on=on(9))
    areas = {10: (cast.area,), 11: (cast.elsewhere.area,)}
    return host, [make.make_event(host, on(d), areas=areas.get(d, ())) for d in (8, 9, 10, 11)]


def test_sessions_beyond_the_end_are_to_be_moved(cast: Cast, as_: As) -> None:
    host, events = lapsing(cast)
    make.make_event(host, on(12), status=make.EventStatus.CANCELLED)
    context = as_(cast.lead).get("registrations").context
    assert [(m.name, m.words) for m in context["moves"]] == [
        ("Dr Lapsing", "2 sessions, the first on 22 May 2026")
    ]
    form = as_(cast.lead).get("sessions_move", host.public_id).context["form"]
    assert set(form.events) == {str(e.public_id) for e in events[2:]}
    form = as_(cast.area_lead).get("sessions_move", host.public_id).context["form"]
    assert set(form.events) == {str(events[2].public_id)}


def test_moved_in_one_step_and_a_second_sending_gives_the_first_answer(
    cast: Cast, as_: As
) -> None:
    host, events = lapsing(cast)
    make.make_booking(events[2], cast.prosecutor)
    sent = {
        "sessions": [e.public_id for e in events[2:]],
        "to": cast.supervisor.pk,
        "form_token": uuid4(),
    }
    visitor = as_(cast.lead)
    answers = [visitor.post("sessions_move", host.public_id, **sent) for _ in range(2)]
    assert [a.url for a in answers] == ["/registrations/", "/registrations/"]
    assert [str(m) for m in get_messages(answers[0].wsgi_request)] == [
        "2 sessions moved to Dr Megan Hughes. Whoever has a place keeps it."
    ]
    assert list(Event.objects.order_by("pk").values_list("host__name", "sequence")) == [
        ("Dr Lapsing", 0), ("Dr Lapsing", 0), ("Dr Megan Hughes", 1), ("Dr Megan Hughes", 1),
    ]  # fmt: skip
    assert "There is nothing to move" in text(visitor.get("sessions_move", host.public_id))


def test_who_cannot_take_them_is_told_the_day_alone(cast: Cast, as_: As) -> None:
    host, events = lapsing(cast)
    make.make_event(cast.supervisor, on(10), time(14, 30))
    answer = as_(cast.lead).post(
        "sessions_move", host.public_id, sessions=[e.public_id for e in events[2:]],
        to=cast.supervisor.pk,
    )  # fmt: skip
    assert answer.context["form"].errors == {
        "to": [
            "Nothing was moved. Dr Megan Hughes cannot take the sessions of Friday 22 May 2026."
            " Choose another supervisor for those, or cancel them."
        ]
    }
    assert set(Event.objects.filter(pk__in=[e.pk for e in events]).values_list("host")) == {
        (host.pk,)
    }


def test_area_lead_moves_no_session_of_other_areas(cast: Cast, as_: As) -> None:
    host, events = lapsing(cast)
    for chosen in ([events[3].public_id], ["x"], ["\x00"], []):
        answer = as_(cast.area_lead).post(
            "sessions_move", host.public_id, sessions=chosen, to=cast.supervisor.pk
        )
        assert answer.status_code == 200
        assert list(answer.context["form"].errors) == ["sessions"]
    assert as_(cast.lead).get("sessions_move", cast.manager.public_id).status_code == 404


@pytest.mark.parametrize("size", [1, 3])
def test_registrations_take_the_same_queries_for_any_number(
    cast: Cast, as_: As, django_assert_num_queries: Any, size: int
) -> None:
    hosts = [make.make_supervisor(f"Dr {i}", end_on=on(i)) for i in range(size)]
    for host in hosts:
        for days in range(size):
            make.make_event(host, on(10 + days))
    visitor = as_(cast.lead)
    with django_assert_num_queries(9):
        context = visitor.get("registrations").context
    assert (len(context["lines"]), len(context["moves"])) == (size, size)
    with django_assert_num_queries(8):
        context = visitor.get("sessions_move", hosts[0].public_id).context
    assert context["count"] == size
    own = as_(hosts[0])
    with django_assert_num_queries(7):
        own.get("registration")
