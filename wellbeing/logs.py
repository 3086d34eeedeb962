"""What the log must never hold: the secret in a calendar's address."""

import logging
import re
from typing import Any

# Whatever stands where a secret would, also where somebody copied half of an address.
_SECRET = re.compile(r"(?<=/calendar/)(?!mine/)[^/\s?\"']+")

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    # Calendars are read by secret addresses: whatever writes a line writes it through this.
    "formatters": {
        "plain": {
            "()": "wellbeing.logs.WithoutSecrets",
            "format": "%(asctime)s %(levelname)s %(name)s: %(message)s",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        # Django's and gunicorn's own handlers would write addresses as they are.
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": [], "level": "INFO", "propagate": True},
        # A line for each look at an empty queue is no news.
        "django_tasks": {"level": "WARNING"},
        "django_tasks_db": {"level": "WARNING"},
        "gunicorn.error": {"handlers": ["console"], "propagate": False},
        "gunicorn.access": {"handlers": ["console"], "propagate": False},
    },
}


class WithoutSecrets(logging.Formatter):
    """Formats a line, its traceback included, and takes secrets out of it last of all."""

    def format(self, record: logging.LogRecord) -> str:
        return without_secrets(super().format(record))


def without_secrets(text: str) -> str:
    """`/calendar/….ics` in the place of every calendar's address."""
    return _SECRET.sub("….ics", text)
