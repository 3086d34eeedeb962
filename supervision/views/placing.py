"""A lead finds a place for somebody: books it for them, or offers it."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from supervision.forms.sessions import SearchForm
from supervision.presenters.sessions import days_of_places, search_words, session_hours
from supervision.queries.sessions import bookable
from supervision.queries.supervisors import supervisors
from supervision.views.sessions import PER_PAGE, shown
from wellbeing.domain.refusals import Refused
from wellbeing.domain.roles import EventKind
from wellbeing.forms.govuk import ActionForm
from wellbeing.models import Event, Person
from wellbeing.operations.bookings import book
from wellbeing.operations.offers import offer
from wellbeing.operations.once import Answer
from wellbeing.presenters.dates import day
from wellbeing.queries.events import areas_of, visible_event
from wellbeing.request import SignedIn, posted
from wellbeing.views.people import load
from wellbeing.views.sending import send

WAYS = {
    "offer": (offer, "Offered to {name} until they answer, 48 hours at the most: {when}."),
    "book": (book, "Booked for {name}: {when}."),
}


def _load(request: SignedIn, public_id: UUID) -> Person:
    """One of the lead's own people of today."""
    relation = load(request, public_id)
    if not relation.is_lead:
        raise Http404
    return relation.person


def person_places(request: SignedIn, public_id: UUID) -> HttpResponse:
    """Places that this person may have, at sessions that this lead looks after."""
    who = _load(request, public_id)
    form = SearchForm(request.GET, hosts=supervisors(), on=request.on)
    form.for_another()
    search = form.search()
    places = bookable(who.pk, search, at=request.at) if search else []
    # When they are busy is theirs to know: a lead finds nothing there, as where they have a session.
    free = [place for place in places if not place.is_busy]
    mine = [place for place in free if request.viewer.leads_all(place.areas)]
    page = Paginator(mine, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "who": who,
        "count": len(mine),
        "page": page,
        "days": days_of_places(page.object_list, person=who),
        "search": search,
        "words": search_words(search, form.host_name(), "their") if search else "",
    }
    return render(request, "supervision/person_places.html", context)


def person_place(request: SignedIn, public_id: UUID, event_id: UUID) -> HttpResponse:
    """One place for one person: offer it, or book it for them."""
    who = _load(request, public_id)
    event = visible_event(request.viewer, event_id, EventKind.SUPERVISION)
    if event is None or not request.viewer.leads_all(areas_of(event)):
        raise Http404
    form = ActionForm(posted(request))
    if request.method == "POST" and request.POST.get("way") in WAYS:
        try:
            return _place(request, who, event)
        except Refused as refused:
            form.refuse(refused)
    context = {**shown(event, with_place=False), "who": who, "form": form}
    return render(request, "supervision/person_place.html", context)


def _place(request: SignedIn, who: Person, event: Event) -> HttpResponse:
    act, words = WAYS[request.POST["way"]]
    when = f"{day(event.local_on)}, {session_hours(event)}"
    said = words.format(name=who.name, when=when)
    return send(
        request,
        lambda: act(event, person=who, by=request.user, at=request.at),
        lambda _: Answer(reverse("person", args=[who.public_id]), said),
    )
