"""Files of the coverage pages: CSV, Excel and JSON of exactly what a reader's page gives."""

from uuid import UUID

from django.http import Http404, HttpResponseBase

from supervision.forms.coverage import CoverageForm, PageAsked
from supervision.operations.files import people_taken
from supervision.presenters.cover_lists import unnamed_words
from supervision.presenters.coverage_files import figures
from supervision.presenters.coverage_out import PERSON, report_values
from supervision.presenters.coverage_page import ROLES
from supervision.presenters.people_files import PEOPLE, people_table
from supervision.presenters.take_away import Taken, Words, said, stem
from supervision.queries.cover_lists import Listing, Measure, Order
from supervision.queries.coverage import Asked, By
from supervision.queries.parts import part, unit_part
from supervision.queries.people_files import with_minutes
from supervision.queries.reports import report
from supervision.queries.stored_cover import StoredCover
from wellbeing.models import Area, Unit
from wellbeing.queries.areas import unit_by_id
from wellbeing.request import SignedIn

from .coverage import led_area
from .file_answers import check_kind, known_now, written
from .parts import nameable_by


def coverage_file(
    request: SignedIn, kind: str, area: UUID | None = None, unit: UUID | None = None
) -> HttpResponseBase:
    """The figures of the whole service by Area, of an Area by unit, of a unit by job role."""
    _, question, where = _asked(request, area, unit)
    values = report_values(report(question), with_people=False)
    return written(kind, figures(values, known=known_now(request), where=where))


def people_file(
    request: SignedIn, kind: str, area: UUID | None = None, unit: UUID | None = None
) -> HttpResponseBase:
    """The people of the same part whose names the reader may see today; written down as a look."""
    asked, question, where = _asked(request, area, unit)
    check_kind(kind)
    found = _listing(request, asked, question, unit)
    people_taken(
        "people",
        by=request.user,
        at=request.at,
        kind=kind,
        number=found.count(),
        asked={
            "on": asked.on.isoformat(),
            "strand": asked.strand.value,
            "area": str(area) if area else None,
            "unit": str(unit) if unit else None,
            "job_role": asked.job_role,
        },
    )
    values = report_values(report(question), with_people=False)
    people = with_minutes(found)  # read once: by the one table that the format has
    taken = Taken(
        stem("people", asked.strand, asked.on),
        [people_table(PEOPLE, people)],
        said(values, known=known_now(request), more=[*where, *_who(asked, found)]),
        values,
        in_json=[people_table(PERSON, people)],
    )
    return written(kind, taken)


def _who(asked: PageAsked, found: Listing) -> Words:
    """Of which job role the people are, and how many are counted and not named."""
    unnamed = unnamed_words(found.unnamed())
    return [
        *([("Who", ROLES[asked.job_role])] if asked.job_role else []),
        *([("Not in this file", unnamed)] if unnamed else []),
    ]


def _listing(
    request: SignedIn, asked: PageAsked, question: Asked, unit: UUID | None
) -> Listing:
    """By staff number, as the command prints them."""
    areas = None if question.area is None else frozenset({question.area})
    within = part(asked.on, asked.strand, areas, by=question.by)
    inside = unit_part(within, unit) if unit else within
    assert inside is not None  # the unit is one of that Area
    return Listing(
        StoredCover(inside.where),
        inside,
        Measure.IN_SCOPE,
        Order.STAFF_NUMBER,
        asked.job_role,
        nameable_by(request, asked.on),
    )


def _asked(
    request: SignedIn, area: UUID | None, unit: UUID | None
) -> tuple[PageAsked, Asked, Words]:
    """The question of a page whose names this reader may see, and the Area and unit it is of.

    Anything else is not there.
    """
    asked = CoverageForm(request.GET, on=request.on).asked()
    if asked is None or (area is None and unit is None and not request.viewer.is_national_lead):
        raise Http404
    inside: Unit | None = unit_by_id(unit) if unit else None
    if unit and (inside is None or not request.viewer.leads(inside.area_id)):
        raise Http404
    whole: Area | None = inside.area if inside else led_area(request, area) if area else None
    question = Asked(
        on=asked.on,
        strand=asked.strand,
        by=By.JOB_ROLE if inside else By.UNIT if whole else By.AREA,
        area=whole.pk if whole else None,
        unit=inside.pk if inside else None,
    )
    where = [("Area", whole.name)] if whole else []
    return asked, question, [*where, ("Unit", inside.name)] if inside else where
