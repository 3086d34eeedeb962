"""The people who race and the sessions they race for."""

from dataclasses import dataclass
from datetime import date, datetime, time

from tests import factories as make
from wellbeing.domain.local_time import span
from wellbeing.domain.roles import EventKind, Mode, Role, Strand
from wellbeing.models import Event, Person
from wellbeing.operations.events import Details

# Beside one person a process: who holds a seat, and who waits for it.
MORE_PEOPLE = 4


@dataclass(frozen=True)
class World:
    """Staff of one unit, two supervisors, and a lead; primary keys travel to the processes."""

    staff: list[Person]
    hosts: list[Person]
    lead: Person


def make_world(processes: int) -> World:
    """A person a process and a few more, in the database that is there."""
    unit = make.make_unit()
    make.make_policy(Strand.SUPERVISION)
    lead = make.make_person("Lead")
    make.make_grant(lead, Role.LEAD)
    number = processes + MORE_PEOPLE
    return World(
        staff=[make.make_staff(f"Racer {i}", unit) for i in range(number)],
        hosts=[make.make_supervisor(f"Dr {i}") for i in range(2)],
        lead=lead,
    )


@dataclass(frozen=True, slots=True)
class Slot:
    """Two hours of a day that one heat has for itself."""

    on: date
    hour: int

    def session(self, host: Person, *, capacity: int, minute: int = 0) -> Event:
        """A published session within the slot."""
        return make.make_event(host, self.on, time(self.hour, minute), capacity=capacity)

    @property
    def instants(self) -> tuple[datetime, datetime]:
        return span(self.on, time(self.hour), 120)


def an_hour(on: date, hour: int, minute: int) -> Details:
    """A one-to-one by video, to be published."""
    return Details(EventKind.SUPERVISION, on, time(hour, minute), 60, 1, Mode.VIDEO)
