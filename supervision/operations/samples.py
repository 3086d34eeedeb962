"""An auditor draws a sample; each look at one, and each question for too many, is written down."""

from datetime import datetime
from typing import Any

from django.conf import settings

from supervision.domain.cover import Standing, Status
from supervision.domain.sampling import Question, Shown, drawn, most, shown
from supervision.models import Sample, SampleMember
from supervision.queries.samples import REFUSED, Spent, frame, sample_key, spent
from wellbeing.domain.refusals import Refused
from wellbeing.models import Person
from wellbeing.operations import audit
from wellbeing.operations.locks import lock_people
from wellbeing.operations.transaction import operation

# The code of the refusal that tells something of how many are in scope.
TOO_MANY = "sample_too_many"


@operation
def draw_sample(asked: Question, *, by: Person, at: datetime) -> Sample:
    """The sample of this question, drawn of what is known now; drawn before, that one.

    Refused: more people with those drawn before than `most` of those in scope, more samples
    of a strand and day than one auditor draws, or without a key. Of the first, what
    `keep_refusal` returns is told, and nothing else.
    """
    key = sample_key()
    if not key:
        raise Refused(
            "No sample can be drawn yet: whoever runs the service must set SAMPLE_KEY first."
        )
    lock_people([by.pk])
    same = Sample.objects.filter(
        made_by=by, strand=asked.strand, on=asked.on, size=asked.size, seed=asked.seed
    ).first()
    if same:
        return same
    before = spent(by.pk, asked.strand, asked.on)
    if before.samples >= settings.SAMPLES_OF_A_DAY:
        raise _no_more(before)
    people = frame(asked.strand, asked.on)
    if before.people + asked.size > most(len(people.candidates)):
        raise _too_many()
    sample = _sample(asked, by=by, at=at)
    told = shown(people.standings)
    members = drawn(people.candidates, asked, key)
    SampleMember.objects.bulk_create(_member(sample, one.standing, told) for one in members)
    audit.record(
        "sample.draw",
        by=by,
        at=at,
        sample=str(sample.public_id),
        **_details(asked),
    )
    return sample


@operation
def keep_refusal(asked: Question, refused: Refused, *, by: Person, at: datetime) -> Refused:
    """Writes down that a question was for too many; returns what is told, to be shown only then.

    After `draw_sample` and outside its transaction, which is gone with the refusal. Counted
    again under the lock: of questions sent at once no more are answered than of others.
    """
    if refused.code != TOO_MANY:
        return refused
    lock_people([by.pk])
    before = spent(by.pk, asked.strand, asked.on)
    if before.samples >= settings.SAMPLES_OF_A_DAY:
        return _no_more(before)
    audit.record(REFUSED, by=by, at=at, **_details(asked))
    return refused


def _details(asked: Question) -> dict[str, Any]:
    return {
        "strand": asked.strand.value,
        "on": asked.on.isoformat(),
        "size": asked.size,
        "seed": asked.seed,
    }


def _no_more(before: Spent) -> Refused:
    return Refused(
        f"You have asked for {before.samples} samples of this day already, with those that were refused. Use one that was drawn, or choose another day.",
        field="seed",
    )


def _too_many() -> Refused:
    """Never how many are in scope, nor how many would do."""
    return Refused(
        "These are too many people of that day, with those whom you have drawn of it already. This is written down and counts as a sample. Ask for fewer people, or choose another day.",
        code=TOO_MANY,
        field="size",
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
