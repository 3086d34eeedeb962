"""Coverage ahead of today by what is booked, and two days side by side: for leads."""

from uuid import UUID

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render

from supervision.forms.coverage import ComparedForm, ForecastForm, PageAsked
from supervision.presenters.charts import chart
from supervision.presenters.coverage_compared import compared_lines, people_changed
from supervision.presenters.coverage_over_time import both, forecast_words
from supervision.presenters.coverage_page import STRANDS, meaning
from supervision.queries.changed import Changed, ChangedListing
from supervision.queries.compare import changed_people, compare
from supervision.queries.coverage import Asked, By
from supervision.queries.forecast import mondays
from supervision.queries.reports import ahead, cover_of
from supervision.queries.units import units
from wellbeing.models import Area
from wellbeing.presenters.dates import day
from wellbeing.request import SignedIn

from .coverage import led_area
from .moment import of_one_moment


@of_one_moment
def coverage_forecast(request: SignedIn) -> HttpResponse:
    """All Areas together, for national leads."""
    _national(request)
    return _forecast(request, None)


@of_one_moment
def coverage_area_forecast(request: SignedIn, public_id: UUID) -> HttpResponse:
    """One Area, for its leads."""
    return _forecast(request, led_area(request, public_id))


def _national(request: SignedIn) -> None:
    if not request.viewer.is_national_lead:
        raise Http404


def _forecast(request: SignedIn, area: Area | None) -> HttpResponse:
    form = ForecastForm(request.GET, on=request.on)
    asked = form.asked()
    context: dict[str, object] = {"form": form, "area": area}
    if asked:
        days = [request.on, *mondays(request.on, settings.FORECAST_WEEKS)]
        series = both(ahead(_question(asked, area), days), days)
        now, *later = series[0].shares
        context |= {
            "strand": STRANDS[asked.strand],
            "meaning": meaning(asked.strand),
            "words": forecast_words(now, later, days[1:]),
            "chart": chart("In cover on Mondays to come, by what is booked", days, series),
        }
    return render(request, "supervision/coverage_forecast.html", context)


def _question(asked: PageAsked, area: Area | None) -> Asked:
    by = By.UNIT if area else By.AREA
    return Asked(on=asked.on, strand=asked.strand, by=by, area=area.pk if area else None)


@of_one_moment
def coverage_compared(request: SignedIn) -> HttpResponse:
    """All Areas, for national leads."""
    _national(request)
    return _compared(request, None)


@of_one_moment
def coverage_area_compared(request: SignedIn, public_id: UUID) -> HttpResponse:
    """One Area by unit, with the names of who fell out and who came back, for its leads."""
    return _compared(request, led_area(request, public_id))


def _compared(request: SignedIn, area: Area | None) -> HttpResponse:
    form = ComparedForm(request.GET, on=request.on)
    asked = form.asked()
    context: dict[str, object] = {"form": form, "area": area}
    if asked and asked.before:
        context |= _two_days(request, asked, area)
    return render(request, "supervision/coverage_compared.html", context)


def _two_days(request: SignedIn, asked: PageAsked, area: Area | None) -> dict[str, object]:
    assert asked.before is not None  # the form gives it
    named = units()
    cover = cover_of(_question(asked, area), named)
    names = {
        pk if area else unit.area: unit.name if area else unit.area_name
        for pk, unit in named.items()
    }
    found = compare(cover, asked.before, asked.on)
    context: dict[str, object] = {
        "strand": STRANDS[asked.strand],
        "meaning": meaning(asked.strand),
        "day": day(asked.on),
        "before": day(asked.before),
        "lines": compared_lines(found, names, area.name if area else "All Areas"),
    }
    if area:
        context |= _names(request, changed_people(cover, asked.before, asked.on))
    return context


def _names(request: SignedIn, changed: dict[int, bool]) -> dict[str, object]:
    """A page of who changed."""
    listing = ChangedListing(request.viewer, changed, request.on)
    pages: Paginator[Changed] = Paginator(listing, settings.COVER_LIST_PER_PAGE)  # type: ignore[arg-type]
    page = pages.get_page(request.GET.get("page"))
    return {
        "page": page,
        "people": people_changed(list(page.object_list), listing.numbers),
        "unnamed": listing.unnamed,
    }
