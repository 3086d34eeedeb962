"""Figures at released month-ends, for readers who may not see the names (domain.md)."""

from datetime import date
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from supervision.domain.release_content import Values, named_group
from supervision.forms.coverage import ReleaseAsked, ReleaseForm
from supervision.presenters.coverage_page import STRANDS, meaning
from supervision.presenters.released import beside, headline, populations, trend
from supervision.presenters.take_away import links
from supervision.queries.releases import (
    readable,
    release_of,
    released_days,
    releases_until,
)
from wellbeing.domain.local_time import local_day
from wellbeing.presenters.dates import day
from wellbeing.request import SignedIn


def coverage_national(request: SignedIn) -> HttpResponse:
    """A release: for auditors and national leads all of it, for Area leads the whole service."""
    viewer = request.viewer
    if not (viewer.is_lead or viewer.is_auditor):
        raise Http404
    days = released_days()
    if not days:
        return render(request, "supervision/coverage_national.html", {"nothing": True})
    form = ReleaseForm(request.GET, days=days)
    asked = form.asked()
    release = release_of(asked.on) if asked else None
    context: dict[str, object] = {"form": form}
    if asked and release:
        strands = readable(release, viewer)
        context |= {
            "day": day(asked.on),
            "released_on": local_day(release.released_at),
            "strand": STRANDS[asked.strand],
            "meaning": meaning(asked.strand),
            "is_whole": viewer.is_national_lead or not viewer.led_areas,
        }
        query = request.GET.urlencode()
        context["figure_files"] = links("released_file", query)
        if context["is_whole"]:
            context["evidence"] = reverse("evidence") + (f"?{query}" if query else "")
        if asked.strand.value in strands:
            context |= _figures(request, asked, strands[asked.strand.value])
    return render(request, "supervision/coverage_national.html", context)


def _figures(request: SignedIn, asked: ReleaseAsked, strand: Values) -> dict[str, object]:
    """The whole service with its Areas and its trend; or one Area with its units."""
    ask = {"on": asked.on.isoformat(), "strand": asked.strand.value}
    if asked.area:
        area = named_group(strand["areas"], asked.area)
        if area is None:
            raise Http404
        return _said(area, strand["provisional"]) | {
            "area": asked.area,
            "rows": beside(area["units"]),
            "what": "Unit",
            "back": ask,
        }
    found = _said(strand, strand["provisional"]) | {
        "rows": beside(strand["areas"], ask),
        "what": "Area",
    }
    if strand["areas"]:
        found["trend"] = trend(_by_day(asked.on, asked.strand.value))
    return found


def _said(group: Values, provisional: bool) -> dict[str, Any]:
    heads, measures = populations(group)
    return {
        "headline": headline(group),
        "heads": heads,
        "measures": measures,
        "provisional": provisional,
    }


def _by_day(until: date, strand: str) -> dict[date, Values]:
    """The strand at each of the latest releases, as everybody without names reads it."""
    releases = releases_until(until, settings.TREND_MONTHS)
    return {
        one.month_end: one.figures["strands"][strand]
        for one in releases
        if strand in one.figures["strands"]
    }
