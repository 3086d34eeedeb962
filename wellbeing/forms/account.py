"""allauth's forms in this service's words."""

from typing import Any

from allauth.account import forms as allauth_forms

EMAIL = "Work email address"
ENTER_EMAIL = "Enter your work email address"


class LoginForm(allauth_forms.LoginForm):
    """E-mail and password, in that order; no "remember me" on a shared machine."""

    error_messages = {
        **allauth_forms.LoginForm.error_messages,
        "email_password_mismatch": "The email address or the password is not right",
        "account_inactive": "This account is closed",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = EMAIL
        self.fields["login"].error_messages["required"] = ENTER_EMAIL
        self.fields["login"].error_messages["invalid"] = (
            "Enter an email address like name@example.gov.uk"
        )
        self.fields["password"].label = "Password"
        self.fields["password"].help_text = ""
        self.fields["password"].error_messages["required"] = "Enter your password"
        self.fields.pop("remember", None)


class ResetPasswordForm(allauth_forms.ResetPasswordForm):
    """Asks for the address; the answer never tells whether it is known."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = EMAIL
        self.fields["email"].error_messages["required"] = ENTER_EMAIL


class ResetPasswordKeyForm(allauth_forms.ResetPasswordKeyForm):
    """The new password, twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].label = "New password"
        self.fields["password1"].help_text = ""
        self.fields["password2"].label = "New password again"
        self.fields["password1"].error_messages["required"] = "Enter a new password"
        self.fields["password2"].error_messages["required"] = "Enter the new password again"
