"""Runs the races, their two controls and the load, and prints what came of them."""

import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count

from django.core.management import call_command
from django.db import connection, connections
from django.utils import timezone

from wellbeing import guards
from wellbeing.queries.invariants import broken

from .acts import ready
from .crew import Crew
from .defeat import defeated
from .judge import NEVER, errors, judged
from .load import Speed, measured
from .races import RACES
from .world import Slot, World, make_world

Tallies = dict[str, Counter[str]]


def run(*, rounds: int, processes: int, control: int) -> int:
    """The whole bench; 0 where all came out as it must."""
    call_command("migrate", verbosity=0)
    world = make_world(processes)
    days = free_days(timezone.localdate())
    print(f"{connection.vendor}, {processes} processes, {rounds} rounds of {len(RACES)} races")
    with Crew(processes, ready) as crew:
        speeds = measured(crew, world, days)
        sound = races(crew, world, days, rounds)
        sound &= guards_alone(crew, world, days, control)
        sound &= goes_wrong(crew, world, days, control)
    connections.close_all()
    say_speed(speeds)
    return 0 if sound else 1


def free_days(today: date) -> Iterator[date]:
    """A day of its own for every round."""
    return (today + timedelta(days=7 + i) for i in count())


def heats(
    crew: Crew, world: World, days: Iterator[date], rounds: int, *, in_order: bool = True
) -> tuple[Tallies, set[str]]:
    """Every race once a round; what was counted of each race, and errors in words."""
    tallies: Tallies = {name: Counter() for name in RACES}
    words: set[str] = set()
    for done in range(rounds):
        day = next(days)
        for i, (name, (prepare, _)) in enumerate(RACES.items()):
            slot = Slot(day, 9 + 2 * i)
            heat = prepare(world, slot, crew.size)
            heat = heat if in_order else defeated(heat)
            outcomes = crew.race(heat.jobs)
            tallies[name] += judged(heat, slot, outcomes)
            words |= errors(outcomes)
        if sys.stderr.isatty():
            print(f"\r{done + 1} of {rounds} rounds", end="\r", file=sys.stderr)
    return tallies, words


def races(crew: Crew, world: World, days: Iterator[date], rounds: int) -> bool:
    """The races as the service runs them."""
    began = time.perf_counter()
    tallies, words = heats(crew, world, days, rounds)
    print(f"\n{'race':42}{'calls':>8}{'won':>8}" + "".join(f"{n:>15}" for n in NEVER))
    for name, (_, title) in RACES.items():
        tally = tallies[name]
        cells = f"{tally['calls']:>8}{tally['won']:>8}"
        print(f"{title:42}{cells}" + "".join(f"{tally[n]:>15}" for n in NEVER))
    whole = sum(tallies.values(), Counter())
    seconds = time.perf_counter() - began
    print(f"{whole['calls']} calls in {seconds:.0f} s. " + said(whole, NEVER))
    for word in sorted(words)[:10]:
        print(f"unexpected: {word}")
    lines = list(broken(timezone.now()))
    print(f"audit_invariants: {len(lines)} broken")
    for line in lines[:10]:
        print(line)
    return not lines and not any(whole[n] for n in NEVER)


def guards_alone(crew: Crew, world: World, days: Iterator[date], rounds: int) -> bool:
    """Nothing locked and nothing looked at twice: the database refuses what must not be."""
    tallies, _ = heats(crew, world, days, rounds, in_order=False)
    whole = sum(tallies.values(), Counter())
    print(f"\norder defeated, guards in place: {said(whole, ('oversold', 'double-booked'))}")
    return not (whole["oversold"] or whole["double-booked"])


def goes_wrong(crew: Crew, world: World, days: Iterator[date], rounds: int) -> bool:
    """The control: without the guards too, every race must be lost."""
    guards.remove(connection)
    tallies, _ = heats(crew, world, days, rounds, in_order=False)
    print("control, order defeated and guards removed:")
    proven = True
    for name, (_, title) in RACES.items():
        tally = tallies[name]
        wrong = bool(tally["oversold"] or tally["double-booked"])
        proven &= wrong
        verdict = (
            "goes wrong, as it must" if wrong else "DOES NOT GO WRONG: this proves nothing"
        )
        print(f"{title:42}{said(tally, ('oversold', 'double-booked'))}: {verdict}")
    found = {line.partition(":")[0] for line in broken(timezone.now())}
    print(f"audit_invariants finds: {', '.join(sorted(found))}")
    return proven and "oversold" in found


def said(tally: Counter[str], names: tuple[str, ...]) -> str:
    return ", ".join(f"{name} {tally[name]}" for name in names)


def say_speed(speeds: dict[str, Speed]) -> None:
    """Both ways, and the one as a ratio to the other."""
    booked, inserted = speeds["book all"], speeds["insert all"]
    print(f"\n{'load':42}{'number':>8}{'a second':>10}{'p95 ms':>10}")
    for title, speed in (("bookings", booked), ("the same rows by plain inserts", inserted)):
        print(f"{title:42}{speed.number:>8}{speed.per_second:>10.1f}{speed.p95 * 1000:>10.1f}")
    rate, slower = booked.per_second / inserted.per_second, booked.p95 / inserted.p95
    print(f"{'bookings, as a ratio to plain inserts':42}{'':8}{rate:>10.2f}{slower:>10.2f}")
