"""Finding a person, and the loader of a person's pages."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render

from wellbeing.forms.people import FindForm
from wellbeing.presenters.establishment import area_rows, prosecutors_words
from wellbeing.queries.establishment import loaded_of
from wellbeing.queries.people import Relation, found, related
from wellbeing.request import SignedIn

PER_PAGE = 50


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
    context: dict[str, object] = {"form": form, "page": page, "words": words}
    context["count"] = page.paginator.count
    if viewer.is_lead and not words:
        comparison = loaded_of(viewer, request.on)
        context["establishment"] = prosecutors_words(comparison.total)
        context["establishment_on"] = request.on
        context["areas"] = area_rows(comparison)
    return render(request, "wellbeing/people.html", context)


def load(request: SignedIn, public_id: UUID) -> Relation:
    """The loader is the access check: 404 for whoever has no relation to the person."""
    relation = related(request.viewer, public_id, request.on)
    if relation is None:
        raise Http404
    return relation
