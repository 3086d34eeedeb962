"""Turns what goes wrong in a way a person can be told into a page that tells them."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from wellbeing.domain.refusals import Busy, NotAllowed


class Refusals:
    """`NotAllowed` is 403 with its sentence; `Busy` is 503 with Retry-After."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, "user", None) and request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, NotAllowed):
            return render(request, "403.html", {"sentence": error.sentence}, status=403)
        if isinstance(error, Busy):
            page = render(request, "503.html", status=503)
            page["Retry-After"] = "5"
            return page
        return None
