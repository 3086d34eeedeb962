"""Coverage as known now and as known then, with what was recorded in between."""

from datetime import datetime

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render

from supervision.forms.coverage_known import CoverageKnownForm, KnownAsked
from supervision.presenters.coverage_known import (
    known_lines,
    late_counts,
    late_line,
    moment_words,
)
from supervision.presenters.coverage_page import STRANDS, meaning
from supervision.queries.coverage import Asked, By
from supervision.queries.late_entries import LateEntries
from supervision.queries.late_sources import Late
from supervision.queries.reports import report
from wellbeing.domain.local_time import end_of_day
from wellbeing.presenters.dates import day
from wellbeing.queries.areas import areas_led
from wellbeing.request import SignedIn

from .moment import of_one_moment

PER_PAGE = 25


@of_one_moment
def coverage_known(request: SignedIn) -> HttpResponse:
    """A lead's figures of a day: what was known at the end of another, what is known now."""
    viewer = request.viewer
    if not viewer.is_lead:
        raise Http404
    form = CoverageKnownForm(
        request.GET,
        on=request.on,
        areas=list(areas_led(viewer).order_by("name")),
        all_areas=viewer.is_national_lead,
    )
    asked = form.asked()
    context: dict[str, object] = {"form": form}
    if asked:
        context |= _shown(request, asked)
    return render(request, "supervision/coverage_known.html", context)


def _shown(request: SignedIn, asked: KnownAsked) -> dict[str, object]:
    # The end of today is still to come: until now, then.
    known_at = min(end_of_day(asked.known_on), request.at)
    area = asked.area.pk if asked.area else None
    late = Late(asked.strand, asked.on, known_at, request.at, area)
    entries = LateEntries(late, request.viewer)
    page = Paginator(entries, PER_PAGE).get_page(request.GET.get("page"))
    return {
        "area": asked.area,
        "lines": known_lines(report(_question(asked)), report(_question(asked, known_at))),
        "strand": STRANDS[asked.strand],
        "meaning": meaning(asked.strand),
        "day": day(asked.on),
        "known_at": moment_words(known_at),
        "counts": late_counts(entries.counts),
        "number": len(entries),
        "page": page,
        "late": [late_line(entry) for entry in page.object_list],
    }


def _question(asked: KnownAsked, known_at: datetime | None = None) -> Asked:
    return Asked(
        on=asked.on,
        strand=asked.strand,
        by=By.UNIT if asked.area else By.AREA,
        area=asked.area.pk if asked.area else None,
        known_at=known_at,
    )
