"""A lead's *Today*: what needs doing, how many it is about, and one step for each."""

from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from supervision.forms.ahead import WEEKS
from supervision.forms.today import NEEDS, NeedForm, Wanted
from supervision.presenters.cover_lists import person_line
from supervision.presenters.today import Waiting, need_tasks, other_tasks, unit_lines
from supervision.queries.actions import overdue_actions
from supervision.queries.ahead import Asked, short_ahead
from supervision.queries.cover_lists import Listed
from supervision.queries.coverage import By
from supervision.queries.parts import Part, part, unit_part
from supervision.queries.registrations import endings
from supervision.queries.stored_cover import StoredCover
from supervision.queries.to_do import how_many_to_be_recorded, how_many_to_settle, to_reoffer
from supervision.queries.today import Needing, NeedList
from wellbeing.domain.roles import Strand
from wellbeing.request import SignedIn

from .moment import of_one_moment


def led_areas(request: SignedIn) -> frozenset[int] | None:
    """The Areas of a lead, None for all of them; anybody else finds no such page."""
    if not request.viewer.is_lead:
        raise Http404
    return None if request.viewer.is_national_lead else request.viewer.led_areas


def led_part(request: SignedIn) -> Part:
    """The units that this lead leads, of supervision today."""
    return part(request.on, Strand.SUPERVISION, led_areas(request), by=By.UNIT)


def needing(request: SignedIn, within: Part) -> Needing:
    """Who of a part needs a place, as of this request."""
    return Needing(StoredCover(within.where), request.on, request.at)


@of_one_moment
def lead_today(request: SignedIn) -> HttpResponse:
    """Everything that waits for this lead; a fixed number of queries."""
    whole = led_part(request)
    by_unit = needing(request, whole).by_unit()
    tasks = [*need_tasks(by_unit, whole), *other_tasks(_waiting(request))]
    pages = Paginator(unit_lines(whole, by_unit), settings.COVER_LIST_PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    context = {"tasks": tasks, "page": page, "units": page.object_list}
    return render(request, "supervision/lead_today.html", context)


def _waiting(request: SignedIn) -> Waiting:
    viewer = request.viewer
    return Waiting(
        short=short_ahead(Asked(request.on, WEEKS, led_areas(request))),
        weeks=WEEKS,
        reoffers=len(to_reoffer(viewer, request.at)),
        settle=how_many_to_settle(viewer),
        record=how_many_to_be_recorded(viewer, request.at),
        endings=len(endings(viewer, request.on)),
        actions=overdue_actions(viewer, request.on),
    )


@of_one_moment
def lead_today_people(request: SignedIn) -> HttpResponse:
    """Who needs a place for one reason, soonest due first."""
    whole = led_part(request)
    form = NeedForm(request.GET, part=whole)
    wanted = form.wanted()
    context: dict[str, object] = {"form": form}
    if wanted:
        context |= _people(request, whole, wanted)
    return render(request, "supervision/lead_today_people.html", context)


def people_of(request: SignedIn, whole: Part, wanted: Wanted) -> NeedList:
    """The people of one need; 404 for a unit that is not led."""
    within: Part | None = whole
    if wanted.unit:
        within = unit_part(whole, wanted.unit)
    if within is None:
        raise Http404
    return NeedList(needing(request, within), within, wanted.need, wanted.role)


def _people(request: SignedIn, whole: Part, wanted: Wanted) -> dict[str, object]:
    found = people_of(request, whole, wanted)
    pages: Paginator[Listed] = Paginator(found, settings.COVER_LIST_PER_PAGE)  # type: ignore[arg-type]
    page = pages.get_page(request.GET.get("page"))
    return {
        "asked": True,
        "offer": f"{reverse('lead_offer')}?{urlencode(wanted.query())}" if wanted.unit else "",
        "needed": NEEDS[wanted.need],
        "where": f"in {found.part.name(next(iter(found.part.named)))}" if wanted.unit else "",
        "page": page,
        "count": pages.count,
        "people": [
            person_line(one, request.on, Strand.SUPERVISION) for one in page.object_list
        ],
    }
