"""Why somebody stands where they stand: one's own record, and those of one's people."""

from datetime import date
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render

from supervision.domain.strip import runs, window
from supervision.domain.timeline import (
    Reader,
    Timeline,
    sees_sessions,
    shown_to,
    since_shown,
    timeline,
)
from supervision.forms.record import RecordForm
from supervision.presenters.coverage_page import STRANDS
from supervision.presenters.standing import tag, why
from supervision.presenters.strip import Sessions, Strip, strip
from supervision.presenters.timeline import sentence, timeline_lines
from supervision.queries.record import Record, record
from supervision.queries.samples import days_looked_at
from wellbeing.domain.roles import Strand
from wellbeing.presenters.dates import day, short_day
from wellbeing.queries.people import Relation
from wellbeing.request import SignedIn
from wellbeing.views.people import load


def own_record(request: SignedIn) -> HttpResponse:
    """One's own clocks, any strand, any day."""
    context = _page(request, request.viewer.person, Reader.OWN)
    context["looked"] = [short_day(on) for on in days_looked_at(request.viewer.person)]
    return render(request, "supervision/record.html", context)


def person_why(request: SignedIn, public_id: UUID) -> HttpResponse:
    """The same of somebody a lead may see; a line manager sees less of it (domain.md)."""
    relation = load(request, public_id)
    if not relation.sees_cover:
        raise Http404
    reader = reader_of(relation)
    context = _page(request, relation.person.pk, reader)
    context |= {"who": relation.person, "is_manager": reader == Reader.MANAGER}
    return render(request, "supervision/record.html", context)


def reader_of(relation: Relation) -> Reader:
    """A lead reads as a lead also of those whom they manage: what they may see as one is theirs."""
    return Reader.LEAD if relation.is_lead else Reader.MANAGER


def _page(request: SignedIn, person: int, reader: Reader) -> dict[str, object]:
    form = RecordForm(request.GET, on=request.on, reader=reader)
    asked = form.asked()
    context: dict[str, object] = {"form": form}
    if asked:
        strand, on = asked
        facts = record(person, strand, with_hosts=sees_sessions(reader, strand))
        context |= _shown(facts, reader, strand, on, today=request.on)
    return context


def _shown(
    facts: Record, reader: Reader, strand: Strand, on: date, *, today: date
) -> dict[str, object]:
    whole = timeline(facts.who, facts.policy, on)
    shown = shown_to(reader, strand, whole)
    one = whole.standing
    now, earlier = timeline_lines(shown, reader, strand, facts)
    return {
        "strand": STRANDS[strand],
        "day": day(on),
        "today": day(today),
        "is_today": on == today,
        "one": one,
        "tag": tag(one) if one else None,
        "words": sentence(strand, one, reader, is_today=on == today) if one else "",
        "why": why(one) if one else "",
        "now": now,
        "earlier": earlier,
        "strip": _strip(facts, reader, strand, whole) if facts.who.postings else None,
    }


def _strip(facts: Record, reader: Reader, strand: Strand, whole: Timeline) -> Strip:
    first, last = window(whole.on, since_shown(reader, strand, whole))
    shown = runs(facts.spans, first.toordinal(), last.toordinal())
    return strip(STRANDS[strand], shown, _sessions(facts, reader, strand, whole), whole.on)


def _sessions(facts: Record, reader: Reader, strand: Strand, whole: Timeline) -> Sessions:
    """Days to be marked; where no sessions are shown, the last one's alone."""
    one = whole.standing
    if not sees_sessions(reader, strand):
        return {one.last_counted_on: True} if one and one.last_counted_on else {}
    found: Sessions = {}
    for credit in facts.who.credits:
        found[credit.held.on] = found.get(credit.held.on, False) or credit.counts
    return found
