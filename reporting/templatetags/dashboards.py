"""Tags of the dashboards."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core import numbers
from core.language import language
from partners.rules.share import Reckoned
from reporting.dashboards.partner import percent
from reporting.numbers import Number

register = template.Library()


@register.simple_tag
def amount(number: Number | None, unit: str = "") -> SafeString | str:
    """Write a number in EUR, in full or in millions, as a link to its rows."""
    if number is None:
        return "–"
    full = numbers.format_amount(number.value, language())
    if unit != "million":
        return format_html('<a class="number" href="{}">{}</a>', number.url, full)
    short = numbers.format_number(number.value / 10**6, language(), 1)
    return format_html('<a class="number" href="{}" title="{}">€ {} mln</a>', number.url, full, short)


@register.filter
def share_percent(share: Reckoned) -> str:
    """Write a share in per cent, with two decimals."""
    return numbers.format_percentage(percent(share), language(), 2)
