"""What a calendar program reads by its secret address, without signing in (calendars.md)."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from wellbeing.operations.feed_contents import contents_of
from wellbeing.operations.feeds import note_read
from wellbeing.presenters.calendars import PAGES
from wellbeing.queries.feeds import feed_of
from wellbeing.request import SignedIn

TYPE = "text/calendar; charset=utf-8"
HEADERS = {
    "Cache-Control": "private",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}


@login_not_required
@require_safe
def calendar_feed(request: SignedIn, secret: str) -> HttpResponseBase:
    """The calendar, or 304 before any of its events is read; 404 for whatever is none.

    No `Content-Disposition`: it is read again and again, not taken away. No session is
    read: whoever has the address has the calendar.
    """
    feed = feed_of(secret, on=request.on)
    if feed is None:
        words = "" if request.method == "HEAD" else "Not found"
        return _with_headers(HttpResponse(words, content_type="text/plain", status=404))
    contents = contents_of(feed, on=request.on, pages=PAGES)
    note_read(feed, at=request.at)
    etag = f'"{contents.digest}"'
    answer: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    if answer is None and request.method == "HEAD":
        answer = HttpResponse(content_type=TYPE)
    if answer is None:
        answer = StreamingHttpResponse(contents.pieces(), content_type=TYPE)
    answer["ETag"] = etag
    return _with_headers(answer)


def _with_headers(response: HttpResponseBase) -> HttpResponseBase:
    for name, value in HEADERS.items():
        response[name] = value
    return response
