"""The ground: people, policy, what can be booked, and how a page looks."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class WellbeingConfig(AppConfig):
    name = "wellbeing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import checks, guards  # models exist only now  # noqa: F401

        pre_migrate.connect(guards.before_migrations, dispatch_uid="guards_off")
        post_migrate.connect(guards.after_migrations, dispatch_uid="guards_on")
