"""Auditors' samples: whom one may be drawn from, one's own samples, who is in one, who looked."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db.models import Count, QuerySet, Sum

from supervision.domain.cover import Standing
from supervision.domain.sampling import Candidate, pseudonym
from supervision.models import Sample, SampleMember
from wellbeing.domain.local_time import local_day
from wellbeing.domain.roles import Strand
from wellbeing.models import AuditRow, Person

from .standings import standings_on

# What an auditor's reading is called in the audit trail.
OPENED, TRACED, TAKEN = "sample.open", "sample.trace", "sample.download"
LOOKS = (OPENED, TRACED, TAKEN)
# What is written down of a question that was for too many.
REFUSED = "sample.refuse"


@dataclass(frozen=True, slots=True)
class Frame:
    """Everybody in scope on a day, as known now."""

    candidates: list[Candidate]

    @property
    def standings(self) -> list[Standing]:
        return [one.standing for one in self.candidates]


def frame(strand: Strand, on: date) -> Frame:
    """Whom a sample of the strand and day is drawn from; five queries.

    Whoever is in scope is staff; without a staff number the public id stands for it.
    """
    standings = standings_on(on, strand, None)
    rows = Person.objects.values_list("pk", "staff_number", "public_id")
    return Frame(
        [
            Candidate(number or str(public_id), standings[pk])
            for pk, number, public_id in rows.iterator(chunk_size=2000)
            if pk in standings
        ]
    )


def sample_key() -> bytes:
    """The key of draws and pseudonyms; empty where none is set."""
    return str(settings.SAMPLE_KEY).encode()


def own_samples(auditor: int) -> QuerySet[Sample]:
    """Those that this auditor drew, the latest first."""
    return Sample.objects.filter(made_by=auditor).order_by("-made_at", "-pk")


def own_sample(auditor: int, public_id: UUID) -> Sample | None:
    """One of this auditor's own; another auditor's is not there."""
    return own_samples(auditor).filter(public_id=public_id).first()


@dataclass(frozen=True, slots=True)
class Spent:
    """What one auditor asked of a strand and day: samples drawn or refused, people drawn."""

    samples: int
    people: int


def spent(auditor: int, strand: Strand, on: date) -> Spent:
    """Refusals count as samples: each says something of how many are in scope. Two queries."""
    mine = Sample.objects.filter(made_by=auditor, strand=strand, on=on)
    drawn = mine.aggregate(samples=Count("pk"), people=Sum("size"))
    refusals = AuditRow.objects.filter(
        by=auditor, verb=REFUSED, details__strand=strand.value, details__on=on.isoformat()
    )
    return Spent(drawn["samples"] + refusals.count(), drawn["people"] or 0)


@dataclass(frozen=True, slots=True)
class Row:
    """Somebody who was drawn, under their pseudonym in this sample."""

    pseudonym: str
    member: SampleMember


def rows(sample: Sample) -> list[Row]:
    """By pseudonym, which has nothing to do with any other order; one query."""
    key = sample_key()
    members = SampleMember.objects.filter(sample=sample).select_related("area")
    found = [Row(pseudonym(key, sample.public_id, "P", m.person_id), m) for m in members]
    return sorted(found, key=lambda row: row.pseudonym)


def row_of(sample: Sample, name: str) -> Row | None:
    """The row of a pseudonym; None where nobody in the sample has it."""
    return next((row for row in rows(sample) if row.pseudonym == name), None)


def days_looked_at(person: int) -> list[date]:
    """Days on which an auditor looked at a sample that holds this person, the latest first.

    At any of its rows: the same days for everybody in the sample, so that none of them says
    which row is whose (docs/decisions, 20). Two queries.
    """
    mine = Sample.objects.filter(members__person=person)
    samples = {str(public_id): at for public_id, at in mine.values_list("public_id", "made_at")}
    if not samples:
        return []
    looks = AuditRow.objects.filter(
        at__gte=min(samples.values()), verb__in=LOOKS, details__sample__in=list(samples)
    )
    return sorted({local_day(at) for at in looks.values_list("at", flat=True)}, reverse=True)
