"""Who fell out of cover or came back between two days, a page at a time, for who may see names."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Case, Count, QuerySet, Value, When

from wellbeing.domain.viewer import Viewer
from wellbeing.queries.people import nameable


@dataclass(frozen=True, slots=True)
class Changed:
    """Somebody whose name this reader may see; `back`: into cover, else out of it."""

    public_id: UUID
    name: str
    back: bool


class ChangedListing:
    """Those who fell out, then those who came back, each by name; Django's paginator slices it.

    Names need the relation to hold today (domain.md, who may see what).
    """

    def __init__(self, viewer: Viewer, changed: Mapping[int, bool], today: date) -> None:
        self.changed = changed
        back = [person for person, is_back in changed.items() if is_back]
        which = Case(
            When(pk__in=back, then=Value(True)),
            default=Value(False),
            output_field=BooleanField(),
        )
        people = nameable(viewer, today).filter(pk__in=changed.keys())
        self.people: QuerySet[Any] = people.annotate(back=which)

    @cached_property
    def numbers(self) -> dict[bool, int]:
        """How many of each may be named; one query."""
        counted = self.people.order_by().values("back").annotate(number=Count("pk"))
        return {False: 0, True: 0} | dict(counted.values_list("back", "number"))

    def count(self) -> int:
        """How many may be named."""
        return sum(self.numbers.values())

    @property
    def unnamed(self) -> int:
        """How many changed and may not be named."""
        return len(self.changed) - self.count()

    def __getitem__(self, page: slice) -> list[Changed]:
        rows = self.people.order_by("back", "name", "pk")
        return [Changed(*row) for row in rows.values_list("public_id", "name", "back")[page]]
