"""The table of moves as plain and slow as can be: dictionaries, loops, no database.

What the operations do is compared with this after each step (test_booking_machine.py).
Every method says True and changes the model, or False and changes nothing.
"""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import wraps
from typing import Any

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SEAT = {"offered", "booked", "attended", "missed", "disputed"}
LIVE = SEAT | {"waiting"}
RECORDED = {"attended", "missed"}


@dataclass
class ModelEvent:
    start: datetime
    end: datetime
    on: date
    capacity: int
    cancelled: bool = False


@dataclass
class ModelBooking:
    event: str
    person: str
    status: str
    since: datetime
    ends: datetime | None = None
    first_recorded: datetime | None = None
    last_recorded: datetime | None = None


def step(method: Callable[..., bool]) -> Callable[..., bool]:
    """All or nothing: what a refused step did is taken back."""

    @wraps(method)
    def run(self: "Model", *args: Any) -> bool:
        before = deepcopy((self.events, self.bookings))
        done = method(self, *args)
        if not done:
            self.events, self.bookings = before
        return done

    return run


@dataclass
class Model:
    events: dict[str, ModelEvent]
    # Last day each person was seen before all this; None: they have no clock.
    seen: dict[str, date | None]
    now: datetime
    bookings: list[ModelBooking] = field(default_factory=list)

    def at(self, event: str, *statuses: str) -> list[ModelBooking]:
        return [b for b in self.bookings if b.event == event and b.status in statuses]

    def find(self, person: str, event: str, *statuses: str) -> ModelBooking | None:
        return next((b for b in self.at(event, *statuses) if b.person == person), None)

    def free(self, event: str) -> int:
        return self.events[event].capacity - len(self.at(event, *SEAT))

    def clash(self, person: str, event: str) -> bool:
        mine = [b.event for b in self.bookings if b.person == person and b.status in SEAT]
        it = self.events[event]
        others = [self.events[e] for e in mine if e != event]
        return any(o.start < it.end and it.start < o.end for o in others)

    def is_open(self, event: str) -> bool:
        it = self.events[event]
        return not it.cancelled and self.now < it.start

    def due(self, person: str) -> date:
        seen = self.seen[person]
        if seen is None:
            return date.max
        days = [b.event for b in self.bookings if (b.person, b.status) == (person, "attended")]
        past = [self.events[e].on for e in days if self.events[e].on <= self.now.date()]
        return max([seen, *past]) + 42 * DAY

    def pass_on(self, event: str) -> None:
        for booking in self.at(event, "offered"):
            if booking.ends and booking.ends <= self.now:
                booking.status = "expired"
        if not self.is_open(event) or self.now >= self.events[event].start - 2 * HOUR:
            return
        for booking in sorted(
            self.at(event, "waiting"), key=lambda b: (self.due(b.person), b.since)
        ):
            if self.free(event) > 0 and not self.clash(booking.person, event):
                self.offer_to(booking)

    def offer_to(self, booking: ModelBooking) -> None:
        booking.status = "offered"
        booking.ends = min(self.now + 48 * HOUR, self.events[booking.event].start)

    def expire_for(self, person: str, event: str) -> None:
        """At the event, and whatever holds the person's own time."""
        for name in self.events:
            ended = [b for b in self.at(name, "offered") if b.ends and b.ends <= self.now]
            if ended and (name == event or any(b.person == person for b in ended)):
                self.pass_on(name)

    def _take(self, person: str, event: str, status: str) -> bool:
        self.expire_for(person, event)
        if not self.is_open(event) or self.find(person, event, *LIVE):
            return False
        if self.clash(person, event) or self.free(event) < 1:
            return False
        booking = ModelBooking(event, person, status, self.now)
        self.bookings.append(booking)
        if status == "offered":
            self.offer_to(booking)
        return True

    @step
    def book(self, person: str, event: str) -> bool:
        return self._take(person, event, "booked")

    @step
    def offer(self, person: str, event: str) -> bool:
        return self._take(person, event, "offered")

    @step
    def wait(self, person: str, event: str) -> bool:
        self.expire_for(person, event)
        late = self.now >= self.events[event].start - 2 * HOUR
        if not self.is_open(event) or late or self.find(person, event, *LIVE):
            return False
        if self.clash(person, event) or self.free(event) > 0:
            return False
        self.bookings.append(ModelBooking(event, person, "waiting", self.now))
        return True

    @step
    def leave(self, person: str, event: str) -> bool:
        return self._turn(person, event, "waiting", "left")

    @step
    def accept(self, person: str, event: str) -> bool:
        booking = self.find(person, event, "offered")
        if not booking or not booking.ends or booking.ends <= self.now:
            return False
        return self.is_open(event) and self._turn(person, event, "offered", "booked")

    @step
    def decline(self, person: str, event: str) -> bool:
        return self._give(person, event, "offered", "declined")

    @step
    def cancel(self, person: str, event: str) -> bool:
        return self._give(person, event, "booked", "cancelled")

    def _give(self, person: str, event: str, before: str, after: str) -> bool:
        if self.now >= self.events[event].start:
            return False
        done = self._turn(person, event, before, after)
        self.pass_on(event)
        return done

    def _turn(self, person: str, event: str, before: str, after: str) -> bool:
        booking = self.find(person, event, before)
        if booking:
            booking.status = after
        return booking is not None

    @step
    def reschedule(self, person: str, event: str, to: str) -> bool:
        if event == to or self.now >= self.events[event].start:
            return False
        if not self._turn(person, event, "booked", "cancelled"):
            return False
        done = self._take(person, to, "booked")
        self.pass_on(event)
        return done

    @step
    def expire(self) -> bool:
        for event in self.events:
            if any(b.ends and b.ends <= self.now for b in self.at(event, "offered")):
                self.pass_on(event)
        return True

    @step
    def cancel_event(self, event: str) -> bool:
        it = self.events[event]
        if it.cancelled or self._is_closed(event) or self.at(event, *RECORDED, "disputed"):
            return False
        it.cancelled = True
        for booking in self.at(event, "waiting", "offered", "booked"):
            booking.status = "cancelled_by_service"
        return True

    @step
    def change(self, event: str, start: datetime, capacity: int) -> bool:
        it = self.events[event]
        if not self.is_open(event) or start <= self.now:
            return False
        if self.at(event, *LIVE) and capacity < len(self.at(event, *SEAT)):
            return False
        it.start, it.end, it.on, it.capacity = start, start + HOUR, start.date(), capacity
        seated = [b.person for b in self.at(event, "offered", "booked")]
        if any(self.clash(person, event) for person in seated):
            return False
        for offered in self.at(event, "offered"):
            offered.ends = min(offered.ends or start, start)
        self.pass_on(event)
        return True

    def _is_closed(self, event: str) -> bool:
        over = self.events[event].end + 10 * DAY <= self.now
        return over and not self.at(event, "offered", "booked")

    @step
    def record(self, person: str, event: str, came: bool, as_lead: bool) -> bool:
        if self.events[event].cancelled or self.now < self.events[event].start:
            return False
        booking = self.find(person, event, "booked", *RECORDED, "disputed")
        if booking is None:
            return False
        after = "attended" if came else "missed"
        if booking.status == after:
            return True
        if booking.status == "disputed" and not as_lead:
            return False
        if booking.status in RECORDED and not as_lead:
            assert booking.first_recorded is not None
            if self.now - booking.first_recorded > 48 * HOUR:
                return False
        booking.status = after
        booking.first_recorded = booking.first_recorded or self.now
        booking.last_recorded = self.now
        return True

    @step
    def dispute(self, person: str, event: str) -> bool:
        booking = self.find(person, event, *RECORDED)
        if booking is None or booking.last_recorded is None:
            return False
        in_time = self.now - booking.last_recorded <= 10 * DAY
        return in_time and self._turn(person, event, booking.status, "disputed")

    @step
    def add_unbooked(self, person: str, event: str) -> bool:
        it = self.events[event]
        if it.cancelled or self.now < it.start or self._is_closed(event):
            return False
        self.pass_on(event)
        if self.free(event) < 1 or self.find(person, event, *LIVE) or self.clash(person, event):
            return False
        made = ModelBooking(event, person, "attended", self.now, None, self.now, self.now)
        self.bookings.append(made)
        return True
