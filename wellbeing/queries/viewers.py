"""What somebody is on a day, for access and navigation: two queries a request."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Subquery

from wellbeing.domain.roles import Role
from wellbeing.models import Person, Posting, RoleGrant
from wellbeing.models.dated import covering


def viewer_facts(person: int, on: date, **more: Any) -> dict[str, Any]:
    """Keyword arguments of a Viewer. `more`: further annotations, asked in the same query."""
    own = Posting.objects.filter(covering(on), person=OuterRef("pk"))
    row = (
        Person.objects.filter(pk=person)
        .annotate(
            own_area=Subquery(own.values("unit__area")[:1]),
            is_line_manager=Exists(
                Posting.objects.filter(covering(on), line_manager=OuterRef("pk"))
            ),
            **more,
        )
        .values("own_area", "is_line_manager", *more)
        .get()
    )
    grants = list(
        RoleGrant.objects.filter(covering(on), person=person).values_list("role", "area")
    )
    return {
        "person": person,
        "roles": frozenset(Role(role) for role, _ in grants),
        "led_areas": frozenset(area for _, area in grants if area is not None),
        "is_staff": row["own_area"] is not None,
        **row,
    }
