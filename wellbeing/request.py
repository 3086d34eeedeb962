"""A signed-in request, as the views' type: who asks, and the one reading of the clock."""

from datetime import date, datetime

from django.http import HttpRequest

from wellbeing.domain.viewer import Viewer
from wellbeing.models import Person


class SignedIn(HttpRequest):
    """What the middleware makes of a request; views below sign-in take this type."""

    user: Person  # type: ignore[assignment]
    viewer: Viewer
    at: datetime
    on: date
