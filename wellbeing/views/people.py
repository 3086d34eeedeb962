"""Finding a person, and a person's page as their manager, lead or administrator sees it."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render

from wellbeing.forms.people import FindForm
from wellbeing.presenters.people import absence_lines, posting_lines
from wellbeing.queries.check_ins import check_ins_of
from wellbeing.queries.people import (
    Relation,
    absences_of,
    found,
    grants_of,
    postings_of,
    related,
)
from wellbeing.request import SignedIn

PER_PAGE = 50
MOST_CHECK_INS = 20


def people(request: SignedIn) -> HttpResponse:
    """By name, e-mail or staff number, fifty a page."""
    viewer = request.viewer
    if not (viewer.is_lead or viewer.is_administrator or viewer.is_line_manager):
        raise Http404
    form = FindForm(request.GET or None)
    words = form.cleaned_data["q"] if form.is_bound and form.is_valid() else ""
    page = Paginator(found(viewer, words, request.on), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {"form": form, "page": page, "count": page.paginator.count, "words": words}
    return render(request, "wellbeing/people.html", context)


def load(request: SignedIn, public_id: UUID) -> Relation:
    """The loader is the access check: 404 for whoever has no relation to the person."""
    relation = related(request.viewer, public_id, request.on)
    if relation is None:
        raise Http404
    return relation


def person(request: SignedIn, public_id: UUID) -> HttpResponse:
    """What this viewer's relation lets them see, and nothing else is asked for."""
    relation = load(request, public_id)
    who = relation.person
    context: dict[str, object] = {
        "relation": relation,
        "who": who,
        "postings": posting_lines(postings_of(who)),
    }
    if relation.sees_cover:
        context["absences"] = absence_lines(absences_of(who), who, request.on)
    if relation.is_manager:
        context["check_ins"] = check_ins_of(who.pk)[:MOST_CHECK_INS]
    if relation.is_administrator:
        context["grants"] = grants_of(who)
    return render(request, "wellbeing/person.html", context)
