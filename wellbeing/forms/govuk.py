"""Forms in GOV.UK's way: a form with its own button, and errors that link to their field."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.forms.utils import ErrorList

from wellbeing.domain.refusals import Refused

from .date_fields import PARTS, DateBoxes, DateBoxesField, NearDate, NearDateField
from .fields import ClockField, WholeNumberField

__all__ = [
    "LIKE_THIS",
    "ActionForm",
    "ClockField",
    "DateBoxes",
    "DateBoxesField",
    "ErrorLink",
    "GovukForm",
    "NearDate",
    "NearDateField",
    "WholeNumberField",
    "choices_of",
    "error_links",
    "wrong_part",
]


LIKE_THIS = "Enter an email address in the correct format, like name@example.gov.uk"


class GovukForm(forms.Form):
    """A form with its own button: `submit` is the button's words, `method` post or get.

    `{% crispy form %}` draws it whole; `{{ form|crispy }}` its fields alone.
    """

    submit = "Continue"
    method = "post"
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_method = self.method
        self.helper.add_input(Submit("", self.submit))
        for field in self.fields.values():
            _say_it_plainly(field)

    def refuse(self, refused: Refused) -> None:
        """Shows an operation's refusal beside its field, or on the form as a whole.

        Beside a field a lone sentence is an instruction, without its full stop.
        """
        field = refused.field if refused.field in self.fields else None
        alone = field is not None and ". " not in refused.sentence
        self.add_error(field, refused.sentence.removesuffix(".") if alone else refused.sentence)


class ActionForm(GovukForm):
    """Nothing to fill in: a button, and a place for a refusal."""


def _say_it_plainly(field: forms.Field) -> None:
    """Instructions in the place of Django's own sentences; a field's own words stay."""
    label = str(field.label or "An answer")
    plain = {
        "required": _ask_for(field, label),
        "invalid_choice": "Select one of the choices listed",
        "max_length": f"{label} must be %(limit_value)d characters or fewer",
    }
    if isinstance(field, forms.EmailField):
        plain["invalid"] = LIKE_THIS
    for code, sentence in plain.items():
        if field.error_messages.get(code) == _djangos(field, code):
            field.error_messages[code] = sentence


def _ask_for(field: forms.Field, label: str) -> str:
    if field.widget.is_hidden:
        return "Part of this page is missing. Go back and open it again"
    if isinstance(field, forms.BooleanField):
        return f"Select “{label}”"
    name = label[:1].lower() + label[1:] if label[1:2].islower() else label
    return f"{'Select' if isinstance(field, forms.ChoiceField) else 'Enter'} {name}"


def _djangos(field: forms.Field, code: str) -> Any:
    """What Django says where nobody chose other words; None where it has none."""
    kinds = (kind for kind in type(field).__mro__ if kind.__module__.startswith("django."))
    given = (kind.__dict__.get("default_error_messages", {}) for kind in kinds)
    return next((messages[code] for messages in given if code in messages), None)


@dataclass(frozen=True, slots=True)
class ErrorLink:
    """A line of the error summary; `href` is empty where no one field is at fault."""

    text: str
    href: str


def error_links(form: forms.BaseForm) -> list[ErrorLink]:
    """Every error of a form in the order of its fields, each with where to mend it."""
    links = [ErrorLink(str(error), "") for error in form.non_field_errors()]
    for name in form.fields:
        field = form[name]
        links += [ErrorLink(str(error), _href(field)) for error in field.errors]
    return links


def _href(field: forms.BoundField) -> str:
    """Where the cursor goes: the first choice, the wrong box of a date, or the box itself."""
    if field.is_hidden:
        return ""
    if isinstance(field.field.widget, DateBoxes):
        return f"#{field.auto_id}_{wrong_part(field.errors) or PARTS[0]}"
    if isinstance(field.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        choices = field.subwidgets
        return f"#{choices[0].id_for_label}" if choices else ""
    return f"#{field.id_for_label}"


def wrong_part(errors: ErrorList) -> str | None:
    """The part of a date that its first error is about; "" the whole date; None no error."""
    for fault in errors.as_data():
        return fault.code if fault.code in PARTS else ""
    return None


def choices_of(rows: Iterable[Any], blank: str = "") -> list[tuple[str, str]]:
    """(primary key, words) of rows, with an empty choice first where `blank` names it."""
    head = [("", blank)] if blank else []
    return head + [(str(row.pk), str(row)) for row in rows]
