"""What `manage.py check` asks of an installation."""

import sqlite3
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connections

from wellbeing import assets, guards, ports
from wellbeing.queries.invariants import named_checks

FETCH = "Run manage.py fetch_assets."
# The first SQLite whose log cannot damage a database with several writing processes.
SOUND_SQLITE = (3, 51, 3)


@register(Tags.staticfiles)
def front_end_files(**kwargs: Any) -> list[CheckMessage]:
    """The style sheets and scripts have been fetched, as the lock names them.

    A warning, so that a database can be migrated before they are.
    """
    if not assets.are_there():
        return [Warning("The front-end files are missing.", hint=FETCH, id="wellbeing.W003")]
    if not assets.are_current():
        return [Warning("The front-end files are old.", hint=FETCH, id="wellbeing.W001")]
    return []


@register(Tags.staticfiles, deploy=True)
def front_end_files_deployed(**kwargs: Any) -> list[CheckMessage]:
    """The same as an error: a service without its style sheets is not to be deployed."""
    if assets.are_there():
        return []
    return [Error("The front-end files are missing.", hint=FETCH, id="wellbeing.E003")]


@register(Tags.compatibility)
def sqlite_is_sound(**kwargs: Any) -> list[CheckMessage]:
    """SQLite 3.7.0 to 3.51.2 can damage a file that several processes write (reliability.md §1).

    Silenced in the demonstration, in development and in tests (wellbeing/settings.py).
    """
    used = any(connections[alias].vendor == "sqlite" for alias in connections)
    if not used or sqlite3.sqlite_version_info >= SOUND_SQLITE:
        return []
    return [
        Warning(
            f"SQLite {sqlite3.sqlite_version} can damage a database that several processes write.",
            hint="Use PostgreSQL, or SQLite 3.51.3 or newer (docs/operations.md).",
            id="wellbeing.W002",
        )
    ]


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


@register()
def invariants_named(**kwargs: Any) -> list[CheckMessage]:
    """Every name of settings.INVARIANTS is a list of checks, or an audit would miss some."""
    found: list[CheckMessage] = []
    for name in settings.INVARIANTS:
        try:
            named_checks(name)
        except ImportError as error:
            found.append(Error(f"settings.INVARIANTS: {error}", id="wellbeing.E005"))
    return found


@register(Tags.caches, deploy=True)
def tries_are_counted(**kwargs: Any) -> list[CheckMessage]:
    """The folder where tries at signing in are counted can be written; else nobody signs in."""
    try:
        cache.set("check", 1, 1)
    except OSError as error:
        hint = "Set CACHE_FOLDER to a folder that the service can write."
        return [Error(f"Tries are not counted: {error}", hint=hint, id="wellbeing.E004")]
    return []


@register(Tags.security, deploy=True)
def samples_have_a_key(**kwargs: Any) -> list[CheckMessage]:
    """Auditors' samples have a key of their own; a warning, for the service runs without them."""
    if settings.SAMPLE_KEY and settings.SAMPLE_KEY != settings.SECRET_KEY:
        return []
    words = "No auditor can draw a sample: SAMPLE_KEY is not set, or the same as SECRET_KEY."
    return [Warning(words, hint="See docs/operations.md.", id="wellbeing.W004")]


@register(Tags.database, deploy=True)
def guards_in_place(
    databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """No guard was lost (`check --deploy --database default`).

    Under --deploy alone: `migrate` runs all other database checks first, and would refuse to
    put back what this one misses.
    """
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
