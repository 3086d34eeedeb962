"""Who is in cover: for leads on any day, for others the national figures at month-ends."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from supervision.forms.coverage import CoverageForm, MonthEndForm
from supervision.presenters.coverage_page import (
    STRANDS,
    headline,
    headline_of_all,
    line,
    meaning,
    national,
    population,
)
from supervision.queries.coverage import Asked, By, Report
from supervision.queries.reports import report as compute
from wellbeing.models import Area
from wellbeing.presenters.dates import day
from wellbeing.queries.areas import area_by_id, areas_led
from wellbeing.request import SignedIn
from wellbeing.views.establishment import establishment_beside


def coverage(request: SignedIn) -> HttpResponse:
    """A national lead: Areas. An Area lead: their Areas, and the national figures. An auditor: those."""
    viewer = request.viewer
    if viewer.is_national_lead:
        return _report(request, None)
    if viewer.led_areas:
        areas = list(areas_led(viewer))
        if len(areas) == 1:
            return _report(request, areas[0])
        return render(request, "supervision/coverage_choose.html", {"areas": areas})
    if viewer.is_auditor:
        return coverage_national(request)
    raise Http404


def coverage_area(request: SignedIn, public_id: UUID) -> HttpResponse:
    """One Area by unit, for its leads."""
    area = area_by_id(public_id)
    if area is None or not request.viewer.leads(area.pk):
        raise Http404
    return _report(request, area)


def coverage_national(request: SignedIn) -> HttpResponse:
    """In scope and per cent at a month-end, withheld where a number is small."""
    viewer = request.viewer
    if not (viewer.is_lead or viewer.is_auditor):
        raise Http404
    form = MonthEndForm(request.GET, on=request.on)
    asked = form.asked()
    context: dict[str, object] = {"form": form}
    if asked:
        report = compute(Asked(on=asked[0], strand=asked[1]))
        context |= {
            "lines": national(report, viewer.led_areas),
            "day": day(asked[0]),
            "strand": STRANDS[asked[1]],
            "meaning": meaning(asked[1]),
            "provisional": report.provisional,
        }
    return render(request, "supervision/coverage_national.html", context)


def _report(request: SignedIn, area: Area | None) -> HttpResponse:
    form = CoverageForm(request.GET, on=request.on)
    asked = form.asked()
    context: dict[str, object] = {"form": form, "area": area}
    if asked:
        on, strand = asked
        by = By.UNIT if area else By.AREA
        report = compute(Asked(on=on, strand=strand, by=by, area=area.pk if area else None))
        context |= _shown(request, report, area)
    return render(request, "supervision/coverage.html", context)


def _shown(request: SignedIn, report: Report, area: Area | None) -> dict[str, object]:
    query = request.GET.urlencode()
    areas = {a.pk: a.public_id for a in areas_led(request.viewer)}

    def href(key: object) -> str:
        if area or key not in areas:
            return ""
        return reverse("coverage_area", args=[areas[key]]) + (f"?{query}" if query else "")  # type: ignore[index]

    where = f"in {area.name}" if area else "in RASSO units"
    return {
        "report": report,
        "headline": headline(report, where),
        "headline_of_all": headline_of_all(report),
        "strand": STRANDS[report.asked.strand],
        "meaning": meaning(report.asked.strand),
        "day": day(report.asked.on),
        "lines": [line(g, href(g.key)) for g in report.groups],
        "prosecutors": population(report.prosecutors.counts),
        "everyone": population(report.total.counts),
        **establishment_beside(report.asked.on, area),
    }
