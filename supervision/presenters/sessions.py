"""Sessions as they stand on a page: strings and addresses."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.urls import reverse

from supervision.queries.sessions import Place, Search
from wellbeing.domain.booking import EventStatus
from wellbeing.domain.roles import EventKind, Mode
from wellbeing.models import Booking, Event, Person
from wellbeing.presenters.dates import counted, day, hours, short_day

MODE_WORDS = {
    Mode.IN_PERSON: "In person",
    Mode.VIDEO: "Video",
    Mode.PHONE: "Phone",
    "": "Not said",
}


# To the person themself only: of anybody else nobody learns it.
BUSY_THEN = "You are busy then, by your own calendar"
IF_IT_CANNOT_STAND = "change or cancel the session if it cannot stand."
HOW = {Mode.IN_PERSON: "in person", Mode.VIDEO: "by video", Mode.PHONE: "by phone"}
SIZES = {True: "in a group", False: "one-to-one"}


def search_words(search: Search, host: str, whose: str = "your") -> str:
    """`From 12 May 2026 to 25 May 2026, on your working days, by video`; `host`: "" for anyone."""
    parts = [
        f"From {short_day(search.first)} to {short_day(search.last)}",
        f"on {whose} working days" if search.own_days_only else "",
        f"with {host}" if host else "",
        HOW[Mode(search.mode)] if search.mode else "",
        SIZES.get(search.group, "") if search.group is not None else "",
        "full ones too" if search.full_too else "",
        "when you are not busy" if search.leave_out_busy and whose == "your" else "",
    ]
    return ", ".join(part for part in parts if part)


def own_clash(busy: int, of: int = 1) -> str:
    """What a host is told of their own busy times once sessions stand there; "" for none."""
    if not busy:
        return ""
    if of == 1:
        return f" {BUSY_THEN}: {IF_IT_CANNOT_STAND}"
    return f" At {busy} of these times you are busy, by your own calendar: {IF_IT_CANNOT_STAND}"


@dataclass(frozen=True, slots=True)
class Slot:
    """A line of a list: when, what, and one link."""

    time: str
    what: str
    href: str
    label: str
    button: str = "Book"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """A day's heading and its lines."""

    heading: str
    slots: list[Slot]
    # What stands above the first of several days; "" above the others.
    section: str = ""


def kind_words(event: Event) -> str:
    """`One-to-one`, `Group of up to 6`, `Training for up to 12`."""
    if event.kind == EventKind.TRAINING:
        return f"Training for up to {event.capacity}" if event.capacity else "Training"
    if event.capacity is None:
        return "Session"
    return "One-to-one" if event.capacity == 1 else f"Group of up to {event.capacity}"


def session_hours(event: Event) -> str:
    """`2pm to 3pm`."""
    if event.start_at is None or event.end_at is None:
        return "Time not known"
    return hours(event.start_at, event.end_at)


def days_of_places(
    places: Iterable[Place],
    *,
    moving: Booking | None = None,
    person: Person | None = None,
    own: int | None = None,
) -> list[Day]:
    """Places to book, a heading for each day; or to move a booking to, or to find for somebody.

    `own`: one's own supervisor, whose one-to-one sessions come first under words of their own.
    """
    days: list[Day] = []
    said = ""
    grouped = groupby(places, key=lambda p: (p.is_of(own), p.event.local_on))
    for (is_own, on), group in grouped:
        section = "Your supervisor" if is_own else "Everybody else" if said else ""
        slots = [_slot(place, moving, person) for place in group]
        days.append(Day(day(on), slots, section if section != said else ""))
        said = section
    return days


def _slot(place: Place, moving: Booking | None, person: Person | None) -> Slot:
    event = place.event
    button, href = _choice(place, moving, person)
    what = f"{place.host.name}. {MODE_WORDS[event.mode]}, {kind_words(event).lower()}"
    if event.capacity and event.capacity > 1:
        what += f", {counted(place.free, 'place')} free" if place.free > 0 else ""
    if place.free < 1:
        what += ", full"
    time = session_hours(event)
    return Slot(
        time=time[:1].upper() + time[1:],
        what=what,
        href=href,
        label=f"{button} {time} with {place.host.name} on {day(event.local_on)}",
        button=button,
        note=BUSY_THEN if place.is_busy and person is None else "",
    )


def _choice(place: Place, moving: Booking | None, person: Person | None) -> tuple[str, str]:
    """The button's word and where it leads."""
    event = place.event.public_id
    if moving:
        return "Choose", reverse("booking_move_to", args=[moving.public_id, event])
    if person:
        return "Choose", reverse("person_place", args=[person.public_id, event])
    if place.free < 1:
        return "Wait", reverse("session_wait", args=[event])
    return "Book", reverse("session_book", args=[event])


@dataclass(frozen=True, slots=True)
class Held:
    """A line of a host's diary or a lead's schedule; names in the host's own diary only."""

    on: date
    time: str
    host: str
    what: str
    places: str
    people: str
    state: str
    colour: str
    register: str
    cancel: str
    page: str


def held(event: Event, *, started: bool, people: Sequence[str] = ()) -> Held:
    """A session with its places taken and what it asks for."""
    taken: int = event.held  # type: ignore[attr-defined]
    state, colour = _state(event, taken, started=started)
    capacity = event.capacity
    return Held(
        on=event.local_on,
        time=session_hours(event),
        host=event.host.name if event.host else "",
        what=kind_words(event) + (f", {MODE_WORDS[event.mode].lower()}" if event.mode else ""),
        places=f"{taken} of {capacity}" if capacity else str(taken),
        people=", ".join(people),
        state=state,
        colour=colour,
        register=reverse("session_register", args=[event.public_id]),
        cancel=""
        if started or event.status == "cancelled"
        else reverse("session_cancel", args=[event.public_id]),
        page=reverse("session_detail", args=[event.public_id]),
    )


def _state(event: Event, taken: int, *, started: bool) -> tuple[str, str]:
    if event.status == EventStatus.CANCELLED:
        return "Cancelled", "grey"
    if not started:
        return ("Booked", "blue") if taken else ("Free", "grey")
    if event.unrecorded:  # type: ignore[attr-defined]
        return "To record", "yellow"
    return ("Recorded", "green") if taken else ("Nobody booked", "grey")


@dataclass(frozen=True, slots=True)
class HeldDay:
    """A day's heading and its sessions."""

    heading: str
    lines: Sequence[Held]


def by_day(lines: Iterable[Held]) -> list[HeldDay]:
    """Lines under a heading for each day."""
    return [HeldDay(day(on), list(group)) for on, group in groupby(lines, key=lambda h: h.on)]
