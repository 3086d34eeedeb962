"""The machine that drives every move in every order, in a small and crowded world."""

import inspect
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
)

from tests import factories as make
from tests.conftest import NOW, TODAY, Cast
from tests.wellbeing.booking_model import DAY, HOUR, SEAT, Model, ModelEvent
from wellbeing.domain.refusals import Refused
from wellbeing.domain.roles import EventKind, JobRole, Mode
from wellbeing.models import Booking, ClaimedTime, Event, Person, PolicyVersion
from wellbeing.operations import seats
from wellbeing.operations.attendance import dispute, record_attendance
from wellbeing.operations.bookings import book, cancel, reschedule
from wellbeing.operations.cancelling import cancel_event
from wellbeing.operations.changing import change_event
from wellbeing.operations.events import Details
from wellbeing.operations.offers import accept, decline, offer
from wellbeing.operations.unbooked import add_unbooked
from wellbeing.operations.waiting import leave, wait

# When each session begins, after now: the first two overlap.
STARTS = {"a": 4 * DAY, "b": 4 * DAY + HOUR / 2, "c": 6 * DAY}
# How many days ago each was last seen; None has no clock at all.
SEEN = {"ann": 30, "bob": 20, "cat": 25, "dan": None}
CHOICES: dict[str, st.SearchStrategy[Any]] = {
    "person": st.sampled_from(sorted(SEEN)),
    "people": st.permutations(sorted(SEEN)),
    "event": st.sampled_from(sorted(STARTS)),
    "to": st.sampled_from(sorted(STARTS)),
    "came": st.booleans(),
    "yes": st.booleans(),
    "as_lead": st.booleans(),
    "later": st.sampled_from([HOUR / 2, HOUR, DAY]),
    "by": st.sampled_from([HOUR, 12 * HOUR, 2 * DAY]),
    "places": st.integers(1, 3),
}
# Crowds and answers often; what ends a session for good now and then.
WEIGHTS = {
    "crowd": 4, "answer": 5, "answer_late": 2, "give_up": 4, "move_over": 7, "book": 4,
    "time_goes_by": 3, "offer": 3, "expire": 2, "wait": 2, "leave": 2, "change": 2, "is_held": 2,
    "is_disputed": 2, "is_recorded": 2, "came_unbooked": 2, "call_off": 1,
}  # fmt: skip
WEIGHTED = [name for name, weight in WEIGHTS.items() for _ in range(weight)]
happened: Counter[str] = Counter()


class World:
    """The same people and sessions in the database, made once and rolled back each time."""

    def __init__(self, cast: Cast) -> None:
        self.lead = cast.lead
        PolicyVersion.objects.update(superseded_at=NOW, superseded_by=cast.lead)
        make.make_policy(for_paralegals=False)
        self.people = {n: self._person(n, seen, cast) for n, seen in SEEN.items()}
        hosts = {n: make.make_supervisor(f"Dr {n}") for n in STARTS}
        self.events = {}
        for name, after in STARTS.items():
            local = NOW + after
            self.events[name] = make.make_event(hosts[name], local.date(), local.time())

    @staticmethod
    def _person(name: str, seen: int | None, cast: Cast) -> Person:
        role = JobRole.PROSECUTOR if seen else JobRole.PARALEGAL
        person = make.make_staff(name, cast.unit, job_role=role)
        if seen:
            make.make_held(person, cast.supervisor, TODAY - timedelta(days=seen))
        return person

    def model(self) -> Model:
        events = {
            n: ModelEvent(NOW + a, NOW + a + HOUR, (NOW + a).date(), 1)
            for n, a in STARTS.items()
        }
        seen = {n: TODAY - timedelta(days=d) if d else None for n, d in SEEN.items()}
        return Model(events, seen, NOW)


