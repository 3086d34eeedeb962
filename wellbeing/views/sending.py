"""What every POST goes through: done once, and answered with a banner on another page."""

from collections.abc import Callable
from hashlib import sha256
from typing import TypeVar
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from wellbeing.operations.once import Answer, Sent, once
from wellbeing.queries.forms import kept_answer
from wellbeing.request import FORM_TOKEN, SignedIn

R = TypeVar("R")
# Differs from page to page, and says nothing of what was filled in.
NOT_FILLED_IN = {FORM_TOKEN, "csrfmiddlewaretoken"}


def send(
    request: SignedIn,
    perform: Callable[[], R],
    answer: Callable[[R], Answer],
    *,
    check: Callable[[], None] | None = None,
) -> HttpResponse:
    """Performs what the form asks for and redirects; the same form again, the same answer.

    `check` is the look before the transaction. Raises `Refused` for the form to show.
    """
    sent = _sent(request)
    if check:
        check()
    given = answer(perform()) if sent is None else once(sent, perform, answer)
    return _answered(request, given)


def replay(request: SignedIn) -> HttpResponse | None:
    """The first answer, where this very form was sent before; asked before any page is.

    For what the form was about may be gone by now, or the person's to see no more.
    """
    sent = _sent(request)
    kept = kept_answer(sent.person.pk, sent.token, sent.digest) if sent else None
    return _answered(request, Answer(**kept)) if kept else None


def _answered(request: SignedIn, given: Answer) -> HttpResponse:
    if given.words:
        messages.success(request, given.words)
    return redirect(given.address)


def _sent(request: SignedIn) -> Sent | None:
    """None where the form brings no token, or one that is none: it is done as it comes."""
    try:
        token = UUID(request.POST.get(FORM_TOKEN, ""))
    except ValueError:
        return None
    filled = sorted((n, v) for n, v in request.POST.lists() if n not in NOT_FILLED_IN)
    digest = sha256(repr([request.path, filled]).encode("utf-8", "surrogatepass")).hexdigest()
    return Sent(request.user, token, digest, request.at)
