"""Matching of people and seats the obvious way: one augmenting path at a time, seat by seat."""

from collections.abc import Collection, Mapping

Seat = tuple[int, int]


def seats_of(events: Collection[int], free: Mapping[int, int]) -> list[Seat]:
    """Every single seat of these events."""
    return [(event, number) for event in sorted(events) for number in range(free[event])]


def matching(reach: Mapping[int, Collection[int]], free: Mapping[int, int]) -> dict[Seat, int]:
    """Who sits where; as many as can."""
    taken: dict[Seat, int] = {}

    def place(person: int, tried: set[Seat]) -> bool:
        for seat in seats_of(reach[person], free):
            if seat in tried:
                continue
            tried.add(seat)
            if seat not in taken or place(taken[seat], tried):
                taken[seat] = person
                return True
        return False

    for person in sorted(reach):
        place(person, set())
    return taken


def stuck(reach: Mapping[int, Collection[int]], free: Mapping[int, int]) -> list[set[int]]:
    """Whoever is left in some maximum matching, by who shares a seat with whom.

    Somebody can be left where the others alone are placed in as many seats as all are.
    """
    most = len(matching(reach, free))
    left = {
        person
        for person in reach
        if len(matching({p: e for p, e in reach.items() if p != person}, free)) == most
    }
    parts: list[set[int]] = []
    for person in sorted(left):
        near = [part for part in parts if any(set(reach[person]) & set(reach[p]) for p in part)]
        parts = [part for part in parts if part not in near]
        parts.append({person}.union(*near))
    return parts
