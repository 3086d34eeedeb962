"""A person's page as their manager, lead or administrator sees it: it needs both sides."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from supervision.presenters.standing import check_in_to_manager, last_seen, tag, to_manager, why
from supervision.queries.home import own_standing
from wellbeing.domain.roles import Strand
from wellbeing.presenters.people import absence_lines, posting_lines
from wellbeing.queries.check_ins import check_ins_of
from wellbeing.queries.people import absences_of, grants_of, postings_of
from wellbeing.request import SignedIn
from wellbeing.views.people import load

MOST_CHECK_INS = 20


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
        standing = own_standing(who.pk, Strand.SUPERVISION, request.on)
        context["absences"] = absence_lines(absences_of(who), who, request.on)
        context["standing"] = standing
        if standing:
            context |= {
                "tag": tag(standing),
                "words": to_manager(standing),
                "why": why(standing),
                "last_seen": last_seen(standing),
            }
    if relation.is_manager:
        check_in = own_standing(who.pk, Strand.CHECK_IN, request.on)
        context["check_in"] = check_in_to_manager(check_in) if check_in else ""
        context["check_ins"] = check_ins_of(who.pk)[:MOST_CHECK_INS]
    if relation.is_administrator:
        context["grants"] = grants_of(who)
    return render(request, "supervision/person.html", context)
