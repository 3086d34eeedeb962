"""For administrators: e-mails that could not be sent, and sending them again."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from wellbeing.operations.delivery import send_again
from wellbeing.operations.once import Answer
from wellbeing.presenters.messages import failed_line
from wellbeing.queries.messages import failed, failed_message, waiting_count
from wellbeing.request import SignedIn
from wellbeing.views.sending import send

PER_PAGE = 50


def message_list(request: SignedIn) -> HttpResponse:
    """To whom and since when; never what a message says or is about."""
    if not request.viewer.is_administrator:
        raise Http404
    page = Paginator(failed(), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": [failed_line(message) for message in page.object_list],
        "count": page.paginator.count,
        "waiting": waiting_count(request.at),
    }
    return render(request, "wellbeing/messages.html", context)


def message_send_again(request: SignedIn, public_id: UUID) -> HttpResponse:
    """A button of the list."""
    message = failed_message(public_id) if request.viewer.is_administrator else None
    if message is None or request.method != "POST":
        raise Http404
    words = f"The e-mail to {message.person.email} is sent again."
    return send(
        request,
        lambda: send_again(message, by=request.user, at=request.at),
        lambda _: Answer(reverse("message_list"), words),
    )
