"""What a lead sends who offers a session to several people: whom which, as the page showed it."""

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings

from wellbeing.domain.refusals import Refused
from wellbeing.forms.govuk import GovukForm
from wellbeing.presenters.dates import counted

# A person's public id and a session's, of 36 characters each.
LENGTH = 36 + 1 + 36 + 1


class OfferAllForm(GovukForm):
    """One button; whom which is hidden in the page, so that what is shown is what is done."""

    pairs = forms.CharField(widget=forms.HiddenInput, required=False)

    @classmethod
    def of(cls, pairs: list[tuple[UUID, UUID]], refused: Refused | None) -> "OfferAllForm":
        """The form of a page that shows these, and why the one before was refused."""
        shown = {"pairs": " ".join(f"{person}:{event}" for person, event in pairs)}
        form = (
            cls(shown, number=len(pairs)) if refused else cls(initial=shown, number=len(pairs))
        )
        if refused:
            form.refuse(refused)
        return form

    def __init__(self, *args: Any, number: int = 0, **kwargs: Any) -> None:
        self.submit = f"Offer {counted(number, 'session')}"
        super().__init__(*args, **kwargs)

    def clean_pairs(self) -> list[tuple[UUID, UUID]]:
        """Public ids of people and their sessions; nobody twice."""
        sent = self.cleaned_data["pairs"]
        if len(sent) > settings.OFFER_TO_ALL_MOST * LENGTH:
            raise forms.ValidationError("These are too many at once")
        try:
            pairs = [tuple(map(UUID, text.split(":"))) for text in sent.split()]
            found = [(person, event) for person, event in pairs]
        except ValueError as error:
            raise forms.ValidationError("Open the page again before you go on") from error
        if len({person for person, _ in found}) < len(found):
            raise forms.ValidationError("Open the page again before you go on")
        return found
