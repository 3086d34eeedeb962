"""What every page's frame needs: the navigation of whoever is signed in."""

from typing import Any

from django.http import HttpRequest


def page_frame(request: HttpRequest) -> dict[str, Any]:
    return {"navigation": []}
