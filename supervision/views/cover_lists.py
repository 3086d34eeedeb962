"""The people behind the figures of coverage, for leads: by measure, longest gap, not yet seen."""

from dataclasses import replace

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render

from supervision.forms.uptake import MEASURES, GapForm, ListForm, PartForm
from supervision.presenters.cover_lists import (
    gap_lines,
    gap_sentence,
    never_seen_lines,
    never_seen_sentence,
    person_line,
    record_words,
    unnamed_words,
)
from supervision.queries.bands import first_on_record, gap_bands, never_seen_bands
from supervision.queries.cover_lists import Listed, Listing, Measure, Order
from supervision.queries.parts import unit_part
from supervision.queries.stored_cover import StoredCover
from wellbeing.domain.roles import JobRole
from wellbeing.request import SignedIn

from .moment import of_one_moment
from .parts import Asking, asking, is_led, led, said


@of_one_moment
def coverage_list(request: SignedIn) -> HttpResponse:
    """Everybody of a measure, soonest due first."""
    form = ListForm(request.GET, on=request.on, areas=led(request))
    context: dict[str, object] = {"form": form}
    asked = asking(request, form)
    if asked:
        asked, unit = _of_unit(request, asked, form)
        role, measure = form.job_role(), form.measured()
        context |= said(asked)
        context |= _people(request, asked, measure, Order.DUE, role)
        context |= {
            "unit": unit,
            "measured": MEASURES[measure],
            "who": "prosecutors" if role else "all RASSO staff",
        }
    return render(request, "supervision/coverage_list.html", context)


def _of_unit(request: SignedIn, asked: Asking, form: ListForm) -> tuple[Asking, str]:
    """One unit where one is named, with its name; it must be among those led.

    Whoever comes from a unit and chooses another Area asks about that Area.
    """
    public_id = form.unit_id()
    if public_id is None:
        return asked, ""
    inside = unit_part(asked.part, public_id)
    if inside is None:
        if not is_led(request, asked, public_id):
            raise Http404
        return asked, ""
    unit = next(iter(inside.named.values()))
    return replace(asked, part=inside, cover=StoredCover(inside.where)), unit.name


@of_one_moment
def coverage_gaps(request: SignedIn) -> HttpResponse:
    """The longest gap of everybody in scope, in bands, and who has the longest."""
    form = GapForm(request.GET, on=request.on, areas=led(request))
    context: dict[str, object] = {"form": form}
    asked = asking(request, form)
    if asked:
        found = gap_bands(asked.cover, asked.chosen.on)
        context |= said(asked)
        whole = sum(one.everyone for one in found[0])
        context |= _people(request, asked, Measure.IN_SCOPE, form.order(), whole=whole)
        context |= {"bands": gap_lines(found), "sentence": gap_sentence(found)}
        context["record"] = record_words(first_on_record(asked.chosen.strand))
    return render(request, "supervision/coverage_gaps.html", context)


@of_one_moment
def coverage_never_seen(request: SignedIn) -> HttpResponse:
    """Who is not yet seen, by how long since they joined."""
    form = PartForm(request.GET, on=request.on, areas=led(request))
    context: dict[str, object] = {"form": form}
    asked = asking(request, form)
    if asked:
        found = never_seen_bands(asked.cover, asked.chosen.on)
        context |= said(asked)
        whole = sum(one.everyone for one in found)
        context |= _people(request, asked, Measure.NEVER_SEEN, Order.JOINED, whole=whole)
        context |= {"bands": never_seen_lines(found), "sentence": never_seen_sentence(found)}
    return render(request, "supervision/coverage_never_seen.html", context)


def _people(
    request: SignedIn,
    asked: Asking,
    measure: Measure,
    order: Order,
    role: JobRole | None = None,
    *,
    whole: int | None = None,
) -> dict[str, object]:
    """A page of them. Names need the relation to hold today, whatever day is asked about."""
    viewer = request.viewer
    listing = Listing(
        asked.cover,
        asked.part,
        measure,
        order,
        role,
        areas=None if viewer.is_national_lead else viewer.led_areas,
        today=request.on,
        whole=whole,
    )
    pages: Paginator[Listed] = Paginator(listing, settings.COVER_LIST_PER_PAGE)  # type: ignore[arg-type]
    page = pages.get_page(request.GET.get("page"))
    return {
        "page": page,
        "count": pages.count,
        "unnamed": unnamed_words(listing.unnamed()),
        "people": [
            person_line(one, asked.chosen.on, asked.chosen.strand) for one in page.object_list
        ],
    }
