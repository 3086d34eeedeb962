"""The log holds no secret of a calendar's address, whoever writes the line."""

import logging
import logging.config
from typing import Any

import pytest
from django.test import Client

from tests.wellbeing.feeds import SECRET, read
from wellbeing.logs import WithoutSecrets


@pytest.mark.django_db
def test_no_log_line_holds_a_secret(caplog: Any) -> None:
    with caplog.at_level(logging.DEBUG):
        read("a-wrong-secret")
        read(SECRET, method="post")
        Client().get("/calendar/half-of-a-secret")
    lines = [r for r in caplog.records if "/calendar/" in r.getMessage()]
    assert len(lines) == 3
    written = [WithoutSecrets().format(r) for r in lines]
    assert written == [
        "Not Found: /calendar/….ics",
        "Method Not Allowed (POST): /calendar/….ics",
        "Not Found: /calendar/….ics",
    ]


def test_every_handler_takes_secrets_out(settings: Any) -> None:
    """Nothing that Django or gunicorn set up for themselves writes a line of its own."""
    logging.config.dictConfig(settings.LOGGING)
    for name in (None, "django", "django.request", "django.server", "gunicorn.error"):
        logger: Any = logging.getLogger(name)
        handlers = []
        while logger:
            handlers += logger.handlers
            logger = logger.parent if logger.propagate else None
        ours = [h for h in handlers if type(h) is logging.StreamHandler]
        assert ours, name
        assert all(isinstance(h.formatter, WithoutSecrets) for h in ours), name
