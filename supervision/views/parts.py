"""What the pages of coverage for leads share: whose Areas, which units, which day."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404

from supervision.forms.uptake import Chosen, PartForm
from supervision.presenters.coverage_page import NOT_SUPERVISION, STRANDS
from supervision.presenters.uptake import place_words
from supervision.queries.coverage import By
from supervision.queries.parts import Part, part
from supervision.queries.reports import is_provisional
from supervision.queries.stored_cover import StoredCover
from wellbeing.domain.roles import Strand
from wellbeing.models import Area
from wellbeing.presenters.dates import day
from wellbeing.queries.areas import areas_led
from wellbeing.request import SignedIn


@dataclass(frozen=True, slots=True)
class Asking:
    """What was chosen, as the queries take it."""

    chosen: Chosen
    part: Part
    cover: StoredCover


def led(request: SignedIn) -> list[Area]:
    """The Areas of a lead; anybody else finds no such page. One query."""
    if not request.viewer.is_lead:
        raise Http404
    return list(areas_led(request.viewer))


def asking(request: SignedIn, form: PartForm) -> Asking | None:
    """The part of the service that a form chooses; None while something is wrong."""
    chosen = form.chosen()
    if chosen is None:
        return None
    areas: frozenset[int] | None = request.viewer.led_areas
    if chosen.area:
        areas = frozenset({chosen.area.pk})
    elif request.viewer.is_national_lead:
        areas = None
    by = By.UNIT if chosen.area else By.AREA
    found = part(chosen.on, chosen.strand, areas, by=by)
    return Asking(chosen, found, found.cover)


def is_led(request: SignedIn, asked: Asking, unit: UUID) -> bool:
    """True where a unit is one of those that this lead may choose."""
    areas = None if request.viewer.is_national_lead else request.viewer.led_areas
    return unit in part(asked.part.on, asked.part.strand, areas, by=By.UNIT).units.values()


def said(asked: Asking) -> dict[str, object]:
    """What every page says of what was asked."""
    chosen, area = asked.chosen, asked.chosen.area
    return {
        "asked": True,
        "area": area,
        "place": place_words(area.name if area else ""),
        "what": "unit" if area else "Area",
        "day": day(chosen.on),
        "strand": STRANDS[chosen.strand],
        "apart": "" if chosen.strand == Strand.SUPERVISION else NOT_SUPERVISION,
        "provisional": is_provisional(asked.part.where, chosen.on),
    }
