"""A signed-in request, as the views' type: who asks, and the one reading of the clock."""

from datetime import date, datetime

from django.http import HttpRequest, QueryDict

from wellbeing.domain.viewer import Viewer
from wellbeing.models import Person

# The hidden field of every form that posts (wellbeing/views/sending.py).
FORM_TOKEN = "form_token"


class SignedIn(HttpRequest):
    """What the middleware makes of a request; views below sign-in take this type."""

    user: Person  # type: ignore[assignment]
    viewer: Viewer
    at: datetime
    on: date


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: the body of a POST, an empty one too; None on a GET."""
    return request.POST if request.method == "POST" else None
