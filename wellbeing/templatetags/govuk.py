"""Template tags of the look: widgets with GOV.UK's classes, error summary, days and times."""

from datetime import date, datetime, time
from typing import Any
from uuid import uuid4

from django import forms, template
from django.core.paginator import Page
from django.forms.boundfield import BoundField
from django.template.context import RequestContext
from django.utils.html import format_html
from django.utils.safestring import SafeString

from wellbeing.forms.govuk import DateBoxes, NearDate, error_links, wrong_part
from wellbeing.presenters import dates
from wellbeing.request import FORM_TOKEN

register = template.Library()

# The first kind that fits gives the class; radios, checkboxes and dates bring their own.
CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxInput, "govuk-checkboxes__input"),
    (forms.RadioSelect, ""),
    (forms.CheckboxSelectMultiple, ""),
    (forms.MultiWidget, ""),
    (forms.Textarea, "govuk-textarea"),
    (forms.Select, "govuk-select"),
    (forms.FileInput, "govuk-file-upload"),
    (forms.widgets.Input, "govuk-input"),
)
MORE_CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (NearDate, "govuk-input--width-10 moj-js-datepicker-input"),
    (forms.PasswordInput, "govuk-password-input__input govuk-js-password-input-input"),
)
TEXTAREA_ROWS = 5


@register.filter
def is_single_checkbox(field: BoundField) -> bool:
    """A yes-or-no box, whose label stands beside it."""
    return isinstance(field.field.widget, forms.CheckboxInput)


@register.simple_tag
def govuk_widget(field: BoundField) -> SafeString:
    """The field's widget with GOV.UK's classes, and without the browser's own checks."""
    field.form.use_required_attribute = False
    widget = field.field.widget
    if isinstance(widget, DateBoxes):
        widget.wrong = wrong_part(field.errors)
    attrs: dict[str, Any] = {}
    classes = _classes(widget, wrong=bool(field.errors))
    if classes:
        attrs["class"] = classes
    if isinstance(widget, forms.Textarea):
        attrs |= {"rows": TEXTAREA_ROWS, "cols": None}
    return field.as_widget(attrs=attrs)


def _classes(widget: forms.Widget, *, wrong: bool) -> str:
    base = next((css for kind, css in CLASSES if isinstance(widget, kind)), "")
    more = next((css for kind, css in MORE_CLASSES if isinstance(widget, kind)), "")
    error = f"{base}--error" if wrong and base and not base.endswith("__input") else ""
    return " ".join(css for css in (base, more, widget.attrs.get("class", ""), error) if css)


@register.inclusion_tag("components/error_summary.html")
def error_summary(form: forms.BaseForm) -> dict[str, Any]:
    """The summary at the top of the page; each line leads to the box that is wrong."""
    return {"items": error_links(form)}


@register.simple_tag
def form_token() -> SafeString:
    """A token of this rendering of the form, so that sending it twice does it once."""
    return format_html('<input type="hidden" name="{}" value="{}">', FORM_TOKEN, uuid4())


@register.simple_tag(takes_context=True)
def page_link(context: RequestContext, number: int) -> str:
    """This page's address with another page number."""
    query = context["request"].GET.copy()
    query["page"] = str(number)
    return f"?{query.urlencode()}"


@register.simple_tag
def page_numbers(page: Page) -> list[int | None]:
    """The first, the last and those around this one; None stands for what is left out."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [number if isinstance(number, int) else None for number in numbers]


@register.simple_block_tag(end_name="end_scroll_region")
def scroll_region(content: str, label: str) -> SafeString:
    """What is wider than the page scrolls in a region of its own, reachable by keyboard."""
    return format_html(
        '<div class="app-scroll" role="region" aria-label="{}" tabindex="0">{}</div>',
        label,
        content,
    )


@register.filter
def day(on: date) -> str:
    """`Tuesday 12 May 2026`."""
    return dates.day(on)


@register.filter
def short_day(on: date) -> str:
    """`12 May 2026`."""
    return dates.short_day(on)


@register.filter
def clock(at: datetime | time) -> str:
    """`9:30am`, UK time."""
    return dates.clock(at)


@register.simple_tag
def hours(start: datetime, end: datetime) -> str:
    """`2pm to 3pm`."""
    return dates.hours(start, end)


@register.simple_tag
def when(start: datetime, end: datetime) -> str:
    """`Tuesday 12 May 2026, 2pm to 3pm`."""
    return dates.when(start, end)


@register.filter
def away(on: date, today: date) -> str:
    """`in 9 days, on 12 May`."""
    return dates.away(on, today)


@register.filter
def counted(number: int, words: str) -> str:
    """`{{ n|counted:"session" }}`, `{{ n|counted:"person,people" }}`."""
    one, _, many = words.partition(",")
    return dates.counted(number, one, many)


@register.filter
def linked(place: str) -> str:
    """A place that is a link to join can be followed; a room is plain text."""
    if place.startswith("https://") and not any(c.isspace() for c in place):
        return format_html('<a class="govuk-link" href="{}">{}</a>', place, place)
    return place


@register.filter
def grouped(number: int) -> str:
    """`1,928`."""
    return f"{number:,}"
