"""What is never overwritten: a row that is recorded, and closed when a better one is known."""

from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models

from wellbeing.domain.privacy import INTERNAL, WITH_ROW


class FactQuerySet(models.QuerySet[Any]):
    """Adds the one question of time: what was known at an instant."""

    def current(self) -> Self:
        """Rows nobody has corrected or taken back."""
        return self.filter(superseded_at__isnull=True)

    def known_at(self, at: datetime) -> Self:
        """Rows recorded by `at` and not yet closed then."""
        return self.filter(recorded_at__lte=at).exclude(superseded_at__lte=at)


class CurrentManager(models.Manager[Any]):
    """The default: closed rows are out of sight of pages, forms and dumps."""

    def get_queryset(self) -> FactQuerySet:
        return FactQuerySet(self.model, using=self._db).current()


class AppendOnly(models.Model):
    """A row that stays as it was written: the database refuses every change (wellbeing/guards)."""

    class Meta:
        abstract = True


class Fact(models.Model):
    """A dated fact. `objects` gives current rows, `as_recorded` all.

    A manager does not filter joins, so every foreign key of a fact says
    `related_name="+"`: queries start from the fact. The database refuses every
    change to a row but its closing (wellbeing/guards.py).
    """

    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    superseded_at = models.DateTimeField(null=True)
    superseded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        null=True,
    )

    objects = CurrentManager()
    as_recorded = FactQuerySet.as_manager()

    class Meta:
        abstract = True

    class Privacy:
        recorded_at = (INTERNAL, WITH_ROW)
        recorded_by = (INTERNAL, WITH_ROW)
        superseded_at = (INTERNAL, WITH_ROW)
        superseded_by = (INTERNAL, WITH_ROW)


def known(model: type[Fact], at: datetime | None) -> models.QuerySet[Any]:
    """Rows of a fact as known at an instant; the current ones without one."""
    return model.objects.all() if at is None else model.as_recorded.known_at(at)


def closing_pair(name: str) -> models.CheckConstraint:
    """The constraint that a row is closed at an instant and by somebody, or not at all."""
    return models.CheckConstraint(
        condition=models.Q(superseded_at__isnull=True, superseded_by__isnull=True)
        | models.Q(superseded_at__isnull=False, superseded_by__isnull=False),
        name=f"{name}_closed_at_and_by",
    )
