"""Somebody with an account and a password. For tests of the door only."""

from typing import Any

from tests.factories import make_person
from wellbeing.models import Person

PASSWORD = "three words that differ"


def a_person(email: str = "asha.patel@cps.example", **more: Any) -> Person:
    """Somebody from the staff list; with a password where one is given."""
    password = more.pop("password", None)
    person = make_person("Asha Patel", email=email, staff=True, **more)
    if password:
        person.set_password(password)
        person.save()
    return person
