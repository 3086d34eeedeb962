"""What `manage.py check` asks of an installation."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Warning, register
from django.db import connections

from wellbeing import assets, guards, ports


@register()
def front_end_files(**kwargs: Any) -> list[CheckMessage]:
    """The style sheets and scripts have been fetched, as the lock names them."""
    hint = "Run manage.py fetch_assets."
    if not assets.are_there():
        return [Error("The front-end files are missing.", hint=hint, id="wellbeing.E003")]
    if not assets.are_current():
        return [Warning("The front-end files are old.", hint=hint, id="wellbeing.W001")]
    return []


@register()
def ports_answered(**kwargs: Any) -> list[CheckMessage]:
    """Every port has somebody who answers; a wrong name would show only at its first use."""
    found: list[CheckMessage] = []
    for name in ports.NAMES:
        try:
            answer = ports.answerer(name)
        except (ImportError, KeyError) as error:
            found.append(Error(f"Nobody answers the port {name}: {error}", id="wellbeing.E001"))
            continue
        if not callable(answer):
            found.append(Error(f"The port {name} names no function.", id="wellbeing.E001"))
    return found


@register("database")
def guards_in_place(
    databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """No guard was lost (`check --database default`)."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        found += [
            Error(
                f"The database guard {name} is missing.",
                hint="Run migrate.",
                id="wellbeing.E002",
            )
            for name in guards.missing(connections[alias])
        ]
    return found
