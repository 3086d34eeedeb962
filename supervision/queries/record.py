"""One person's clock with everything that it is made of, read from the facts."""

from dataclasses import dataclass

from supervision.domain.cover import Clocked
from supervision.domain.spans import CoverSpan, Version
from wellbeing.domain.policy import Policy
from wellbeing.domain.roles import Strand
from wellbeing.models import Person
from wellbeing.queries.policies import policy_of

from .clocks import clocks
from .units import Named, units


@dataclass(frozen=True, slots=True)
class Record:
    """One strand of one person as recorded; `hosts`: names of who held their sessions, if asked."""

    who: Clocked
    policy: Policy
    spans: list[CoverSpan]
    units: dict[int, Named]
    hosts: dict[int, str]


def record(person: int, strand: Strand, *, with_hosts: bool) -> Record:
    """Eleven queries at most, however long the history."""
    (clock,) = clocks([person], strands=[strand], with_called_off=False)
    credits = [credit for _, credit in clock.credits]
    who = Clocked(
        person=person,
        postings=clock.postings,
        absent=clock.absent,
        counted=sorted({credit.held.on for credit in credits if credit.counts}),
        credits=credits,
        offers=(),
    )
    asked = {credit.held.host for credit in credits} if with_hosts else set()
    hosts = Person.objects.filter(pk__in=asked)
    return Record(
        who=who,
        policy=policy_of(strand),
        # Never the forecast: it would tell of what is booked.
        spans=[span for span in clock.spans if span.version != Version.FORECAST],
        units=units(),
        hosts=dict(hosts.values_list("pk", "name")),
    )
