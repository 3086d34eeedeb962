"""For auditors: a sample under pseudonyms, from each figure back to offer, outcome and confirmation.

Each look is written down before anything is read: no audit, no page.
"""

from functools import partial
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from supervision.domain.sampling import pseudonym
from supervision.forms.coverage import ReleaseForm, month_ends
from supervision.forms.samples import SampleForm
from supervision.models import Sample
from supervision.operations.samples import draw_sample, keep_refusal, look
from supervision.presenters.samples import (
    row_lines,
    sample_csv,
    sample_lines,
    sample_more,
    sample_title,
)
from supervision.presenters.trace_words import late_words
from supervision.presenters.traces import (
    booking_blocks,
    changed_since,
    standing_words,
    sum_steps,
)
from supervision.queries.samples import (
    OPENED,
    TAKEN,
    TRACED,
    own_sample,
    own_samples,
    row_of,
    rows,
    sample_key,
)
from supervision.queries.traces import trace
from wellbeing.domain.refusals import Refused
from wellbeing.domain.roles import Strand
from wellbeing.operations.once import Answer
from wellbeing.presenters.dates import short_day
from wellbeing.request import SignedIn, posted
from wellbeing.views.sending import send


def _check(request: SignedIn) -> None:
    if not request.viewer.is_auditor:
        raise Http404


def _own(request: SignedIn, public_id: UUID) -> Sample:
    """One of this auditor's own; any other is not there."""
    _check(request)
    found = own_sample(request.viewer.person, public_id)
    if found is None:
        raise Http404
    return found


def sample_list(request: SignedIn) -> HttpResponse:
    """An auditor's own samples."""
    _check(request)
    lines = sample_lines(own_samples(request.viewer.person))
    return render(request, "supervision/sample_list.html", {"lines": lines})


def sample_make(request: SignedIn) -> HttpResponse:
    """Draws one; asked for again, the same is shown."""
    _check(request)
    # From a figure: its day and strand, where they are ones that can be asked.
    asked = ReleaseForm(request.GET, days=month_ends(request.on)).asked()
    form = SampleForm(
        posted(request), on=request.on, figure=(asked.on, asked.strand) if asked else None
    )
    if request.method == "POST" and form.is_valid():
        question = form.question()
        try:
            return send(
                request,
                lambda: draw_sample(question, by=request.user, at=request.at),
                lambda made: Answer(reverse("sample", args=[made.public_id])),
            )
        except Refused as refused:
            form.refuse(keep_refusal(question, refused, by=request.user, at=request.at))
    return render(request, "supervision/sample_make.html", {"form": form})


def sample(request: SignedIn, public_id: UUID) -> HttpResponse:
    """A row a person, as they stood when the sample was drawn."""
    found = _own(request, public_id)
    look(found, OPENED, by=request.user, at=request.at)
    context = {
        "sample": found,
        "title": sample_title(found),
        "more": sample_more(found),
        "lines": row_lines(found, rows(found)),
    }
    return render(request, "supervision/sample.html", context)


def sample_file(request: SignedIn, public_id: UUID) -> HttpResponse:
    """The same as a file."""
    found = _own(request, public_id)
    look(found, TAKEN, by=request.user, at=request.at)
    text = sample_csv(found, rows(found))
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    name = f"sample-{found.strand}-{found.on.isoformat()}-{found.size}-{found.seed}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def sample_trace(request: SignedIn, public_id: UUID, row: str) -> HttpResponse:
    """One row from its status back to each offer, outcome and confirmation, by today's facts."""
    drawn = _own(request, public_id)
    found = row_of(drawn, row)
    if found is None:
        raise Http404
    look(drawn, TRACED, by=request.user, at=request.at, row=found.pseudonym)
    member = found.member
    whole = trace(
        member.person_id, Strand(drawn.strand), drawn.on, limit_days=member.limit_days
    )
    host = partial(pseudonym, sample_key(), drawn.public_id, "H")
    now, then = standing_words(whole.now), standing_words(whole.then)
    context = {
        "sample": drawn,
        "title": sample_title(drawn),
        "line": row_lines(drawn, [found])[0],
        "day": short_day(drawn.on),
        "first": short_day(whole.first),
        "now": now,
        "then": then,
        "changed": changed_since(whole, member),
        "late": late_words(whole.late),
        "steps": sum_steps(whole),
        "bookings": booking_blocks(whole, host, request.at, settings.DISPUTE_DAYS),
    }
    return render(request, "supervision/sample_trace.html", context)
