"""Files of the coverage pages: CSV, Excel and JSON of exactly what a reader's page gives."""

from dataclasses import replace
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse

from supervision.forms.coverage import CoverageForm, PageAsked
from supervision.operations.files import people_taken
from supervision.presenters.coverage_files import groups_table, people_table, said
from supervision.presenters.coverage_out import Values, as_json, report_values
from supervision.queries.coverage import Asked, By
from supervision.queries.coverage_as import exact_report
from supervision.queries.reports import report
from supervision.queries.units import units
from wellbeing.models import Area, Unit
from wellbeing.presenters.dates import short_day
from wellbeing.presenters.tables import Table, csv_lines
from wellbeing.queries.areas import unit_by_id
from wellbeing.request import SignedIn

from .coverage import led_area

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = ("csv", "xlsx", "json")


def coverage_file(
    request: SignedIn, kind: str, area: UUID | None = None, unit: UUID | None = None
) -> HttpResponseBase:
    """The figures of the whole service by Area, of an Area by unit, of a unit by job role."""
    _, question = _asked(request, area, unit)
    values = report_values(report(question), with_people=False)
    return figures_file(values, kind, f"Known on {short_day(request.on)}")


def people_file(
    request: SignedIn, kind: str, area: UUID | None = None, unit: UUID | None = None
) -> HttpResponseBase:
    """The people of the same part whose names the reader may see today; written down as a look."""
    asked, question = _asked(request, area, unit)
    if kind not in KINDS:
        raise Http404
    found, names = exact_report(request.viewer, question, request.on, with_people=True)
    lines = [line for line in found.people if asked.job_role in (None, line.standing.job_role)]
    people_taken(
        by=request.user, at=request.at, on=asked.on, strand=asked.strand, number=len(lines)
    )
    values = report_values(replace(found, people=lines), with_people=True)
    if kind == "json":
        return _json(values, "people")
    table = people_table(lines, names, units())
    return _table(table, values, kind, "people", f"Known on {short_day(request.on)}")


def _asked(request: SignedIn, area: UUID | None, unit: UUID | None) -> tuple[PageAsked, Asked]:
    """The question of a page whose names this reader may see; anything else is not there."""
    asked = CoverageForm(request.GET, on=request.on).asked()
    if asked is None or (area is None and unit is None and not request.viewer.is_national_lead):
        raise Http404
    inside: Unit | None = unit_by_id(unit) if unit else None
    if unit and (inside is None or not request.viewer.leads(inside.area_id)):
        raise Http404
    part: Area | None = inside.area if inside else led_area(request, area) if area else None
    return asked, Asked(
        on=asked.on,
        strand=asked.strand,
        by=By.JOB_ROLE if inside else By.UNIT if part else By.AREA,
        area=part.pk if part else None,
        unit=inside.pk if inside else None,
    )


def figures_file(values: Values, kind: str, known: str) -> HttpResponseBase:
    """A report's figures in one of the formats; a format that there is not is not there."""
    if kind == "json":
        return _json(values, "coverage")
    return _table(groups_table(values), values, kind, "coverage", known)


def _json(values: Values, name: str) -> HttpResponse:
    response = HttpResponse(as_json(values), content_type="application/json; charset=utf-8")
    return _named(response, values, name, "json")  # type: ignore[return-value]


def _table(table: Table, values: Values, kind: str, name: str, known: str) -> HttpResponseBase:
    response: HttpResponseBase
    if kind == "csv":
        response = StreamingHttpResponse(
            csv_lines(table), content_type="text/csv; charset=utf-8"
        )
    elif kind == "xlsx":
        from wellbeing.presenters.excel import workbook  # 16 MB that no other page needs

        response = HttpResponse(workbook(table, said(values, known=known)), content_type=EXCEL)
    else:
        raise Http404
    return _named(response, values, name, kind)


def _named(
    response: HttpResponseBase, values: Values, name: str, kind: str
) -> HttpResponseBase:
    file = f"{name}-{values['strand'].replace('_', '-')}-{values['on']}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{file}"'
    response["Cache-Control"] = "private, no-store"
    return response
