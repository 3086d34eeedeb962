"""Tells leads each month that a report is there: a link, never a figure."""

from datetime import datetime

from supervision.models import Announcement
from supervision.queries.announcements import subscribed_leads
from supervision.queries.months_due import month_end_due
from wellbeing.domain.local_time import local_day
from wellbeing.domain.messages import MessageKind
from wellbeing.domain.roles import Strand
from wellbeing.models import Message, Person
from wellbeing.operations import audit
from wellbeing.operations.locks import lock_people
from wellbeing.operations.outbox import tell_once
from wellbeing.operations.transaction import operation


@operation
def set_announcement(person: Person, strand: Strand | None, *, at: datetime) -> None:
    """What this lead is told of each month; None: nothing. Setting what is set changes nothing."""
    lock_people([person.pk])
    held = Announcement.objects.filter(person=person).first()
    if (held.strand if held else None) == strand:
        return
    if strand is None:
        Announcement.objects.filter(person=person).delete()
    else:
        values = {"strand": strand, "made_at": at}
        Announcement.objects.update_or_create(person=person, defaults=values)
    audit.record("announcement.set", by=person, at=at, about=person.pk, strand=strand or "")


@operation
def write_announcements(*, at: datetime) -> int:
    """One message a lead and month, however often it runs; how many are new.

    Nothing to whoever is no lead today.
    """
    on = local_day(at)
    month_end = month_end_due(on)
    if month_end is None:
        return 0
    return tell_once(
        Message(
            person_id=person,
            kind=MessageKind.REPORT_READY,
            key=f"report:{month_end}:{person}",
            created_at=at,
            due_at=at,
        )
        for person in subscribed_leads(on)
    )
