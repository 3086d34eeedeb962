"""What every page's frame needs: the navigation of whoever is signed in."""

from typing import Any

from django.http import HttpRequest

from supervision.presenters.navigation import navigation


def page_frame(request: HttpRequest) -> dict[str, Any]:
    """`navigation`: the links that are this person's own; none before sign-in."""
    viewer = getattr(request, "viewer", None)
    user = getattr(request, "user", None)
    if viewer is None or user is None or not user.is_authenticated:
        return {"navigation": []}
    return {"navigation": navigation(viewer, request.path), "viewer": viewer}
