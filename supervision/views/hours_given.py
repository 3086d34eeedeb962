"""Hours given in a month: a supervisor's own, for the invoice; for leads those of all."""

from datetime import date

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render

from supervision.domain.hours_given import month_of
from supervision.forms.hours_given import MonthForm
from supervision.operations.files import people_taken
from supervision.presenters.hours_files import all_taken, own_taken
from supervision.presenters.hours_given import (
    BECAME,
    KINDS,
    contract_words,
    given_lines,
    kinds_of,
    month_words,
    session_lines,
    supervisor_lines,
    total_line,
)
from supervision.presenters.take_away import links
from supervision.queries.hours_given import (
    MonthGiven,
    SessionGiven,
    all_given,
    own_contract,
    own_sessions,
    total,
)
from wellbeing.request import SignedIn

from .file_answers import check_kind, known_now, written


def hours_given(request: SignedIn) -> HttpResponse:
    """A supervisor's own month, session by session."""
    form, first = _own(request)
    context: dict[str, object] = {"form": form}
    if first:
        sessions = _sessions(request, first)
        given = total(sessions)
        kinds = kinds_of(given)
        contract = own_contract(request.viewer.person, *month_of(first))
        context |= {
            **_month(request, first),
            "contract": contract_words(contract, first),
            "kinds": [KINDS[kind] for kind in kinds],
            "lines": given_lines(given, kinds),
            "sessions": session_lines(sessions),
            "figure_files": links("hours_given_file", f"month={first:%Y-%m}"),
        }
    return render(request, "supervision/hours_given.html", context)


def hours_given_file(request: SignedIn, kind: str) -> HttpResponseBase:
    """The same as a file, a row a session."""
    _, first = _own(request)
    if first is None:
        raise Http404
    return written(kind, own_taken(_sessions(request, first), first, known=known_now(request)))


def supervisors_hours(request: SignedIn) -> HttpResponse:
    """For leads: a row a supervisor, against the hours contracted."""
    form, first = _led(request)
    context: dict[str, object] = {"form": form}
    if first:
        months = _months(request, first)
        context |= {
            **_month(request, first),
            "lines": supervisor_lines(months),
            "total": total_line(months),
            "became": list(BECAME.values()),
            "supervisor_files": links("supervisors_hours_file", f"month={first:%Y-%m}"),
        }
    return render(request, "supervision/supervisors_hours.html", context)


def supervisors_hours_file(request: SignedIn, kind: str) -> HttpResponseBase:
    """The same as a file, in minutes; it names supervisors, so that it was taken is written down."""
    _, first = _led(request)
    check_kind(kind)
    if first is None:
        raise Http404
    months = _months(request, first)
    people_taken(
        "supervisors-hours",
        by=request.user,
        at=request.at,
        kind=kind,
        number=len(months),
        asked={"month": f"{first:%Y-%m}"},
    )
    return written(kind, all_taken(months, first, known=known_now(request)))


def _own(request: SignedIn) -> tuple[MonthForm, date | None]:
    if not request.viewer.is_supervisor:
        raise Http404
    form = MonthForm(request.GET, on=request.on)
    return form, form.first()


def _led(request: SignedIn) -> tuple[MonthForm, date | None]:
    if not request.viewer.is_lead:
        raise Http404
    form = MonthForm(request.GET, on=request.on)
    return form, form.first()


def _sessions(request: SignedIn, first: date) -> list[SessionGiven]:
    return own_sessions(request.viewer.person, *month_of(first), at=request.at)


def _months(request: SignedIn, first: date) -> list[MonthGiven]:
    return all_given(request.viewer, *month_of(first), at=request.at)


def _month(request: SignedIn, first: date) -> dict[str, object]:
    return {
        "month": month_words(first),
        "is_running": month_of(first)[1] >= request.on,
    }
