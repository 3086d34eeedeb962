"""Who may open what: every address, as every member of the cast, against a literal table."""

from collections.abc import Callable, Iterator
from typing import Any

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from supervision.operations.files import PEOPLE_TAKEN
from supervision.queries.samples import LOOKS
from tests.access import ALL, ELSEWHERE, LETTERS, OPEN, addresses, url
from tests.conftest import Cast, Visitor
from tests.world import make_world
from wellbeing.models import Person


def names(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern.url_patterns)
        else:
            assert pattern.name, f"{pattern.pattern} has no name"
            yield pattern.name


def test_every_address_is_in_the_table(cast: Cast) -> None:
    listed = {name for name, _, _ in addresses(cast, make_world(cast))}
    assert set(names(get_resolver().url_patterns)) == listed | ELSEWHERE


def test_everybody_opens_what_is_theirs_and_nothing_else(
    cast: Cast, as_: Callable[[Person], Visitor]
) -> None:
    world = make_world(cast)
    wrong: list[str] = []
    for letter, member in LETTERS.items():
        client = as_(getattr(cast, member)).client
        for name, args, who in addresses(cast, world):
            status = client.get(url(name, args)).status_code
            may = who == OPEN or letter in who
            if may and status not in (200, 302):
                wrong.append(f"{member} should open {name} and got {status}")
            if not may and status not in (403, 404):
                wrong.append(f"{member} opened {name} with {status}")
    assert wrong == []


def test_nobody_opens_anything_without_signing_in(cast: Cast) -> None:
    client = Client()
    for name, args, who in addresses(cast, make_world(cast)):
        answer = client.get(url(name, args))
        if who == OPEN:
            assert answer.status_code in (200, 302), name
            assert not answer.headers.get("Location", "").startswith("/accounts/login/"), name
        else:
            assert answer.status_code == 302, name
            assert answer["Location"].startswith("/accounts/login/"), name


def test_anothers_booking_and_record_are_not_there(
    cast: Cast, as_: Callable[[Person], Visitor]
) -> None:
    world = make_world(cast)
    for who in (cast.paralegal, cast.manager, cast.supervisor, cast.lead):
        assert as_(who).get("booking_detail", world.booking.public_id).status_code == 404
        answer = as_(who).post("booking_cancel", world.booking.public_id, reason="court")
        assert answer.status_code == 404
    for who in (cast.paralegal, cast.supervisor, cast.facilitator, cast.auditor):
        assert as_(who).get("person", cast.prosecutor.public_id).status_code == 404
    world.booking.refresh_from_db()
    assert world.booking.status == "booked"


def test_a_get_changes_nothing(cast: Cast, as_: Callable[[Person], Visitor]) -> None:
    from django.apps import apps  # beside its one use

    world = make_world(cast)

    def counted() -> dict[str, Any]:
        kept = [
            m for m in apps.get_models() if m._meta.app_label in ("wellbeing", "supervision")
        ]
        found = {m.__name__: list(m._base_manager.order_by("pk").values()) for m in kept}
        # That somebody looked at others' rows is written down whenever they do (reliability.md §6).
        looks = {*LOOKS, PEOPLE_TAKEN}
        found["AuditRow"] = [row for row in found["AuditRow"] if row["verb"] not in looks]
        return found

    clients = {letter: as_(getattr(cast, m)).client for letter, m in LETTERS.items()}
    before = counted()
    for letter in ALL:
        for name, args, who in addresses(cast, world):
            if (who == OPEN or letter in who) and name != "account_logout":
                clients[letter].get(url(name, args))
    assert counted() == before
