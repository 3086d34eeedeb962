"""Giving up a place: one of a short list of reasons, and never words."""

from django import forms

from wellbeing.domain.booking import CancelReason

from .govuk import GovukForm


class CancelForm(GovukForm):
    """Why; "rather not say" is as good an answer as any."""

    submit = "Cancel my place"

    reason = forms.ChoiceField(
        label="Why do you need to cancel?",
        help_text="Counted, never shown beside your name to your manager",
        choices=[
            (CancelReason.COURT, "Court"),
            (CancelReason.OTHER_WORK, "Other work"),
            (CancelReason.LEAVE, "Leave"),
            (CancelReason.RATHER_NOT_SAY, "I would rather not say"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a reason, or that you would rather not say"},
    )
