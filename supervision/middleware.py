"""Says on each request who is asking: `request.viewer`, worked out when first looked at."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from wellbeing.domain.viewer import Viewer

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
