"""Every field says how sensitive it is and how long it is kept; closed rows stay out of sight."""

from datetime import date

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction

from tests import factories as make
from tests.actions import make_action
from tests.conftest import NOW, Cast
from wellbeing.domain.privacy import Kept, Sensitivity
from wellbeing.guards.guard import fact_models
from wellbeing.operations.facts import close

OURS = [m for m in apps.get_models() if m._meta.app_label in ("wellbeing", "supervision")]


def undeclared(model: type[models.Model]) -> list[str]:
    declared = getattr(model, "Privacy", None)
    return [
        f.name
        for f in model._meta.concrete_fields
        if f.name != "id"
        and not (
            isinstance(getattr(declared, f.name, None), tuple)
            and isinstance(getattr(declared, f.name)[0], Sensitivity)
            and isinstance(getattr(declared, f.name)[1], Kept)
        )
    ]


@pytest.mark.parametrize("model", OURS, ids=lambda m: m.__name__)
def test_every_field_is_classified(model: type[models.Model]) -> None:
    assert undeclared(model) == []


def test_planted_unclassified_field_is_caught() -> None:
    session = apps.get_model("sessions", "Session")
    assert undeclared(session) == ["session_key", "session_data", "expire_date"]


def test_closed_rows_of_every_fact_are_out_of_sight(cast: Cast) -> None:
    make.make_absence(cast.prosecutor, date(2026, 1, 1), None)
    held = make.make_held(cast.prosecutor, cast.supervisor, date(2026, 4, 1))
    make.make_event_day(held.event, date(2026, 4, 1))
    make.make_court_days(cast.manager, date(2026, 6, 1))
    make.make_establishment(cast.unit, 2, date(2026, 3, 31))
    make_action(cast.unit, cast.manager)
    for fact in fact_models():
        row = fact.objects.first()
        assert row is not None, fact
        current = fact.objects.count()
        close(row, by=cast.lead, at=NOW)
        assert fact.objects.count() == current - 1
        assert not fact.objects.filter(pk=row.pk).exists()
        assert fact.as_recorded.filter(pk=row.pk).exists()


def test_no_fact_is_closed_by_nobody_or_at_no_time(cast: Cast) -> None:
    make.make_absence(cast.prosecutor, date(2026, 1, 1), None)
    held = make.make_held(cast.prosecutor, cast.supervisor, date(2026, 4, 1))
    make.make_event_day(held.event, date(2026, 4, 1))
    make.make_court_days(cast.manager, date(2026, 6, 1))
    make.make_establishment(cast.unit, 2, date(2026, 3, 31))
    make_action(cast.unit, cast.manager)
    for fact in fact_models():
        row = fact.objects.filter(pk=fact.objects.first().pk)
        for half in ({"superseded_at": NOW}, {"superseded_by": cast.lead}):
            with pytest.raises(IntegrityError), transaction.atomic():
                row.update(**half)
