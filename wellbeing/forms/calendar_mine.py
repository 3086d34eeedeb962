"""My calendar: its words, and the addresses by which my programs read it."""

from typing import Any

from django import forms
from django.core import signing

from .govuk import GovukForm

GONE = "This page has been open too long. Go back and open it again"
# So long a page that offers an address may stay open.
OFFERED_SECONDS = 24 * 60 * 60


class PreferencesForm(GovukForm):
    """The words in my calendar, and whether I am reminded."""

    submit = "Save"

    wording = forms.CharField(
        label="Words in my calendar",
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
    )
    wants_reminders = forms.BooleanField(
        label="Remind me by e-mail before a session", required=False
    )

    def __init__(self, *args: Any, default: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[
            "wording"
        ].help_text = (
            f"People look over shoulders, and share calendars. Leave it empty for “{default}”."
        )


class NewAddressForm(GovukForm):
    """A secret that the page offers, sealed, so that a form sent twice asks for the same one."""

    submit = "Make a new address"

    offered = forms.CharField(widget=forms.HiddenInput, max_length=300)

    def __init__(self, *args: Any, person: int, secret: str, **kwargs: Any) -> None:
        self.person = person
        super().__init__(*args, initial={"offered": seal(person, secret)}, **kwargs)

    def clean_offered(self) -> str:
        secret = unseal(self.person, self.cleaned_data["offered"], OFFERED_SECONDS)
        if secret is None:
            raise forms.ValidationError(GONE)
        return secret


class MakeAddressForm(NewAddressForm):
    """Which of my calendars; only those that have no address yet."""

    submit = "Make an address"

    calendar = forms.ChoiceField(
        label="Which calendar?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select a calendar"},
    )

    def __init__(self, *args: Any, calendars: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["calendar"].choices = calendars  # type: ignore[attr-defined]


def seal(person: int, secret: str) -> str:
    """The secret as this person's own page or cookie may carry it."""
    return signing.dumps(secret, salt=f"calendar address of {person}")


def unseal(person: int, sealed: str, seconds: int) -> str | None:
    """The secret again; None where it is another's, changed, or older than `seconds`."""
    try:
        return str(signing.loads(sealed, salt=f"calendar address of {person}", max_age=seconds))
    except signing.BadSignature:
        return None
