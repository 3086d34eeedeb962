"""Auditors' samples for tests, by plain functions."""

from datetime import date

from supervision.domain.cover import Status
from supervision.domain.sampling import pseudonym
from supervision.models import Sample, SampleMember
from supervision.queries.samples import sample_key
from tests.conftest import NOW
from wellbeing.domain.roles import Strand
from wellbeing.models import Person

MONTH_END = date(2026, 4, 30)


def make_sample(
    auditor: Person,
    *people: Person,
    strand: Strand = Strand.SUPERVISION,
    on: date = MONTH_END,
    seed: int = 1,
) -> Sample:
    """These people as never seen and overdue, whatever the facts say."""
    sample = Sample.objects.create(
        strand=strand, on=on, size=len(people), seed=seed, made_at=NOW, made_by=auditor
    )
    SampleMember.objects.bulk_create(
        SampleMember(
            sample=sample,
            person=person,
            status=Status.OVERDUE,
            never_seen=True,
            elapsed_days=30,
            limit_days=28,
        )
        for person in people
    )
    return sample


def pseudonym_in(sample: Sample, person: Person) -> str:
    """What the auditor reads instead of the name."""
    return pseudonym(sample_key(), sample.public_id, "P", person.pk)
