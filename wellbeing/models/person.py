"""Anyone with an account: staff, clinical supervisors, leads, auditors, the service itself."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from wellbeing.domain.privacy import ACCOUNT, INTERNAL, PERSONAL, SERVICE, WITH_ROW
from wellbeing.domain.public_id import new_public_id


class PersonManager(BaseUserManager["Person"]):
    """Finds people by e-mail without regard to case."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """A person signs in by e-mail. What they are is told by postings, registrations, grants."""

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    email = models.EmailField("work email address", max_length=254)
    name = models.CharField(max_length=200)
    # None for people outside the staff list: external supervisors, auditors.
    staff_number = models.CharField(max_length=32, null=True, unique=True)
    is_active = models.BooleanField(default=True)
    # The person by whom the service does what it does itself; never signs in.
    is_service = models.BooleanField(default=False)

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="person_email_once"),
            models.UniqueConstraint(
                fields=["is_service"],
                condition=models.Q(is_service=True),
                name="person_one_service",
            ),
        ]
        indexes = [models.Index(fields=["name"], name="person_by_name")]

    class Privacy:
        public_id = (INTERNAL, ACCOUNT)
        email = (PERSONAL, SERVICE)
        name = (PERSONAL, SERVICE)
        staff_number = (PERSONAL, SERVICE)
        is_active = (INTERNAL, ACCOUNT)
        is_service = (INTERNAL, ACCOUNT)
        password = (PERSONAL, ACCOUNT)
        last_login = (PERSONAL, WITH_ROW)

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name
