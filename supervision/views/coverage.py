"""Who is in cover, for leads, on any day; an auditor is handed what was released."""

from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from supervision.forms.coverage import CoverageForm, PageAsked
from supervision.presenters.actions import shortfalls
from supervision.presenters.coverage_over_time import trend_chart
from supervision.presenters.coverage_page import (
    ROLES,
    STRANDS,
    finding,
    headline,
    headline_of_all,
    line,
    meaning,
    outside_words,
    ranked,
)
from supervision.presenters.take_away import links
from supervision.queries.coverage import Asked, By, Group, Report
from supervision.queries.outside import outside_scope
from supervision.queries.reports import over_time
from supervision.queries.reports import report as compute
from supervision.queries.trend import month_ends
from wellbeing.domain.roles import JobRole
from wellbeing.models import Area
from wellbeing.presenters.dates import day
from wellbeing.queries.areas import area_by_id, areas_led, units_of
from wellbeing.request import SignedIn
from wellbeing.views.establishment import establishment_beside

from .moment import of_one_moment
from .released import coverage_national


@of_one_moment
def coverage(request: SignedIn) -> HttpResponse:
    """A national lead: Areas. An Area lead: their Areas, and the national figures. An auditor: those."""
    viewer = request.viewer
    if viewer.is_national_lead:
        return _page(request, None)
    if viewer.led_areas:
        areas = list(areas_led(viewer))
        if len(areas) == 1:
            return _page(request, areas[0])
        return render(request, "supervision/coverage_choose.html", {"areas": areas})
    if viewer.is_auditor:
        return coverage_national(request)
    raise Http404


@of_one_moment
def coverage_area(request: SignedIn, public_id: UUID) -> HttpResponse:
    """One Area by unit, for its leads."""
    return _page(request, led_area(request, public_id))


def led_area(request: SignedIn, public_id: UUID) -> Area:
    """An Area that this person leads; any other is not there."""
    area = area_by_id(public_id)
    if area is None or not request.viewer.leads(area.pk):
        raise Http404
    return area


def _page(request: SignedIn, area: Area | None) -> HttpResponse:
    form = CoverageForm(request.GET, on=request.on)
    asked = form.asked()
    context: dict[str, object] = {"form": form, "area": area}
    if asked:
        question = Asked(
            on=asked.on,
            strand=asked.strand,
            by=By.UNIT if area else By.AREA,
            area=area.pk if area else None,
        )
        context |= said(
            compute(question), asked, f"in {area.name}" if area else "in RASSO units"
        )
        context |= _table(request, context["report"], asked, area)  # type: ignore[arg-type]
        days = month_ends(min(asked.on, request.on), settings.TREND_MONTHS)
        context["trend"] = trend_chart(over_time(question, days), days)
        context |= establishment_beside(asked.on, area)
        part = (area.public_id,) if area else ()
        context |= take_away(request, "area" if area else "", *part)
        context["shortfalls"] = shortfalls(
            context["report"],  # type: ignore[arg-type]
            f"area-{area.public_id}" if area else "all",
            settings.LOW_COVERAGE_PERCENT,
        )
    return render(request, "supervision/coverage.html", context)


def take_away(request: SignedIn, of: str, *part: object) -> dict[str, object]:
    """The page as files: `of` an area or a unit, or "" for the whole service."""
    query = request.GET.urlencode()
    return {
        "figure_files": links(f"coverage_{of}_file" if of else "coverage_file", query, *part),
        "people_files": links(f"{of}_people_file" if of else "people_file", query, *part),
    }


def said(report: Report, asked: PageAsked, where: str) -> dict[str, object]:
    """What every coverage page says above its table."""
    return {
        "report": report,
        "headline": headline(report, where),
        "headline_of_all": headline_of_all(report),
        "strand": STRANDS[asked.strand],
        "meaning": meaning(asked.strand),
        "outside": outside_words(outside_scope(report.asked)),
        "day": day(asked.on),
        "shown": ROLES[asked.job_role] if asked.job_role else "All RASSO staff",
    }


def _table(
    request: SignedIn, report: Report, asked: PageAsked, area: Area | None
) -> dict[str, object]:
    """Areas or units, those first where prosecutors' coverage is lowest."""
    opened = _opened(request, area)
    query = request.GET.urlencode()

    def row(group: Group) -> object:
        """The total of an Area has no key, and is of the whole part."""
        href, part = opened.get(group.key, ("", _part(area)))
        return line(
            group,
            f"{href}?{query}" if href and query else href,
            group.by_role[asked.job_role] if asked.job_role else None,
            people_href(asked, part),
        )

    low = settings.LOW_COVERAGE_PERCENT
    return {
        "finding": finding(report.groups, "unit" if area else "Area", low),
        "lines": [row(g) for g in ranked(report.groups)],
        "total": row(report.total),
    }


def _opened(request: SignedIn, area: Area | None) -> dict[object, tuple[str, dict[str, str]]]:
    """By group its own page, and what part of the service it is in the address of a list."""
    if area is None:
        return {
            a.pk: (reverse("coverage_area", args=[a.public_id]), _part(a))
            for a in areas_led(request.viewer)
        }
    return {
        u.pk: (
            reverse("coverage_unit", args=[u.public_id]),
            {**_part(area), "unit": str(u.public_id)},
        )
        for u in units_of(area)
    }


def _part(area: Area | None) -> dict[str, str]:
    return {"area": str(area.public_id)} if area else {}


def people_href(asked: PageAsked, part: dict[str, str]) -> str:
    """The list behind a number, but for its measure. Lists are of everybody or of prosecutors."""
    if asked.job_role not in (None, JobRole.PROSECUTOR):
        return ""
    role = {"role": asked.job_role.value} if asked.job_role else {}
    query = {"on": asked.on.isoformat(), "strand": asked.strand.value, **role, **part}
    return f"{reverse('coverage_list')}?{urlencode(query)}"
