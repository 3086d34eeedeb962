"""A supervisor's people and groups; and for leads, agreements whose review is due."""

from uuid import UUID

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from supervision.forms.agreements import ConfirmForm
from supervision.models import Agreement
from supervision.operations.agreements import decline, record_review
from supervision.presenters.agreements import (
    group_lines,
    lapse_line,
    person_line,
    review_line,
)
from supervision.queries.agreements import agreement_with, reviews_due, supervised_by
from supervision.queries.groups import counts_of, groups_of
from supervision.queries.lapses import lapsed
from wellbeing.domain.refusals import Refused
from wellbeing.operations.once import Answer
from wellbeing.request import SignedIn, posted
from wellbeing.views.sending import send

PER_PAGE = 50


def my_people(request: SignedIn) -> HttpResponse:
    """Name, next and last session, agreement and review; and one's groups."""
    if not request.viewer.is_supervisor:
        raise Http404
    groups = list(groups_of(request.viewer, as_supervisor=True))
    people = supervised_by(request.viewer.person, request.at)
    context = {
        "lines": [person_line(one, request.on) for one in people],
        "groups": group_lines(groups, counts_of(groups), with_host=False),
    }
    return render(request, "supervision/my_people.html", context)


def _load(request: SignedIn, public_id: UUID) -> Agreement:
    found = agreement_with(request.viewer.person, public_id)
    if found is None or not request.viewer.is_supervisor:
        raise Http404
    return found


def agreement_decline(request: SignedIn, public_id: UUID) -> HttpResponse:
    """A supervisor does not take on somebody who has chosen them; no reason asked."""
    agreement = _load(request, public_id)
    form = ConfirmForm(posted(request), button="Decline this agreement")
    if request.method == "POST":
        try:
            return send(
                request,
                lambda: decline(agreement, by=request.user, at=request.at),
                lambda _: Answer(
                    reverse("my_people"), "Declined. They are told, and choose again."
                ),
            )
        except Refused as refused:
            form.refuse(refused)
    context = {
        "form": form,
        "heading": f"Decline the agreement with {agreement.person.name}",
        "paragraphs": [
            "You do not need to say why. You can do so until your first session with them.",
            "A session that is booked stays. If you cannot hold it, cancel it in your diary.",
        ],
        "seen": "They are told by e-mail that you cannot take on anybody new at the moment, and"
        " that it has nothing to do with them.",
        "back": reverse("my_people"),
    }
    return render(request, "supervision/confirm.html", context)


def agreement_review(request: SignedIn, public_id: UUID) -> HttpResponse:
    """The two have looked at the agreement together; the next review is a year away."""
    agreement = _load(request, public_id)
    form = ConfirmForm(posted(request), button="We have reviewed it")
    if request.method == "POST":
        try:
            return send(
                request,
                lambda: record_review(agreement, by=request.user, at=request.at),
                lambda _: Answer(reverse("my_people"), "The review is recorded for today."),
            )
        except Refused as refused:
            form.refuse(refused)
    context = {
        "form": form,
        "heading": f"Review of the agreement with {agreement.person.name}",
        "paragraphs": [
            "Say so once you have talked about how the supervision goes and both want to go on."
            " Nothing of what was said is recorded.",
        ],
        "seen": "They and their wellbeing lead see when the next review is due.",
        "back": reverse("my_people"),
    }
    return render(request, "supervision/confirm.html", context)


def agreements(request: SignedIn) -> HttpResponse:
    """For leads: what ends with a registration, and whose agreement is to be reviewed."""
    if not request.viewer.is_lead:
        raise Http404
    page = Paginator(reviews_due(request.viewer, request.on), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "lines": [review_line(one, request.on) for one in page.object_list],
        "lapses": [lapse_line(one, request.on) for one in lapsed(request.viewer, request.on)],
        "unregistered_days": settings.AGREEMENT_UNREGISTERED_DAYS,
        "count": page.paginator.count,
        "page": page,
    }
    return render(request, "supervision/agreements.html", context)