class Bookings(RuleBasedStateMachine):
    """Each action asks the model and the operations the same, and compares what they say."""

    world: World

    def __init__(self) -> None:
        super().__init__()
        self.point = transaction.savepoint()
        self.model = self.world.model()

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.point)

    def both(self, verb: str, expected: bool, act: Callable[[], object]) -> None:
        try:
            act()
            done = True
        except Refused:
            done = False
        happened[verb if done else f"{verb} refused"] += 1
        assert done == expected, verb

    def live(self, person: str, event: str) -> Booking:
        """The live booking, or one that nobody can do anything with."""
        rows = Booking.objects.filter(
            person=self.world.people[person], event=self.world.events[event]
        )
        found = rows.filter(status__in=[*SEAT, "waiting"]).first() or rows.first()
        return found or Booking(
            event=self.world.events[event],
            person=self.world.people[person],
            status="left",
            pk=0,
        )

    def own(self, verb: str, person: str, event: str, act: Callable[..., object]) -> None:
        booking = self.live(person, event)
        expected = getattr(self.model, verb)(person, event)
        if booking.pk:
            by, at = booking.person, self.model.now
            self.both(verb, expected, lambda: act(booking, by=by, at=at))
        else:
            assert not expected

    def ask(self, verb: str, person: str, event: str, act: Callable[..., object]) -> None:
        it, who = Event.objects.get(pk=self.world.events[event].pk), self.world.people[person]
        expected = getattr(self.model, verb)(person, event)
        self.both(verb, expected, lambda: act(it, person=who, by=who, at=self.model.now))

    @rule(choice=st.data())
    def act(self, choice: st.DataObject) -> None:
        """One action, chosen with its weight; hypothesis' own choice of rules is too even."""
        name = choice.draw(st.sampled_from(WEIGHTED))
        filled = {
            n: choice.draw(CHOICES[n])
            for n in inspect.signature(getattr(self, name)).parameters
        }
        getattr(self, name)(**filled)

    def book(self, person: str, event: str) -> None:
        self.ask("book", person, event, book)

    def offer(self, person: str, event: str) -> None:
        self.ask("offer", person, event, offer)

    def wait(self, person: str, event: str) -> None:
        self.ask("wait", person, event, wait)

    def crowd(self, event: str, people: list[str]) -> None:
        """Everybody wants the same session: the first gets it, the others wait."""
        for person in people:
            self.ask("book", person, event, book)
            self.ask("wait", person, event, wait)

    def leave(self, event: str) -> None:
        for booking in list(self.model.at(event, "waiting"))[:1]:
            self.own("leave", booking.person, event, leave)

    def answer(self, event: str, yes: bool) -> None:
        for booking in list(self.model.at(event, "offered")):
            verb, act = ("accept", accept) if yes else ("decline", decline)
            self.own(verb, booking.person, event, act)

    def answer_late(self, event: str) -> None:
        self.model.now += 48 * HOUR if self.model.at(event, "offered") else timedelta(0)
        self.answer(event, True)

    def give_up(self, event: str) -> None:
        for booking in list(self.model.at(event, "booked")):
            self.own("cancel", booking.person, event, _cancel)

    def move_over(self, event: str, to: str) -> None:
        for booking in list(self.model.at(event, "booked")):
            mine, target = self.live(booking.person, event), self.world.events[to]
            expected = self.model.reschedule(booking.person, event, to)
            fresh, at = Event.objects.get(pk=target.pk), self.model.now
            self.both(
                "reschedule",
                expected,
                lambda m=mine, f=fresh, t=at: reschedule(m, f, by=m.person, at=t),  # type: ignore[misc]
            )

    def expire(self) -> None:
        self.both("expire", self.model.expire(), lambda: seats.expire_offers(at=self.model.now))

    def call_off(self, event: str) -> None:
        act = cancel_event
        expected, it = self.model.cancel_event(event), self.world.events[event]
        at = self.model.now
        self.both("cancel event", expected, lambda: act(it, by=self.world.lead, at=at))

    def change(self, event: str, later: timedelta, places: int) -> None:
        it = Event.objects.get(pk=self.world.events[event].pk)
        start = (self.model.events[event].start + later).astimezone(NOW.tzinfo)
        details = Details(
            EventKind.SUPERVISION, start.date(), start.time(), 60, places, Mode.VIDEO
        )
        expected, at = self.model.change(event, start, places), self.model.now
        host = it.host
        self.both(
            "change",
            expected,
            lambda: change_event(it, details, host=host, by=self.world.lead, at=at),
        )

    def is_recorded(self, person: str, event: str, came: bool, as_lead: bool) -> None:
        self.record(person, event, came, as_lead)

    def record(self, person: str, event: str, came: bool, as_lead: bool) -> None:
        booking, it, at = self.live(person, event), self.world.events[event], self.model.now
        expected = self.model.record(person, event, came, as_lead)
        if booking.pk and booking.status in SEAT:
            outcome = {booking.pk: came}
            self.both(
                "record",
                expected,
                lambda: record_attendance(
                    it, outcome, by=self.world.lead, at=at, as_lead=as_lead
                ),
            )

    def is_held(self, event: str, came: bool) -> None:
        """The session begins, and everybody booked is recorded."""
        self.model.now = max(self.model.now, self.model.events[event].start)
        for booking in list(self.model.at(event, "booked")):
            self.record(booking.person, event, came, False)

    def is_disputed(self, event: str) -> None:
        for booking in list(self.model.at(event, "attended", "missed")):
            self.own("dispute", booking.person, event, dispute)

    def came_unbooked(self, person: str, event: str) -> None:
        it, who, at = self.world.events[event], self.world.people[person], self.model.now
        expected = self.model.add_unbooked(person, event)
        self.both(
            "add unbooked", expected, lambda: add_unbooked(it, who, by=self.world.lead, at=at)
        )

    def time_goes_by(self, by: timedelta) -> None:
        self.model.now += by

    @invariant()
    def is_as_the_model_says(self) -> None:
        names = {p.pk: n for n, p in self.world.people.items()}
        events = {e.pk: n for n, e in self.world.events.items()}
        rows = Booking.objects.filter(event__in=events).order_by("pk")
        found = [
            (events[b.event_id], names[b.person_id], b.status, b.offer_ends_at) for b in rows
        ]
        wanted = [(b.event, b.person, b.status, b.ends) for b in self.model.bookings]
        assert found == wanted
        for _, _, status, _ in found:
            happened[f"in {status}"] += 1
        claims = ClaimedTime.objects.filter(kind="seat", event__in=events)
        claimed = sorted((events[c.event_id], names[c.person_id], c.from_at) for c in claims)
        held = [b for b in self.model.bookings if b.status in SEAT]
        start = {n: e.start for n, e in self.model.events.items()}
        assert claimed == sorted((b.event, b.person, start[b.event]) for b in held)


def _cancel(booking: Booking, **kwargs: Any) -> None:
    cancel(booking, reason="court", **kwargs)  # type: ignore[arg-type]
