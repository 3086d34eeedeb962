"""What the pages of coverage for leads share: whose Areas, which units, which day."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from supervision.forms.uptake import Chosen, ListForm, PartForm
from supervision.presenters.coverage_page import NOT_SUPERVISION, STRANDS
from supervision.presenters.take_away import Link, Taken, head, links, stem
from supervision.presenters.take_away import Words as Said
from supervision.presenters.take_away import said as said_of
from supervision.presenters.uptake import place_words
from supervision.queries.cover_lists import Listing, Measure, Order
from supervision.queries.coverage import By
from supervision.queries.parts import Part, part, unit_part
from supervision.queries.reports import is_provisional
from supervision.queries.stored_cover import StoredCover
from wellbeing.domain.roles import JobRole, Strand
from wellbeing.models import Area, Person
from wellbeing.presenters.dates import day
from wellbeing.presenters.tables import Table
from wellbeing.queries.areas import areas_led
from wellbeing.queries.people import nameable
from wellbeing.request import SignedIn

from .file_answers import known_now


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


def of_unit(request: SignedIn, asked: Asking, form: ListForm) -> tuple[Asking, str]:
    """One unit where one is named, with its name; it must be among those led.

    Whoever comes from a unit and chooses another Area asks about that Area.
    """
    public_id = form.unit_id()
    if public_id is None:
        return asked, ""
    inside = unit_part(asked.part, public_id)
    if inside is None:
        if not _is_led(request, asked, public_id):
            raise Http404
        return asked, ""
    unit = next(iter(inside.named.values()))
    return replace(asked, part=inside, cover=StoredCover(inside.where)), unit.name


def _is_led(request: SignedIn, asked: Asking, unit: UUID) -> bool:
    """True where a unit is one of those that this lead may choose."""
    areas = None if request.viewer.is_national_lead else request.viewer.led_areas
    return unit in part(asked.part.on, asked.part.strand, areas, by=By.UNIT).units.values()


def listing(
    request: SignedIn,
    asked: Asking,
    measure: Measure,
    order: Order,
    role: JobRole | None = None,
    *,
    whole: int | None = None,
) -> Listing:
    """People whom this reader may name today, whatever day is asked about; `whole`: see Listing."""
    known = nameable_by(request, asked.part.on)
    return Listing(asked.cover, asked.part, measure, order, role, known, whole)


def nameable_by(request: SignedIn, on: date) -> QuerySet[Person] | None:
    """Of those in scope on a day, whose names this reader may see today; None: everybody's.

    A national lead's are all who have not left: of today and later days that is everybody.
    """
    viewer = request.viewer
    if viewer.is_national_lead and on >= request.on:
        return None
    return nameable(viewer, request.on)


def files(request: SignedIn, name: str) -> list[Link]:
    """Links to a page's file of each kind, of the same question, whatever page of a list is shown."""
    query = request.GET.copy()
    query.pop("page", None)
    return links(name, query.urlencode())


def taken(
    request: SignedIn,
    asked: Asking,
    name: str,
    tables: Sequence[Table],
    *,
    more: Said = (),
    **also: Any,
) -> Taken:
    """These tables as a file that says what it is of; `also`: for JSON alone."""
    part, area = asked.part, asked.chosen.area
    values = head(
        part,
        area=area.name if area else "",
        provisional=is_provisional(part.where, part.on),
        **also,
    )
    return Taken(
        stem(name, part.strand, part.on),
        tables,
        said_of(values, known=known_now(request), more=more),
        values,
    )


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
