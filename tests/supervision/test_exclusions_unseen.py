"""What an exclusion leaves behind for others to see: nothing, on any page, in any file or row."""

import logging
from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

import pytest
from django.apps import apps

from supervision.models import Exclusion
from tests import factories as make
from tests.access import LETTERS, OPEN, addresses, url
from tests.agreements import make_exclusion
from tests.conftest import TODAY, Cast, Visitor
from tests.pages import page_of
from tests.world import make_world
from wellbeing.domain.booking import BookingStatus
from wellbeing.models import AuditRow, Booking, FormToken, Message, Person

As = Callable[[Person], Visitor]
SOON = TODAY + timedelta(days=3)
# A lead's list of places leaves out what cannot be booked, whatever the reason; a secret is new
# each time it is shown.
VARY = {"person_places", "calendar_address_make"}


def test_the_record_says_that_a_choice_was_made_and_never_about_whom(
    cast: Cast, as_: As, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    me = as_(cast.prosecutor)
    me.post("exclusion_add", supervisor=cast.supervisor.pk)
    row = Exclusion.objects.get()
    me.post("exclusion_take_back", row.public_id)
    assert list(AuditRow.objects.values_list("verb", "about", "details")) == [
        ("supervision.choices", cast.prosecutor.pk, {}),
        ("supervision.choices", cast.prosecutor.pk, {}),
    ]
    assert Message.objects.count() == 0
    assert cast.supervisor.name not in str(list(FormToken.objects.values()))
    ours = [r.getMessage() for r in caplog.records if not r.name.startswith("django.db")]
    for canary in (cast.supervisor.name, cast.supervisor.email, "Exclusion"):
        assert not any(canary in line for line in ours)


def everything_others_open(cast: Cast, as_: As, world: Any) -> dict[str, str]:
    """Every page and file that anybody but the prosecutor can open, as each of them."""
    seen: dict[str, str] = {}
    for letter, member in LETTERS.items():
        if letter == "P":
            continue
        client = as_(getattr(cast, member)).client
        for name, args, who in addresses(cast, world):
            if (who != OPEN and letter not in who) or name in VARY:
                continue
            answer = client.get(url(name, args))
            if answer.status_code == 200:
                seen[f"{member} {name} {args}"] = page_of(answer)
    return seen


def test_nobody_else_s_pages_and_files_change_by_a_byte(cast: Cast, as_: As) -> None:
    world = make_world(cast)
    make.make_event(cast.supervisor, SOON, areas=(cast.area,))
    host = make.make_supervisor("Dr Canary")
    make.make_event(host, SOON, time(9), areas=(cast.area,))
    mine = as_(cast.prosecutor)
    own, before = page_of(mine.get("exclusion_add")), everything_others_open(cast, as_, world)
    assert len(before) > 80
    make_exclusion(cast.prosecutor, host)
    assert page_of(mine.get("exclusion_add")) != own
    after = everything_others_open(cast, as_, world)
    assert {k for k in before if before[k] != after[k]} == set()


def test_no_other_row_of_the_database_changes(cast: Cast, as_: As) -> None:
    """Of all models only the exclusion and one line of the audit trail that names nobody."""

    def counted() -> dict[str, int]:
        ours = [
            m for m in apps.get_models() if m._meta.app_label in {"wellbeing", "supervision"}
        ]
        return {m.__name__: m._base_manager.count() for m in ours}

    make.make_booking(make.make_event(cast.supervisor, SOON), cast.prosecutor)
    before = counted()
    as_(cast.prosecutor).post("exclusion_add", supervisor=cast.supervisor.pk)
    after = counted()
    assert {k: after[k] - before[k] for k in after if after[k] != before[k]} == {
        "Exclusion": 1, "AuditRow": 1,
    }  # fmt: skip
    assert Booking.objects.get().status == BookingStatus.BOOKED
