"""The address of one's own calendar elsewhere."""

from django import forms

from .govuk import GovukForm


class AddressForm(GovukForm):
    """An address as Outlook, Google or Apple shows it; the operation says whether it is one."""

    submit = "Use this calendar"

    address = forms.CharField(
        label="Address of your calendar",
        max_length=2000,
        help_text="It begins with https:// or webcal:// and often ends in .ics",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Enter the address of your calendar"},
    )
