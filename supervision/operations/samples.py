"""An auditor draws a sample, and each look at one is written down."""

from datetime import datetime

from django.conf import settings

from supervision.domain.cover import Standing, Status
from supervision.domain.sampling import ONE_OF, Question, Shown, drawn, shown
from supervision.models import Sample, SampleMember
from supervision.queries.samples import frame, sample_key
from wellbeing.domain.refusals import Refused
from wellbeing.models import Person
from wellbeing.operations import audit
from wellbeing.operations.locks import lock_people
from wellbeing.operations.transaction import operation


@operation
def draw_sample(asked: Question, *, by: Person, at: datetime) -> Sample:
    """The sample of this question, drawn of what is known now; drawn before, that one.

    Refused: more than half of those in scope, more samples of a strand and day than one
    auditor draws, or without a key.
    """
    key = sample_key()
    if not key:
        raise Refused(
            "No sample can be drawn yet: whoever runs the service must set SAMPLE_KEY first."
        )
    lock_people([by.pk])
    mine = Sample.objects.filter(made_by=by, strand=asked.strand, on=asked.on)
    same = mine.filter(size=asked.size, seed=asked.seed).first()
    if same:
        return same
    _check_number(mine.count())
    people = frame(asked.strand, asked.on)
    if len(people.candidates) < asked.size * ONE_OF:
        raise Refused(
            "A sample holds half of the people in scope on that day at most. Ask for fewer people, or another day",
            field="size",
        )
    sample = _sample(asked, by=by, at=at)
    told = shown(people.standings)
    members = drawn(people.candidates, asked, key)
    SampleMember.objects.bulk_create(_member(sample, one.standing, told) for one in members)
    audit.record(
        "sample.draw",
        by=by,
        at=at,
        sample=str(sample.public_id),
        strand=asked.strand.value,
        on=asked.on.isoformat(),
        size=asked.size,
        seed=asked.seed,
    )
    return sample


def _check_number(drawn_before: int) -> None:
    if drawn_before >= settings.SAMPLES_OF_A_DAY:
        raise Refused(
            f"You have drawn {drawn_before} samples of this day already. Use one of those, or choose another day.",
            field="seed",
        )


def _sample(asked: Question, *, by: Person, at: datetime) -> Sample:
    return Sample.objects.create(
        strand=asked.strand,
        on=asked.on,
        size=asked.size,
        seed=asked.seed,
        made_at=at,
        made_by=by,
    )


def _member(sample: Sample, one: Standing, told: Shown) -> SampleMember:
    return SampleMember(
        sample=sample,
        person_id=one.person,
        job_role=told.role(one) or "",
        area_id=told.area(one),
        status=one.status,
        never_seen=one.never_seen,
        last_counted_on=one.last_counted_on,
        # It would say when somebody comes back.
        due_on=None if one.status == Status.ABSENT else one.due_on,
        elapsed_days=one.elapsed_days,
        limit_days=one.limit_days,
    )


@operation
def look(sample: Sample, verb: str, *, by: Person, at: datetime, row: str = "") -> None:
    """Writes down that a sample, or one `row` of it by its pseudonym, was looked at.

    Never about whom: whoever reads the trail would else join the rows of two samples.
    """
    audit.record(verb, by=by, at=at, sample=str(sample.public_id), row=row)
