"""Gives somebody a role: how a new installation gets its first administrator."""

import sys
from argparse import ArgumentParser
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.management.base import BaseCommand
from django.urls import reverse
from django.utils import timezone

from wellbeing.domain.csv_values import email
from wellbeing.domain.refusals import Refused
from wellbeing.domain.roles import Role
from wellbeing.management.arguments import name, text
from wellbeing.models import Person
from wellbeing.operations.grants import grant_role
from wellbeing.operations.service import service_person
from wellbeing.queries.areas import area_named


class Command(BaseCommand):
    help = "Gives a role; makes the account if there is none and prints its invitation."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("role", metavar="ROLE", choices=[r.value for r in Role])
        parser.add_argument("email", type=text, metavar="EMAIL")
        parser.add_argument(
            "--area", type=name, metavar="NAME", help="of an area_lead: the Area's name"
        )
        parser.add_argument("--reason", type=text, metavar="TEXT", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            address = email(options["email"])
        except ValueError as error:
            self._stop(str(error))
        if len(options["reason"]) > 200:
            self._stop("--reason has more than 200 characters. Shorten it.")
        if (options["role"] == Role.AREA_LEAD) != bool(options["area"]):
            self._stop("--area goes with area_lead, which needs it, and with no other role.", 2)
        area = area_named(options["area"]) if options["area"] else None
        if options["area"] and area is None:
            self._stop(f"No Area is called {options['area']!r}. Import the people first.")
        try:
            person, made = grant_role(
                Role(options["role"]),
                address,
                area=area,
                reason=options["reason"],
                by=service_person(),
                at=timezone.now(),
                on=timezone.localdate(),
            )
        except Refused as refused:
            self._stop(refused.sentence)
        self.stdout.write(f"{person.email} is {options['role']}.")
        if made or not person.has_usable_password():
            self.stdout.write(f"To set a password, they open:\n{_invitation(person)}")

    def _stop(self, sentence: str, code: int = 1) -> Any:
        self.stderr.write(sentence)
        sys.exit(code)


def _invitation(person: Person) -> str:
    key = default_token_generator.make_token(person)
    path = reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": user_pk_to_url_str(person), "key": key},
    )
    return settings.SITE_ORIGIN + path
