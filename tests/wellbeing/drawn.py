"""Draws a form as a page would. For tests only."""

from django import forms
from django.template import Context, Template

from wellbeing.forms.govuk import error_links


def drawn(form: forms.Form, template: str = "{% crispy form %}") -> str:
    source = "{% load govuk crispy_forms_tags %}{% error_summary form %}" + template
    return Template(source).render(Context({"form": form, "csrf_token": "t"}))


def summary(form: forms.Form) -> list[tuple[str, str]]:
    return [(link.text, link.href) for link in error_links(form)]
