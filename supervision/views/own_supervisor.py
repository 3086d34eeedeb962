"""My supervisor: choosing, changing, signing, ending; and "not this person", seen by nobody else."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from supervision.forms.agreements import ConfirmForm, SignForm, SupervisorForm
from supervision.models import Agreement, Exclusion
from supervision.operations.agreements import (
    choose_supervisor,
    end_agreement,
    exclude,
    sign,
    take_back_exclusion,
)
from supervision.presenters.agreements import declined_words, review_words, session_words
from supervision.queries.agreements import (
    ask_again_from,
    exclusions_of,
    how_ended,
    live_agreement,
    places_with,
)
from supervision.queries.groups import memberships_of
from supervision.queries.supervisors import excluded_by, supervisors, supervisors_for
from wellbeing.domain.refusals import Refused
from wellbeing.operations.once import Answer
from wellbeing.presenters.dates import short_day
from wellbeing.request import SignedIn, posted
from wellbeing.views.no_posting import no_posting
from wellbeing.views.sending import send

# No name in a banner: it is kept for a while with the form that was sent.
EXCLUDED = "Done. Their sessions are not offered to you any more. Nobody else can see this."
TAKEN_BACK = (
    "Done. Their sessions can be booked again. Nobody else could see that they could not."
)


def _staff(request: SignedIn) -> int:
    if not request.viewer.is_staff:
        raise Http404
    return request.viewer.person


def own_supervisor(request: SignedIn) -> HttpResponse:
    """Whom I have chosen, my groups, and whom I would rather not see."""
    if not request.viewer.is_staff:
        return no_posting(request, "My supervisor")
    person = request.viewer.person
    agreement = live_agreement(person)
    places = places_with(person, agreement.supervisor_id, request.at) if agreement else []
    context = {
        "agreement": agreement,
        "since": short_day(agreement.start_on) if agreement else "",
        "review": review_words(agreement, request.on) if agreement else "",
        "places": [(p.public_id, session_words(p.event)) for p in places],
        "ended": "" if agreement else how_ended(person),
        "memberships": memberships_of(person),
        "excluded": len(exclusions_of(person)),
    }
    return render(request, "supervision/own_supervisor.html", context)


def supervisor_choose(request: SignedIn) -> HttpResponse:
    """One of those who serve my Area; changing asks for no reason."""
    person = _staff(request)
    live = live_agreement(person)
    later = ask_again_from(person, request.on)
    serving = supervisors_for(person, request.on)
    out = {*later, *([live.supervisor_id] if live else [])}
    hosts = [host for host in serving if host.pk not in out]
    form = SupervisorForm(
        posted(request),
        hosts=hosts,
        label="Which supervisor would you like?",
        button="Choose this supervisor",
    )
    if request.method == "POST" and form.is_valid():
        try:
            chosen = form.chosen()
            return send(
                request,
                lambda: choose_supervisor(request.user, chosen, by=request.user, at=request.at),
                lambda made: Answer(
                    reverse("agreement_sign"),
                    f"You have chosen {chosen.name}. Read and sign the agreement now,"
                    " or when you book your first session.",
                ),
            )
        except Refused as refused:
            form.refuse(refused)
    declined = [declined_words(h.name, later[h.pk]) for h in serving if h.pk in later]
    context = {"form": form, "live": live, "count": len(hosts), "declined": declined}
    return render(request, "supervision/supervisor_choose.html", context)


def _live(request: SignedIn) -> Agreement:
    found = live_agreement(_staff(request))
    if found is None:
        raise Http404
    return found


def agreement_sign(request: SignedIn) -> HttpResponse:
    """What is confidential, where that ends, and a box to tick."""
    agreement = _live(request)
    form = SignForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            return send(
                request,
                lambda: sign(agreement, by=request.user, at=request.at),
                lambda _: Answer(
                    reverse("own_supervisor"), "Signed. You can book a session now."
                ),
            )
        except Refused as refused:
            form.refuse(refused)
    context = {"form": form, "agreement": agreement}
    return render(request, "supervision/agreement_sign.html", context)


def agreement_end(request: SignedIn) -> HttpResponse:
    """Ends it without a reason, and without choosing anybody else."""
    agreement = _live(request)
    form = ConfirmForm(posted(request), button="End the agreement")
    if request.method == "POST":
        try:
            return send(
                request,
                lambda: end_agreement(agreement, by=request.user, at=request.at),
                lambda _: Answer(reverse("own_supervisor"), "The agreement has ended."),
            )
        except Refused as refused:
            form.refuse(refused)
    name = agreement.supervisor.name
    context = {
        "form": form,
        "heading": "End the agreement",
        "paragraphs": [
            f"Your agreement with {name} ends today. You do not need to say why.",
            "A session that is booked stays until you give it up under My bookings.",
        ],
        "seen": "They learn that the agreement has ended, and no more. Your manager sees nothing.",
        "back": reverse("own_supervisor"),
    }
    return render(request, "supervision/confirm.html", context)


def exclusion_add(request: SignedIn) -> HttpResponse:
    """Whom I would rather not see, and a list of those I have named."""
    person = _staff(request)
    rows = list(exclusions_of(person))
    out = excluded_by(person) | {person}
    hosts = [host for host in supervisors() if host.pk not in out]
    form = SupervisorForm(
        posted(request),
        hosts=hosts,
        label="Whom would you rather not see?",
        button="Not this person",
        hint="Nobody asks why, and nobody else can see it",
    )
    if request.method == "POST" and form.is_valid():
        try:
            chosen = form.chosen()
            return send(
                request,
                lambda: exclude(request.user, chosen, by=request.user, at=request.at),
                lambda _: Answer(reverse("exclusion_add"), EXCLUDED),
            )
        except Refused as refused:
            form.refuse(refused)
    return render(request, "supervision/exclusion_add.html", {"form": form, "rows": rows})


def exclusion_take_back(request: SignedIn, public_id: UUID) -> HttpResponse:
    """Their sessions can be booked again."""
    exclusion: Exclusion | None = (
        exclusions_of(_staff(request)).filter(public_id=public_id).first()
    )
    if exclusion is None:
        raise Http404
    form = ConfirmForm(posted(request), button="Take this back")
    if request.method == "POST":
        try:
            return send(
                request,
                lambda: take_back_exclusion(exclusion, by=request.user, at=request.at),
                lambda _: Answer(reverse("exclusion_add"), TAKEN_BACK),
            )
        except Refused as refused:
            form.refuse(refused)
    context = {
        "form": form,
        "heading": "Take this back",
        "paragraphs": [f"Sessions of {exclusion.supervisor.name} can be booked again."],
        "seen": "Nobody else can see this.",
        "back": reverse("exclusion_add"),
    }
    return render(request, "supervision/confirm.html", context)
