"""One unit: its figures by job role, and its people by name."""

from uuid import UUID

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render

from supervision.forms.coverage import CoverageForm, PageAsked
from supervision.presenters.actions import shortfalls
from supervision.presenters.coverage_over_time import trend_chart
from supervision.presenters.coverage_page import ROLES, line
from supervision.presenters.coverage_people import person_lines
from supervision.queries.coverage import Asked, By
from supervision.queries.named_standings import named_standings
from supervision.queries.reports import over_time, report
from supervision.queries.stored_cover import StoredCover, Where
from supervision.queries.trend import month_ends
from wellbeing.domain.roles import JobRole
from wellbeing.models import Unit
from wellbeing.queries.areas import unit_by_id
from wellbeing.request import SignedIn

from .coverage import said, take_away
from .moment import of_one_moment

PER_PAGE = 50


@of_one_moment
def coverage_unit(request: SignedIn, public_id: UUID) -> HttpResponse:
    """A unit of an Area that this person leads."""
    unit = unit_by_id(public_id)
    if unit is None or not request.viewer.leads(unit.area_id):
        raise Http404
    form = CoverageForm(request.GET, on=request.on)
    asked = form.asked()
    context: dict[str, object] = {"form": form, "unit": unit, "area": unit.area}
    if asked:
        context |= _shown(request, unit, asked)
        context |= take_away(request, "unit", unit.public_id)
    return render(request, "supervision/coverage_unit.html", context)


def _shown(request: SignedIn, unit: Unit, asked: PageAsked) -> dict[str, object]:
    question = Asked(
        on=asked.on, strand=asked.strand, by=By.JOB_ROLE, area=unit.area_id, unit=unit.pk
    )
    figures = report(question)
    days = month_ends(min(asked.on, request.on), settings.TREND_MONTHS)
    cover = StoredCover(Where(asked.strand, frozenset({unit.pk})))
    people, unnamed = named_standings(request.viewer, cover, asked.on, request.on)
    lines = person_lines(people, asked.strand, asked.job_role, asked.on)
    page = Paginator(lines, PER_PAGE).get_page(request.GET.get("page"))
    return said(figures, asked, f"in {unit.name}") | {
        "lines": [line(g) for g in figures.groups],
        "role_names": {role.value: name for role, name in ROLES.items()},
        "roles": [(ROLES[JobRole(g.name)], line(g)) for g in figures.groups],
        "total": line(figures.total),
        "trend": trend_chart(over_time(question, days), days),
        "page": page,
        "number": len(lines),
        "unnamed": unnamed,
        "shortfalls": shortfalls(
            figures, f"unit-{unit.public_id}", settings.LOW_COVERAGE_PERCENT
        ),
    }
