"""The five races: what is made beforehand, and what each process then does."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from wellbeing.operations.bookings import book
from wellbeing.operations.offers import offer
from wellbeing.operations.waiting import wait

from .crew import Job
from .world import Slot, World

MOMENT = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Heat:
    """One running of a race: everybody's job, and who must have the seat at the end.

    `first`: the person whose turn it is; None where anybody may win.
    """

    jobs: list[Job]
    first: int | None = None


def last_seat(world: World, slot: Slot, processes: int) -> Heat:
    """Everybody books the only place of one session."""
    event = slot.session(world.hosts[0], capacity=1)
    people = world.staff[:processes]
    return Heat([Job("book", {"event": event.pk, "person": p.pk}) for p in people])


def one_host(world: World, slot: Slot, processes: int) -> Heat:
    """One host's sessions, a minute apart: each overlaps all the others."""
    host = world.hosts[0].pk
    given = {"host": host, "on": slot.on, "hour": slot.hour}
    return Heat([Job("session", {**given, "minute": i % 50}) for i in range(processes)])


def one_person(world: World, slot: Slot, processes: int) -> Heat:
    """One person at two overlapping sessions with room for all."""
    pair = [
        slot.session(host, capacity=processes, minute=30 * i)
        for i, host in enumerate(world.hosts)
    ]
    person = world.staff[0].pk
    return Heat(
        [Job("book", {"event": pair[i % 2].pk, "person": person}) for i in range(processes)]
    )


def ending_offer(world: World, slot: Slot, processes: int) -> Heat:
    """One offer accepted just before it ends, expired as it ends, and its seat booked by others."""
    event = slot.session(world.hosts[0], capacity=1)
    ends, person = timezone.now(), world.staff[0]
    sent = ends - timedelta(hours=48)
    offered = offer(event, person=person, by=world.lead, at=sent)
    accept = Job("accept", {"booking": offered.pk, "at": ends - MOMENT})
    expire = Job("expire", {"event": event.pk, "at": ends})
    others = [
        Job("book", {"event": event.pk, "person": p.pk, "at": ends}) for p in world.staff[1:]
    ]
    turns = [[accept, others[i], others[i], expire][i % 4] for i in range(processes)]
    return Heat(turns)


def promotion(world: World, slot: Slot, processes: int) -> Heat:
    """A seat given up while three wait for it, the job that expires runs, and others try to book."""
    event = slot.session(world.hosts[0], capacity=1)
    holder, *waiters = world.staff[:4]
    now = timezone.now()
    held = book(event, person=holder, by=holder, at=now)
    for i, person in enumerate(waiters):
        wait(event, person=person, by=person, at=now + i * MOMENT)
    cancel, expire = Job("cancel", {"booking": held.pk}), Job("expire", {"event": event.pk})
    others = [Job("book", {"event": event.pk, "person": p.pk}) for p in world.staff[4:]]
    turns = [cancel, expire, *others]
    jobs = [turns[i] if i % 8 > 1 or i < 2 else turns[i % 8] for i in range(processes)]
    return Heat(jobs, first=waiters[0].pk)


Race = Callable[[World, Slot, int], Heat]
RACES: dict[str, tuple[Race, str]] = {
    "last-seat": (last_seat, "the last seat of one session"),
    "one-host": (one_host, "overlapping sessions of one host"),
    "one-person": (one_person, "two overlapping sessions of one person"),
    "ending-offer": (ending_offer, "an offer accepted as it expires"),
    "promotion": (promotion, "one promotion from the waiting list"),
}
