"""A form that is sent twice is done once, and answered the same."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from uuid import UUID, uuid4

import pytest
from django.db import connections

from tests import factories as make
from tests.conftest import NOW, TODAY, Cast
from wellbeing.domain.refusals import Refused
from wellbeing.models import Booking, Event, FormToken, Person
from wellbeing.operations.bookings import take_place
from wellbeing.operations.once import Answer, Sent, forget_forms, once

TOKEN = UUID("01890000-0000-7000-8000-000000000001")


def sent(person: Person, *, token: UUID = TOKEN, digest: str = "a") -> Sent:
    return Sent(person, token, digest, NOW)


def booking(event: Event, person: Person, **form: str) -> Answer:
    """What the page of a session does with its form."""
    return once(
        sent(person, **form),  # type: ignore[arg-type]
        lambda: take_place(event.pk, person=person, by=person, at=NOW),
        lambda made: Answer(f"/bookings/{made.public_id}/", "Booked."),
    )


@pytest.fixture
def event(cast: Cast) -> Event:
    return make.make_event(cast.supervisor, TODAY + timedelta(days=1))


def test_second_time_gives_the_first_answer(cast: Cast, event: Event) -> None:
    answers = [booking(event, cast.prosecutor) for _ in range(3)]
    one = Booking.objects.get()
    assert answers == [Answer(f"/bookings/{one.public_id}/", "Booked.")] * 3


def test_refused_form_can_be_sent_again(cast: Cast, event: Event) -> None:
    other = make.make_booking(event, cast.paralegal)
    with pytest.raises(Refused):
        booking(event, cast.prosecutor)
    assert FormToken.objects.count() == 0
    Booking.objects.filter(pk=other.pk).update(status="cancelled")
    assert booking(event, cast.prosecutor).words == "Booked."


def test_same_token_with_other_answers_is_refused(cast: Cast, event: Event) -> None:
    booking(event, cast.prosecutor)
    with pytest.raises(Refused) as refused:
        booking(event, cast.prosecutor, digest="b")
    assert refused.value.code == "already_sent"


def test_token_of_one_is_nothing_to_another(cast: Cast) -> None:
    event = make.make_event(cast.supervisor, TODAY + timedelta(days=1), capacity=2)
    booking(event, cast.prosecutor)
    booking(event, cast.paralegal)
    assert Booking.objects.count() == 2


def test_failure_after_the_effect_leaves_neither(cast: Cast, event: Event) -> None:
    def broken(made: Booking) -> Answer:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        once(
            sent(cast.prosecutor),
            lambda: take_place(event.pk, person=cast.prosecutor, by=cast.prosecutor, at=NOW),
            broken,
        )
    assert (Booking.objects.count(), FormToken.objects.count()) == (0, 0)


def test_tokens_are_forgotten_after_48_hours(cast: Cast) -> None:
    hour = timedelta(hours=1)
    for hours in (47, 48, 49):
        FormToken.objects.create(
            person=cast.lead, token=uuid4(), digest="a", sent_at=NOW - hours * hour
        )
    assert forget_forms(at=NOW) == 1
    assert FormToken.objects.count() == 2


def race(racers: list[Callable[[], Answer]]) -> list[Answer]:
    start = Barrier(len(racers))

    def run(racer: Callable[[], Answer]) -> Answer:
        try:
            start.wait(timeout=15)
            return racer()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(racers)) as pool:
        return [f.result(timeout=15) for f in [pool.submit(run, r) for r in racers]]


@pytest.mark.django_db(transaction=True)
def test_double_click_makes_one_booking_and_one_answer(cast: Cast, event: Event) -> None:
    answers = race([lambda: booking(event, cast.prosecutor)] * 6)
    assert len(set(answers)) == 1
    assert Booking.objects.count() == 1
    assert str(Booking.objects.get().public_id) in answers[0].address


@pytest.mark.django_db(transaction=True)
def test_without_the_token_a_double_click_is_told_otherwise(cast: Cast, event: Event) -> None:
    """The control: the same clicks, each with a token of its own."""

    def click() -> Answer:
        try:
            return booking(event, cast.prosecutor, token=uuid4())  # type: ignore[arg-type]
        except Refused as refused:
            return Answer("/", refused.sentence)

    assert len(set(race([click] * 6))) == 2
