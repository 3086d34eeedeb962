"""Areas, as choices for whoever may choose them."""

from uuid import UUID

from django.db.models import QuerySet

from wellbeing.domain.viewer import Viewer
from wellbeing.models import Area, Unit


def areas_led(viewer: Viewer) -> QuerySet[Area]:
    """The Areas this lead acts in: all of them for a national lead."""
    if viewer.is_national_lead:
        return Area.objects.all()
    return Area.objects.filter(pk__in=viewer.led_areas)


def area_named(name: str) -> Area | None:
    """The Area of exactly that name."""
    return Area.objects.filter(name=name).first()


def unit_named(area: Area, name: str) -> Unit | None:
    """The unit of exactly that name in an Area."""
    return Unit.objects.filter(area=area, name=name).first()


def area_by_id(public_id: UUID) -> Area | None:
    """The Area with that public id."""
    return Area.objects.filter(public_id=public_id).first()


def units_of(area: Area) -> QuerySet[Unit]:
    """The units of an Area, by name."""
    return Unit.objects.filter(area=area).order_by("name")


def unit_by_id(public_id: UUID) -> Unit | None:
    """The unit with that public id, with its Area."""
    return Unit.objects.filter(public_id=public_id).select_related("area").first()
