"""Filters that write figures and dates in the reader's language."""

import datetime
from decimal import Decimal
from functools import cache
from typing import Any

from django import template
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.utils import lookup_field
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from core import numbers, once, richtext
from core.addresses import address_of
from core.language import language
from core.shown import NOTHING, shown
from core.words import word

register = template.Library()


@register.filter
def euro(value: Decimal | None, missing: str = "–") -> str:
    """Write an amount in EUR in full."""
    return missing if value is None else numbers.format_amount(value, language())


@register.filter
def foreign(value: Decimal | None, currency: str) -> str:
    """Write an amount in full in its own currency."""
    return "–" if value is None else numbers.format_amount(value, language(), currency)


@register.filter
def million(value: Decimal | None, missing: str = "–") -> str:
    """Write an amount in millions with one decimal, for sums beside what is entered; exact amounts stand next to it."""
    return missing if value is None else numbers.format_number(value / 10**6, language(), 1)


@register.filter
def whole_euro(value: Decimal | None, missing: str = "–") -> str:
    """Write an amount in EUR for a Dutch paper's table: without cents where there are none."""
    if value is None:
        return missing
    return numbers.format_number(value, "nl", 0 if value == value.to_integral_value() else 2)


@register.filter
def number(value: Decimal | int | None, places: int | None = None) -> str:
    """Write a number."""
    return "–" if value is None else numbers.format_number(value, language(), places)


@register.filter
def day(value: datetime.date | None) -> str:
    """Write a date in words."""
    return "–" if value is None else numbers.format_date(value, language())


@register.filter
def moment(value: datetime.datetime | None) -> str:
    """Write a date and time in Amsterdam."""
    if value is None:
        return "–"
    local = timezone.localtime(value)
    return f"{numbers.format_date(local.date(), language())}, {local:%H:%M}"


@register.simple_tag
def address(name: str, *args: Any) -> str:
    """Write the address of a page, as `url` does, but found once: for the rows of tables."""
    return address_of(name, *args)


@register.filter
def choice(record: Model, name: str) -> str:
    """Write the label of a field with choices, as `get_…_display` does, which looks all of them up each time."""
    value = getattr(record, name)
    return str(_labels(type(record), name).get(value, value))


@cache
def _labels(model: type[Model], name: str) -> dict[Any, Any]:
    return dict(model._meta.get_field(name).flatchoices)  # type: ignore[union-attr]


@register.simple_tag
def form_token() -> SafeString:
    """Put the token in a form that makes a record, so that it is taken once."""
    return format_html('<input type="hidden" name="{}" value="{}">', once.FIELD, once.new_token())


@register.filter
def as_read(field: Any) -> str:
    """Write what an entry screen shows to someone who may not change it, without links to screens that person may not open."""
    try:
        known, _attribute, value = lookup_field(field.field["field"], field.form.instance, field.model_admin)
    except (AttributeError, ValueError, ObjectDoesNotExist):
        return NOTHING
    return shown(known, value) if known is not None else str(field.contents())


@register.filter
def rich(stored: str, heading_level: int = 3) -> SafeString:
    """Write stored rich text for a screen, without notes' places. Safe: only the content model's own markup comes out."""
    notes: list[str] = []
    return mark_safe(richtext.screen(richtext.parse(stored), notes, heading_level))  # noqa: S308


@register.inclusion_tag("components/term.html")
def term(english: str) -> dict[str, str]:
    """Offer what a word of the glossary means: a link to its place among the words, which a script opens on the spot."""
    found = word(english)
    return {
        "url": f"{reverse('help-words')}#{found.anchor}",
        "name": found.name(language()),
        "meaning": found.meaning(language()),
    }


@register.simple_tag(takes_context=True)
def add_address(context: dict[str, Any], model: str) -> str:
    """Return where a record of a model ("partners.partner") is entered, or nothing for who may not."""
    request = context.get("request")
    screen = admin.site._registry.get(apps.get_model(model))
    if request is None or screen is None or not screen.has_add_permission(request):
        return ""
    return reverse(f"admin:{model.replace('.', '_')}_add")
