"""The outbox: what each move writes, and how it is claimed, sent, put off and given up."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.conf import settings

from tests import factories as make
from tests.conftest import NOW, TODAY, Cast
from wellbeing.domain.booking import CancelReason
from wellbeing.domain.messages import BACK_OFF, MessageKind
from wellbeing.domain.refusals import Refused
from wellbeing.domain.roles import EventKind, Mode
from wellbeing.models import Event, Message, Person
from wellbeing.operations import bookings
from wellbeing.operations.bookings import book, cancel, reschedule
from wellbeing.operations.cancelling import cancel_event
from wellbeing.operations.changing import change_event
from wellbeing.operations.delivery import claim, deliver, forget_messages, send_again
from wellbeing.operations.events import Details, publish
from wellbeing.operations.offers import accept, decline, offer
from wellbeing.operations.seats import expire_offers
from wellbeing.operations.waiting import wait

HOUR = timedelta(hours=1)
SOON = TODAY + timedelta(days=7)
COURT = CancelReason.COURT
K = MessageKind


@pytest.fixture
def event(cast: Cast) -> Event:
    return make.make_event(cast.supervisor, SOON)


def written() -> list[tuple[str, str]]:
    """(to whom, what) in the order of writing; emptied, so that the next move stands alone."""
    rows = list(Message.objects.order_by("pk").values_list("person__name", "kind"))
    Message.objects.all().delete()
    return rows


ME, HOST, OTHER = "Amira Prosecutor", "Dr Megan Hughes", "Joe Paralegal"


def test_booking_and_cancelling_tell_the_person_and_the_host(cast: Cast, event: Event) -> None:
    booking = book(event, person=cast.prosecutor, by=cast.prosecutor, at=NOW)
    assert written() == [(ME, K.BOOKED), (HOST, K.HOST_BOOKED)]
    cancel(booking, reason=COURT, by=cast.prosecutor, at=NOW)
    assert written() == [(ME, K.CANCELLED), (HOST, K.HOST_PLACE_FREED)]


def test_offers_tell_of_their_end_and_their_answer(cast: Cast, event: Event) -> None:
    booking = offer(event, person=cast.prosecutor, by=cast.lead, at=NOW)
    assert written() == [(ME, K.OFFERED)]
    accept(booking, by=cast.prosecutor, at=NOW)
    assert written() == [(ME, K.BOOKED), (HOST, K.HOST_BOOKED)]


def test_declined_and_expired_offers_tell_whoever_is_next(cast: Cast, event: Event) -> None:
    for end in (
        lambda b: decline(b, by=b.person, at=NOW),
        lambda b: expire_offers(at=NOW + 48 * HOUR),
    ):
        booking = offer(event, person=cast.prosecutor, by=cast.lead, at=NOW)
        waiting = wait(event, person=cast.paralegal, by=cast.paralegal, at=NOW)
        written()
        end(booking)
        assert written() == [(OTHER, K.PROMOTED)]
        waiting.refresh_from_db()
        decline(waiting, by=cast.paralegal, at=NOW)
        written()


def test_who_is_passed_over_is_told_once_a_day(cast: Cast, event: Event) -> None:
    for _ in range(2):
        booking = book(event, person=cast.prosecutor, by=cast.prosecutor, at=NOW)
        if not Message.objects.filter(kind=K.PASSED_OVER).exists():
            wait(event, person=cast.paralegal, by=cast.paralegal, at=NOW)
            clash = make.make_event(make.make_supervisor("Dr Other"), SOON)
            make.make_booking(clash, cast.paralegal)
        cancel(booking, reason=COURT, by=cast.prosecutor, at=NOW)
    told = Message.objects.filter(kind=K.PASSED_OVER)
    assert list(told.values_list("person__name", flat=True)) == [OTHER]


def test_rescheduling_tells_of_both(cast: Cast, event: Event) -> None:
    booking = book(event, person=cast.prosecutor, by=cast.prosecutor, at=NOW)
    other = make.make_event(make.make_supervisor("Dr Other"), SOON, time(15))
    written()
    reschedule(booking, other, by=cast.prosecutor, at=NOW)
    assert written() == [
        (ME, K.CANCELLED), (HOST, K.HOST_PLACE_FREED), (ME, K.BOOKED), ("Dr Other", K.HOST_BOOKED),
    ]  # fmt: skip


DETAILS = Details(EventKind.SUPERVISION, SOON, time(10), 60, 2, Mode.VIDEO)


def test_publishing_moving_and_cancelling_tell_everybody(cast: Cast) -> None:
    event = publish(DETAILS, host=cast.supervisor, by=cast.lead, at=NOW)
    assert written() == [(HOST, K.HOST_PUBLISHED)]
    book(event, person=cast.prosecutor, by=cast.prosecutor, at=NOW)
    offer(event, person=cast.paralegal, by=cast.lead, at=NOW)
    written()
    other = make.make_supervisor("Dr Other")
    later = Details(EventKind.SUPERVISION, SOON, time(11), 60, 2, Mode.VIDEO)
    change_event(event, later, host=cast.supervisor, by=cast.lead, at=NOW)
    assert written() == [(ME, K.CHANGED), (OTHER, K.CHANGED), (HOST, K.HOST_CHANGED)]
    change_event(event, later, host=other, by=cast.lead, at=NOW)
    assert written() == [
        (ME, K.CHANGED), (OTHER, K.CHANGED), (HOST, K.HOST_CANCELLED), ("Dr Other", K.HOST_PUBLISHED),
    ]  # fmt: skip
    cancel_event(event, by=cast.lead, at=NOW)
    assert written() == [
        (ME, K.CANCELLED_BY_SERVICE), (OTHER, K.CANCELLED_BY_SERVICE), ("Dr Other", K.HOST_CANCELLED),
    ]  # fmt: skip


def test_refused_move_writes_nothing(cast: Cast, event: Event) -> None:
    make.make_booking(event, cast.paralegal)
    with pytest.raises(Refused):
        book(event, person=cast.prosecutor, by=cast.prosecutor, at=NOW)
    assert written() == []


def test_message_goes_with_its_transaction(
    cast: Cast, event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(bookings, "tell_host", fails)
    with pytest.raises(RuntimeError):
        book(event, person=cast.prosecutor, by=cast.prosecutor, at=NOW)
    assert written() == []


@pytest.fixture
def post(cast: Cast, event: Event) -> Callable[..., Message]:
    """Puts a message into the outbox."""

    def put(person: Person | None = None, **more: Any) -> Message:
        values = {"kind": K.OVERDUE, "created_at": NOW, "due_at": NOW} | more
        return Message.objects.create(person=person or cast.prosecutor, **values)

    return put


Sent = list[int]


def sender(sent: Sent, *, fails: tuple[int, ...] = (), drops: tuple[int, ...] = ()) -> Any:
    def send(message: Message, at: datetime) -> bool:
        if message.pk in fails:
            raise OSError("mail server down")
        sent.append(message.pk)
        return message.pk not in drops

    return send


def at(moment: datetime) -> Callable[[], datetime]:
    return lambda: moment


def test_each_message_is_sent_once_and_marked(post: Any) -> None:
    ours, sent = [post().pk for _ in range(45)], []
    assert deliver(sender(sent), at(NOW)) == 45
    assert sorted(sent) == ours
    assert deliver(sender(sent), at(NOW)) == 0
    assert Message.objects.filter(sent_at=NOW, leased_until__isnull=True).count() == 45


def test_nothing_is_sent_before_it_is_due(post: Any) -> None:
    post(due_at=NOW + HOUR)
    assert deliver(sender([]), at(NOW)) == 0


def test_what_is_no_longer_true_is_dropped(post: Any) -> None:
    message = post()
    assert deliver(sender([], drops=(message.pk,)), at(NOW)) == 0
    message.refresh_from_db()
    assert (message.dropped_at, message.sent_at) == (NOW, None)


def test_one_that_fails_holds_up_no_other(post: Any) -> None:
    poison, other, sent = post(), post(), []
    assert deliver(sender(sent, fails=(poison.pk,)), at(NOW)) == 1
    assert sent == [other.pk]
    poison.refresh_from_db()
    assert (poison.attempts, poison.fault) == (1, "OSError")
    assert poison.due_at == NOW + timedelta(minutes=BACK_OFF[0])


def test_is_given_up_after_the_last_try_and_sent_again_by_an_administrator(
    cast: Cast, post: Any
) -> None:
    poison, moment = post(), NOW
    for _ in range(len(BACK_OFF) + 1):
        deliver(sender([], fails=(poison.pk,)), at(moment))
        moment += timedelta(days=2)
    poison.refresh_from_db()
    assert (poison.attempts, poison.failed_at is not None) == (len(BACK_OFF) + 1, True)
    assert claim(at=moment) == []
    send_again(poison, by=cast.admin, at=moment)
    sent: Sent = []
    assert deliver(sender(sent), at(moment)) == 1


def test_dead_workers_message_is_sent_by_the_next_under_the_same_id(post: Any) -> None:
    message = post()
    assert [m.pk for m in claim(at=NOW)] == [message.pk]
    assert claim(at=NOW + timedelta(seconds=settings.LEASE_SECONDS - 1)) == []
    again = claim(at=NOW + timedelta(seconds=settings.LEASE_SECONDS))
    assert [m.public_id for m in again] == [message.public_id]


def test_messages_of_one_event_leave_in_order(post: Any, event: Event, cast: Cast) -> None:
    first = post(event=event, kind=K.BOOKED)
    second = post(event=event, kind=K.CANCELLED)
    others = post(cast.paralegal, event=event, kind=K.BOOKED)
    assert [m.pk for m in claim(at=NOW)] == [first.pk, others.pk]
    assert claim(at=NOW) == []
    sent: Sent = []
    late = NOW + timedelta(seconds=settings.LEASE_SECONDS)
    deliver(sender(sent, fails=(first.pk,)), at(late))
    assert second.pk not in sent
    deliver(sender(sent), at(late + HOUR))
    assert sent[-2:] == [first.pk, second.pk]


def test_what_ended_a_year_ago_is_forgotten(post: Any) -> None:
    old, young, open_ = post(sent_at=NOW), post(sent_at=NOW + HOUR), post()
    assert forget_messages(at=NOW + timedelta(days=365, minutes=1)) == 1
    assert set(Message.objects.values_list("pk", flat=True)) == {young.pk, open_.pk}
    assert old.pk
