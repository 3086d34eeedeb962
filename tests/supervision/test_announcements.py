"""Leads told each month that a report is there: once, by a link, without a figure or a name."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.core import mail

from supervision.models import Announcement
from supervision.operations.announcements import set_announcement, write_announcements
from tests import factories as make
from tests.conftest import NOW, TODAY, Cast, Visitor
from wellbeing.domain.local_time import LONDON
from wellbeing.domain.messages import MessageKind
from wellbeing.domain.roles import Strand
from wellbeing.models import AuditRow, Message, Person, RoleGrant
from wellbeing.tasks.letters import send

As = Callable[[Person], Visitor]
# 1 May 2026 is a Friday, 4 May a bank holiday: the third working day is Wednesday 6 May.
TOO_SOON = datetime(2026, 5, 5, 12, tzinfo=LONDON)
THIRD = datetime(2026, 5, 6, 12, tzinfo=LONDON)


def told() -> list[str]:
    rows = Message.objects.filter(kind=MessageKind.REPORT_READY).order_by("pk")
    return list(rows.values_list("person__name", flat=True))


def test_on_the_third_working_day_once_and_each_month(cast: Cast) -> None:
    set_announcement(cast.lead, Strand.SUPERVISION, at=TOO_SOON)
    assert write_announcements(at=TOO_SOON) == 0
    assert write_announcements(at=THIRD) == 1
    assert write_announcements(at=THIRD + timedelta(hours=1)) == 0
    # A day that was missed is made up for; the next month has a message of its own.
    assert write_announcements(at=THIRD + timedelta(days=20)) == 0
    assert write_announcements(at=datetime(2026, 6, 24, 12, tzinfo=LONDON)) == 1
    assert told() == [cast.lead.name] * 2


def test_nobody_who_did_not_ask_and_nobody_who_leads_no_more(cast: Cast) -> None:
    for who in (cast.lead, cast.area_lead):
        set_announcement(who, Strand.CHECK_IN, at=TOO_SOON)
    grants = RoleGrant.as_recorded.filter(person=cast.lead)
    grants.update(superseded_at=TOO_SOON, superseded_by=cast.admin)
    assert write_announcements(at=THIRD) == 1
    assert told() == [cast.area_lead.name]
    set_announcement(cast.area_lead, None, at=THIRD)
    assert write_announcements(at=datetime(2026, 6, 24, 12, tzinfo=LONDON)) == 0


def test_the_mail_has_a_link_and_neither_figure_nor_name(cast: Cast) -> None:
    for i in range(7):
        person = make.make_staff(f"Canary {i}", cast.unit)
        make.make_held(person, cast.supervisor, TODAY - timedelta(days=9 + i), time(9))
    set_announcement(cast.lead, Strand.SUPERVISION, at=TOO_SOON)
    write_announcements(at=THIRD)
    assert send(Message.objects.get(), THIRD)
    letter: Any = mail.outbox[0]
    text = f"{letter.subject}\n{letter.body}"
    assert "/coverage/last-month/" in text
    for told_nothing in ("Canary", "%", "West", "Dr ", " 7", " 10"):
        assert told_nothing not in text.replace(cast.lead.name, "")


def test_the_link_leads_to_the_last_month_end(cast: Cast, as_: As) -> None:
    lead = as_(cast.lead)
    set_announcement(cast.lead, Strand.TRAINING, at=NOW)
    answer = lead.get("last_month")
    assert answer["Location"] == "/coverage/?on=2026-04-30&strand=training"


@pytest.mark.parametrize("who", ["lead", "area_lead"])
def test_a_lead_turns_it_on_and_off(cast: Cast, as_: As, who: str) -> None:
    person = getattr(cast, who)
    visitor = as_(person)
    assert "Be told each month" in visitor.get("announced").content.decode()
    visitor.post("announced", strand="supervision")
    visitor.post("announced", strand="supervision")
    assert Announcement.objects.get().strand == "supervision"
    visitor.post("announced", strand="")
    assert not Announcement.objects.exists()
    assert AuditRow.objects.filter(verb="announcement.set", by=person).count() == 2


def test_something_else_is_no_choice(cast: Cast, as_: As) -> None:
    answer = as_(cast.lead).post("announced", strand="rounds")
    assert "strand" in answer.context["form"].errors
