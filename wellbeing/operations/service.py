"""The built-in person by whom the service does what it does itself."""

from wellbeing.models import Person

SERVICE_EMAIL = "service@localhost.invalid"


def service_person() -> Person:
    """Made when first asked for; cannot sign in."""
    found = Person.objects.filter(is_service=True).first()
    if found:
        return found
    person = Person(email=SERVICE_EMAIL, name="The service", is_service=True, is_active=False)
    person.set_unusable_password()
    person.save()
    return person
