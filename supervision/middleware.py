"""Says on each request who is asking, and what a page answers while cover is being built."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from wellbeing.domain.viewer import Viewer

from .presenters.building import building_words
from .queries.stale import StillBuilding, at_most
from .queries.viewers import viewer_of

Handler = Callable[[HttpRequest], HttpResponse]


def viewer_middleware(get_response: Handler) -> Handler:
    """Adds `request.viewer` (a Viewer; of nobody where nobody is signed in) and `request.at`."""

    def handle(request: HttpRequest) -> HttpResponse:
        at = timezone.now()
        request.at = at  # type: ignore[attr-defined]
        request.on = timezone.localdate(at)  # type: ignore[attr-defined]

        def load() -> Viewer:
            if not request.user.is_authenticated:
                return Viewer(person=0)
            return viewer_of(request.user.pk, timezone.localdate(at))

        request.viewer = SimpleLazyObject(load)  # type: ignore[attr-defined]
        return get_response(request)

    return handle


class Building:
    """503 with Retry-After where a page would have to work out more people than one can wait for.

    Never an old figure: what is not built yet is not shown. A command waits instead.
    """

    def __init__(self, get_response: Handler) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with at_most(settings.COVER_STALE_AT_MOST):
            return self._get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        if not isinstance(exception, StillBuilding):
            return None
        page = render(request, "supervision/building.html", building_words(exception.number))
        page.status_code = 503
        page["Retry-After"] = "30"
        return page
