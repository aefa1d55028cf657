"""Tags of the dashboards."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape  # of plain words: Django's looks at each whether it is lazy

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from claims.enums import ClaimState
from claims.models import Claim
from claims.queries.rows import ClaimRef
from core import numbers
from core.addresses import address_of
from core.language import language
from partners.rules.share import Reckoned
from reporting.dashboards.partner import Pool, percent
from reporting.numbers import Number

register = template.Library()


@register.simple_tag
def amount(number: Number | None, unit: str = "") -> SafeString | str:
    """Write a number in EUR, in full or in millions, as a link to its rows."""
    if number is None:
        return "–"
    if unit != "million":
        return _linked(number, language())
    full, short = (
        numbers.format_amount(number.value, language()),
        numbers.format_number(number.value / 10**6, language(), 1),
    )
    return format_html('<a class="number" href="{}" title="{}">€ {} mln</a>', number.url, full, short)


@register.simple_tag
def amount_cells(row: Iterable[Number]) -> SafeString:
    """Write the cells of a row of numbers in EUR, each a link to its rows."""
    code = language()
    return SafeString("".join(f'<td class="num">{_linked(number, code)}</td>' for number in row))


@register.simple_tag
def pool_words(pool: Pool) -> SafeString:
    """Say what a shared line is: of which whole, with whom, and what was settled for this partner."""
    code = language()
    others = format_html_join(
        ", ",
        '<a href="{}">{}</a>',
        ((address_of("partner", one.public_id), one.short_name) for one in pool.shared_with),
    )
    settled = gettext("not divided")
    if pool.part is not None and pool.divided_on is not None:
        facts = {"day": numbers.format_date(pool.divided_on, code), "part": numbers.format_amount(pool.part, code)}
        settled = gettext("by the division of %(day)s: %(part)s") % facts
    settled = settled.removesuffix(".")  # of an abbreviation: one point ends both
    words = (gettext("Part of"), _linked(pool.whole, code), gettext("shared with"), others, settled)
    return format_html("{} {}, {} {}; {}.", *words)


def _linked(number: Number, code: str) -> SafeString:
    return SafeString(f'<a class="number" href="{escape(number.url)}">{numbers.format_amount(number.value, code)}</a>')


@register.simple_tag
def claim_link(claim: Claim | ClaimRef, page: str = "claims:overview") -> SafeString:
    """Write the reference of a claim as a link to a page of it."""
    return SafeString(f'<a href="{escape(address_of(page, claim.reference))}">{escape(claim.reference)}</a>')


@register.simple_tag
def state_badge(claim: Claim) -> SafeString:
    """Write the state of a claim."""
    return SafeString(f'<span class="badge badge--{claim.state}">{escape(str(ClaimState(claim.state).label))}</span>')


@register.filter
def share_percent(share: Reckoned) -> str:
    """Write a share in per cent, with two decimals."""
    return numbers.format_percentage(percent(share), language(), 2)
