"""Tells leads each month that a report is there: a link, never a figure."""

from datetime import date, datetime, timedelta

from django.conf import settings

from supervision.models import Announcement
from supervision.queries.announcements import subscribed_leads
from wellbeing.domain.local_time import local_day
from wellbeing.domain.messages import MessageKind
from wellbeing.domain.roles import Strand
from wellbeing.domain.working_days import working_days_after
from wellbeing.models import Message, Person
from wellbeing.operations import audit
from wellbeing.operations.locks import lock_people
from wellbeing.operations.outbox import tell_once
from wellbeing.operations.transaction import operation
from wellbeing.queries.bank_holidays import bank_holidays

ONE_DAY = timedelta(days=1)


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


def month_to_announce(at: datetime) -> date | None:
    """The month-end before, from the third working day of a month on (RELEASE_WORKING_DAY)."""
    today = local_day(at)
    month_end = today.replace(day=1) - ONE_DAY
    first = working_days_after(month_end, settings.RELEASE_WORKING_DAY, bank_holidays())
    return month_end if today >= first else None


@operation
def write_announcements(*, at: datetime) -> int:
    """One message a lead and month, however often it runs; how many are new.

    Nothing to whoever is no lead today.
    """
    month_end = month_to_announce(at)
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
        for person in subscribed_leads(local_day(at))
    )
