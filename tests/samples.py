"""Auditors' samples for tests, by plain functions."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from supervision.domain.cover import Status
from supervision.domain.sampling import pseudonym
from supervision.models import Sample, SampleMember
from supervision.queries.samples import sample_key
from tests import factories as make
from tests.conftest import NOW, Cast, Visitor
from wellbeing.domain.local_time import LONDON
from wellbeing.domain.roles import Strand
from wellbeing.models import Person

As = Callable[[Person], Visitor]
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


def before(days: int) -> date:
    return MONTH_END - timedelta(days=days)


def at(days: int, hour: int = 9) -> datetime:
    """So many days before the month-end; negative: after it."""
    return datetime.combine(before(days), time(hour), LONDON)


def traced(cast: Cast, as_: As, person: Person, strand: Strand = Strand.SUPERVISION) -> Any:
    make.build_cover()
    sample = make_sample(cast.auditor, person, strand=strand, seed=person.pk)
    page = as_(cast.auditor).get("sample_trace", sample.public_id, pseudonym_in(sample, person))
    assert page.status_code == 200
    return page


def steps(page: Any) -> dict[str, str]:
    return {step.name: step.words for step in page.context["steps"]}


def facts(block: Any) -> dict[str, str]:
    return {fact.name: fact.words for fact in block.facts}


def without_host(words: str) -> str:
    return re.sub(r"\bH[A-Z2-7]{8}\b", "HOST", words)


def make_drawable(cast: Cast) -> list[Person]:
    """Twenty-five prosecutors, five or more in date, due soon, overdue, away; never seen with the cast."""
    people = [make.make_staff(f"Canary{n:02} Surname{n:02}", cast.unit) for n in range(25)]
    for n, person in enumerate(people[:23]):
        ago = (5, 30, 50, 9)[n % 4]
        host = make.make_supervisor(f"Dr Hostcanary{n:02}")
        make.make_held(person, host, before(ago))
        if n % 4 == 3:
            make.make_absence(person, before(3), MONTH_END + timedelta(days=40))
    make.build_cover()
    return people
