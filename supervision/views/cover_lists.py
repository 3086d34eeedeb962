"""The people behind the figures of coverage, for leads: by measure, longest gap, not yet seen."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse
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
from supervision.queries.cover_lists import Listed, Measure, Order
from wellbeing.domain.roles import JobRole
from wellbeing.request import SignedIn

from .moment import of_one_moment
from .parts import Asking, asking, files, led, listing, of_unit, said


@of_one_moment
def coverage_list(request: SignedIn) -> HttpResponse:
    """Everybody of a measure, soonest due first."""
    form = ListForm(request.GET, on=request.on, areas=led(request))
    context: dict[str, object] = {"form": form}
    asked = asking(request, form)
    if asked:
        asked, unit = of_unit(request, asked, form)
        role, measure = form.job_role(), form.measured()
        context |= said(asked)
        context |= _people(request, asked, measure, Order.DUE, role)
        context |= {
            "unit": unit,
            "measured": MEASURES[measure],
            "who": "prosecutors" if role else "all RASSO staff",
            "people_files": files(request, "list_people_file"),
        }
    return render(request, "supervision/coverage_list.html", context)


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
        context |= {
            "record": record_words(first_on_record(asked.chosen.strand)),
            "figure_files": files(request, "gaps_file"),
            "people_files": files(request, "gaps_people_file"),
        }
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
        context |= {
            "bands": never_seen_lines(found),
            "sentence": never_seen_sentence(found),
            "figure_files": files(request, "never_seen_file"),
            "people_files": files(request, "never_seen_people_file"),
        }
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
    """A page of them."""
    found = listing(request, asked, measure, order, role, whole=whole)
    pages: Paginator[Listed] = Paginator(found, settings.COVER_LIST_PER_PAGE)  # type: ignore[arg-type]
    page = pages.get_page(request.GET.get("page"))
    return {
        "page": page,
        "count": pages.count,
        "unnamed": unnamed_words(found.unnamed()),
        "people": [
            person_line(one, asked.chosen.on, asked.chosen.strand) for one in page.object_list
        ],
    }
