"""90, 30 and 7 days before a registration or indemnity ends: who is written to, and once."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail

from supervision import tasks
from supervision.operations.registration_warnings import write_registration_warnings
from tests import factories as make
from tests.conftest import NOW, TODAY, Cast
from wellbeing.domain.messages import MessageKind
from wellbeing.domain.roles import Role
from wellbeing.models import Message, Person
from wellbeing.operations.delivery import deliver
from wellbeing.tasks.letters import send

DAY = timedelta(days=1)
K = MessageKind


def on(days: int) -> date:
    return TODAY + days * DAY


def told(days: int = 0) -> list[tuple[str, str]]:
    """(to whom, what) written by now; the clock is so many days on."""
    write_registration_warnings(at=NOW + days * DAY)
    rows = Message.objects.order_by("pk").values_list("person__name", "kind")
    return list(rows)


def ending(name: str, days: int, **more: Any) -> Person:
    return make.make_supervisor(name, end_on=on(days), **more)


# days until the end -> is anybody written to
WHEN = [(91, False), (90, True), (31, True), (7, True), (0, True), (-1, False)]


@pytest.mark.parametrize(("days", "is_told"), WHEN)
def test_from_ninety_days_before_the_end(cast: Cast, days: int, is_told: bool) -> None:
    ending("Dr Ends", days)
    assert bool(told()) == is_told


def test_the_supervisor_and_leads_of_their_areas(cast: Cast) -> None:
    far = make.make_person("Far Lead")
    make.make_grant(far, Role.AREA_LEAD, cast.elsewhere.area)
    past = make.make_grant(make.make_person("Past Lead"), Role.LEAD)
    past.superseded_at, past.superseded_by = NOW, cast.lead
    past.save()
    ending("Dr West", 20, areas=(cast.area,))
    assert set(told()) == {
        ("Dr West", K.REGISTRATION_ENDS),
        ("Gwen Area Lead", K.SUPERVISOR_ENDS),
        ("Nadia Lead", K.SUPERVISOR_ENDS),
    }
    make.make_supervisor("Dr Everywhere", indemnity_to=on(3))
    assert ("Far Lead", K.SUPERVISOR_ENDS) in told()


def test_each_warning_is_written_once(cast: Cast) -> None:
    ending("Dr Ends", 90, areas=(cast.elsewhere.area,))
    counts = [len(told(days)) for days in (0, 0, 30, 59, 60, 61, 83, 84, 90, 91)]
    assert counts == [2, 2, 2, 2, 4, 4, 6, 6, 6, 6]


def test_one_that_was_missed_is_caught_up_by_the_nearest(cast: Cast) -> None:
    ending("Dr Ends", 90, areas=(cast.elsewhere.area,))
    assert len(told(85)) == 2


def test_renewed_is_nobodys_news(cast: Cast) -> None:
    host = ending("Dr Renewed", 20)
    make.Registration.objects.create(
        person=host, register="BACP", number="B2", start_on=on(21), **make.recorded()
    )
    assert told() == []


def test_a_lead_who_is_the_supervisor_is_told_once(cast: Cast) -> None:
    make.make_supervisor("", person=cast.area_lead, end_on=on(5))
    assert told() == [
        ("Gwen Area Lead", K.REGISTRATION_ENDS), ("Nadia Lead", K.SUPERVISOR_ENDS),
    ]  # fmt: skip


def test_nobody_and_nothing_is_named(cast: Cast) -> None:
    ending("Dr Canary Ends", 20)
    told()
    deliver(send, lambda: NOW)
    assert len(mail.outbox) == 3
    for letter in mail.outbox:
        said = str(letter.message()) + str(letter.body)
        for word in ("Canary", "BACP", "supervis", "clinical", "1 June", "2026-06-01"):
            assert word not in said.replace("rasso-wellbeing", ""), word
    links = {m.to[0]: str(m.body) for m in mail.outbox}
    assert "/registrations/" in links[cast.lead.email]


def test_nobody_is_written_to_before_eight(cast: Cast, clock: Any) -> None:
    ending("Dr Ends", 20)
    clock(NOW.replace(hour=7, minute=59))
    tasks.warn_of_endings()
    assert Message.objects.count() == 0
    clock(NOW.replace(hour=8, minute=0))
    tasks.warn_of_endings()
    assert Message.objects.count() == 3


@pytest.mark.parametrize("size", [1, 3])
def test_takes_the_same_queries_for_any_number(
    cast: Cast, django_assert_num_queries: Any, size: int
) -> None:
    for i in range(size):
        ending(f"Dr {i}", 20 + i)
    with django_assert_num_queries(8):
        write_registration_warnings(at=NOW)
    assert Message.objects.count() == 3 * size
