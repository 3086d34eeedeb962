"""A calendar program, as tests play it: an address, and what is in the calendar it gives."""

from typing import Any

from django.test import Client
from django.urls import reverse
from icalendar import Calendar

SECRET = "the-tests-know-this-secret"


def read(secret: str = SECRET, *, etag: str = "", method: str = "get", **more: Any) -> Any:
    headers = {"If-None-Match": etag} if etag else {}
    ask = getattr(Client(), method)
    return ask(reverse("calendar_feed", args=[secret]), headers=headers | more)


def events(answer: Any) -> list[Any]:
    assert answer.status_code == 200
    calendar = Calendar.from_ical(b"".join(answer.streaming_content))
    assert calendar.errors == []
    return list(calendar.walk("VEVENT"))


def summaries(answer: Any) -> list[str]:
    return [f"{e['DTSTART'].dt:%d %b} {e['SUMMARY']}" for e in events(answer)]
