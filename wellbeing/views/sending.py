"""What every POST goes through: done once, and answered with a banner on another page."""

from collections.abc import Callable
from hashlib import sha256
from typing import TypeVar
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from wellbeing.operations.once import Answer, Sent, once
from wellbeing.request import SignedIn

R = TypeVar("R")
FIELD = "form_token"
# Differs from page to page, and says nothing of what was filled in.
NOT_FILLED_IN = {FIELD, "csrfmiddlewaretoken"}


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
    if sent is None:
        if check:
            check()
        given = answer(perform())
    else:
        given = once(sent, perform, answer, check=check)
    if given.words:
        messages.success(request, given.words)
    return redirect(given.address)


def _sent(request: SignedIn) -> Sent | None:
    """None where the form brings no token, or one that is none: it is done as it comes."""
    try:
        token = UUID(request.POST.get(FIELD, ""))
    except ValueError:
        return None
    filled = sorted((n, v) for n, v in request.POST.lists() if n not in NOT_FILLED_IN)
    digest = sha256(repr([request.path, filled]).encode("utf-8", "surrogatepass")).hexdigest()
    return Sent(request.user, token, digest, request.at)
