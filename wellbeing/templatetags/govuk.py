"""Template tags of the look: widgets with GOV.UK's classes, error summary, dates."""

from datetime import date, datetime
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.template.context import RequestContext
from django.utils.safestring import SafeString

from wellbeing.forms.govuk import error_links
from wellbeing.presenters import dates

register = template.Library()

CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxInput, "govuk-checkboxes__input"),
    (forms.Textarea, "govuk-textarea"),
    (forms.RadioSelect, ""),
    (forms.CheckboxSelectMultiple, ""),
    (forms.Select, "govuk-select"),
    (forms.FileInput, "govuk-file-upload"),
    (forms.TextInput, "govuk-input"),
)


@register.filter
def is_single_checkbox(field: BoundField) -> bool:
    return isinstance(field.field.widget, forms.CheckboxInput)


@register.simple_tag
def govuk_widget(field: BoundField) -> SafeString:
    """The field's widget with its GOV.UK class, and without the browser's own checks."""
    field.form.use_required_attribute = False
    widget = field.field.widget
    base = next((css for kind, css in CLASSES if isinstance(widget, kind)), "")
    classes = [base, widget.attrs.get("class", "")]
    if field.errors and base:
        classes.append(f"{base}--error")
    attrs: dict[str, Any] = {"placeholder": None}
    css = " ".join(c for c in classes if c)
    if css:
        attrs["class"] = css
    return field.as_widget(attrs={k: v for k, v in attrs.items() if v is not None})


@register.inclusion_tag("components/error_summary.html")
def error_summary(form: forms.BaseForm) -> dict[str, Any]:
    """The summary at the top of the page; each line leads to the box that is wrong."""
    return {"items": error_links(form)}


@register.simple_tag(takes_context=True)
def page_link(context: RequestContext, number: int) -> str:
    """This page's address with another page number."""
    query = context["request"].GET.copy()
    query["page"] = str(number)
    return f"?{query.urlencode()}"


@register.filter
def day(on: date) -> str:
    return dates.day(on)


@register.filter
def short_day(on: date) -> str:
    return dates.short_day(on)


@register.filter
def clock(at: datetime) -> str:
    return dates.clock(at)


@register.filter
def away(on: date, today: date) -> str:
    return dates.away(on, today)


@register.filter
def counted(number: int, words: str) -> str:
    """`{{ n|counted:"session" }}`, `{{ n|counted:"person,people" }}`."""
    one, _, many = words.partition(",")
    return dates.counted(number, one, many)
