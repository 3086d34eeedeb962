"""When a supervisor would hold the seats that a plan adds on a day: one-to-one, one after another."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from .hours import Hours, OneDay, Slot, Why, World, propose


@dataclass(frozen=True, slots=True)
class Found:
    """The slots of a day, as many as asked or fewer; and why there are no more of them."""

    slots: tuple[Slot, ...]
    why: Why | None


def find_slots(world: World, on: date, seats: int, *, usual: Hours, at: datetime) -> Found:
    """The first free slots of a supervisor's day, within the most hours of it and of the week.

    Within their own hours of that day, if they have said any; otherwise within `usual`,
    whose length and way of holding a session stand in either case.
    """
    own = [_as_usual(one.hours, usual) for one in world.one_day if one.on == on]
    own += [_as_usual(one.hours, usual) for one in world.weekly if one.covers(on)]
    day = [OneDay(on, hours, instead=True) for hours in own or [usual]]
    # Slots that hours made once are free again for whoever asks for this very day.
    found = propose(replace(world, weekly=(), one_day=day, made={}), first=on, last=on, at=at)
    slots = tuple(found.slots[:seats])
    whys = [left.why for left in found.left_out]
    return Found(slots, None if len(slots) == seats else (whys[0] if whys else Why.TAKEN))


def with_slots(world: World, slots: Iterable[Slot]) -> World:
    """The same supervisor once these slots are theirs: in the way, and counted."""
    new = list(slots)
    given = dict(world.given)
    for slot in new:
        given[slot.on] = given.get(slot.on, 0) + slot.hours.minutes
    taken = [*world.taken, *((slot.start_at, slot.end_at) for slot in new)]
    return replace(world, taken=taken, given=given)


def _as_usual(own: Hours, usual: Hours) -> Hours:
    return replace(own, minutes=usual.minutes, mode=usual.mode, place="", series=None)
