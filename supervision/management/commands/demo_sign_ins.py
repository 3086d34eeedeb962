"""Prints the demo's sign-ins, where the demo is what this database holds."""

from typing import Any

from django.core.management.base import BaseCommand

from supervision.operations.demo.cast import PASSWORD, SIGN_INS
from wellbeing.queries.hosts import host_by_email


class Command(BaseCommand):
    help = "Prints who can sign in to the demonstration."

    def handle(self, *args: Any, **options: Any) -> None:
        if host_by_email(SIGN_INS[0][0]) is None:
            return
        self.stdout.write(f"Sign in with the password {PASSWORD} as:")
        for email, what in SIGN_INS:
            self.stdout.write(f"  {email:26} {what}")
