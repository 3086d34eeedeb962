"""allauth's forms in this service's words: its labels, messages and hints, not allauth's."""

from typing import Any

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from django import forms
from django.core.exceptions import ValidationError

from .govuk import LIKE_THIS

EMAIL = "Work email address"
ENTER_EMAIL = "Enter your work email address"
NEW_PASSWORD = "New password"
ENTER_NEW = "Enter a new password"
ENTER_AGAIN = "Enter the new password again"
LENGTH_HINT = "12 characters or more. Three words that do not belong together are easy to remember and hard to guess."


class LoginForm(allauth_forms.LoginForm):
    """E-mail and password, in that order; no "remember me" on a shared machine."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _email(self, "login")
        _password(self, "password", "Password", "Enter your password")

    def clean(self) -> dict[str, Any] | None:
        """Whatever the reason, one sentence at the first box, where the error summary leads."""
        try:
            cleaned = super().clean()
        except ValidationError as refusal:
            self.add_error("login", refusal)
            return self.cleaned_data
        if self.user and not self.user.is_active:
            # allauth would answer with a page of its own, to anybody who guesses right.
            self.add_error("login", get_adapter().validation_error("email_password_mismatch"))
        return cleaned


class ResetPasswordForm(allauth_forms.ResetPasswordForm):
    """Asks for the address; the answer never tells whether it is known."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _email(self, "email")


class _NewPassword(forms.Form):
    """The new password, twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _password(self, "password1", NEW_PASSWORD, ENTER_NEW, LENGTH_HINT)
        _password(self, "password2", f"{NEW_PASSWORD} again", ENTER_AGAIN)

    def clean(self) -> dict[str, Any]:
        """In place of allauth's, which says the same in another sentence."""
        first, again = (self.cleaned_data.get(f"password{n}") for n in (1, 2))
        if first and again and first != again:
            self.add_error("password2", "The two passwords must be the same")
        return self.cleaned_data


class ResetPasswordKeyForm(_NewPassword, allauth_forms.ResetPasswordKeyForm):
    """Behind the link of the e-mail."""


class SetPasswordForm(_NewPassword, allauth_forms.SetPasswordForm):
    """For somebody signed in who has no password yet."""


class ChangePasswordForm(_NewPassword, allauth_forms.ChangePasswordForm):
    """For somebody signed in: the present password first."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _password(self, "oldpassword", "Current password", "Enter your current password")


def _email(form: forms.Form, name: str) -> None:
    field = form.fields[name]
    field.label = EMAIL
    field.error_messages |= {"required": ENTER_EMAIL, "invalid": LIKE_THIS}
    _plain(field.widget, spellcheck="false", autocapitalize="none")


def _password(form: forms.Form, name: str, label: str, required: str, hint: str = "") -> None:
    field = form.fields[name]
    field.label, field.help_text = label, hint
    field.error_messages["required"] = required
    _plain(field.widget)


def _plain(widget: forms.Widget, **attrs: str) -> None:
    """Placeholders vanish when one types and are read by few screen readers."""
    widget.attrs.pop("placeholder", None)
    widget.attrs |= attrs
