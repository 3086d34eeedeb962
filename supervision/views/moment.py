"""Pages that add up what several queries read: all of it is of one moment."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpResponse

from supervision.queries.one_moment import one_moment
from wellbeing.request import SignedIn

P = ParamSpec("P")
Page = Callable[Concatenate[SignedIn, P], HttpResponse]


def of_one_moment(view: Page[P]) -> Page[P]:
    """For a page that only reads: whatever is written while it is worked out, it adds up."""

    @wraps(view)
    def page(request: SignedIn, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        with one_moment():
            return view(request, *args, **kwargs)

    return page
