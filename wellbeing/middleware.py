"""The door, and what goes wrong in a way a person can be told, turned into a page that tells."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from wellbeing.domain.refusals import Busy, NotAllowed
from wellbeing.views.sending import replay


class SignInRequired(LoginRequiredMiddleware):
    """Django's, but a page open to anyone does not even ask who is there.

    So Help now and the health page answer while the database is down, and nobody's session
    is read for them.
    """

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> Any:
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)


class Replays:
    """A form that was sent before, by the same person, is answered as it was then.

    Before the page is asked: what the form took back is not there a second time.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponse | None:
        if request.method != "POST" or not getattr(view_func, "login_required", True):
            return None
        return replay(request) if request.user.is_authenticated else None  # type: ignore[arg-type]


class Refusals:
    """`NotAllowed` is 403 with its sentence; `Busy` is 503 with Retry-After."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # Only where the page asked who is there: Help now does not, and stays unasked.
        if request.session.accessed and request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, NotAllowed):
            return render(request, "403.html", {"sentence": error.sentence}, status=403)
        if isinstance(error, Busy):
            # Without the request: drawing this page asks nothing of the database.
            page = HttpResponse(render_to_string("503.html"), status=503)
            page["Retry-After"] = "5"
            return page
        return None
