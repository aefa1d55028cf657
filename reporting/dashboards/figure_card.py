"""The figure card: a question by partner, theme, country, years and cover, answered in a sentence and a table.

The figures are the same stands as on every dashboard. What is known outside this ledger is said beside them, never added.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.queries.stands import NOTHING, Stand, by_line_and_year, total_of
from core.language import language
from core.models import Country, Cover, Theme, User
from core.numbers import format_amount, format_date
from core.permissions import standing
from partners.models import Contribution, Partner
from reporting.dashboards.filters import Filters, scope_of
from reporting.dashboards.partner import shared_lines
from reporting.numbers import OF_LINES, Number, number

MEASURES: tuple[tuple[str, str | Promise], ...] = (
    ("requested-commitment", gettext_lazy("Requested")),
    ("granted-commitment", gettext_lazy("Granted")),
    ("committed", gettext_lazy("Committed")),
    ("paid", gettext_lazy("Paid")),
)
TOTAL = "total"
ASKED = ("partner", "theme", "country", "first", "last", "cover")


@dataclass(frozen=True)
class Card:
    """An answer: what was asked, in words and as filters, and what is said to it. Amounts in EUR, per year and together."""

    question: str
    about: tuple[tuple[str, str], ...]
    sentence: str
    facts: dict[str, dict[str, str]]  # year, or "total" -> measure -> amount as written by Decimal
    outside: tuple[tuple[str, str, str], ...]  # contributions that this ledger does not hold: year, what for, amount


def ask(filters: Filters, user: User, today: datetime.date, source: str) -> Card:
    """Answer a question as things stand now, for what a person may see. Raises Unknown for a partner that does not exist."""
    filters = Filters(**{name: getattr(filters, name) for name in ASKED})
    by_year: dict[int, Stand] = defaultdict(lambda: NOTHING)
    for (_line, year), stand in by_line_and_year(scope_of(filters, user)).items():
        by_year[year] += stand
    partner = Partner.objects.visible_to(user).filter(public_id=filters.partner).first() if filters.partner else None
    total = total_of(by_year.values())
    facts = {str(year): _amounts(stand) for year, stand in sorted(by_year.items())} | {TOTAL: _amounts(total)}
    gifts = _gifts(partner, filters)
    said = [_sentence(partner, filters, total), *_besides(partner, user, gifts)]
    said.append(_("As per %(day)s; source: %(source)s.") % {"day": format_date(today, language()), "source": source})
    outside = tuple(
        (str(gift.year or _("not stated")), gift.subject, _euro(gift.amount) if gift.amount else _("not stated"))
        for gift in gifts
    )
    return Card(filters.query(), tuple(about(filters)), " ".join(said), facts, outside)


def about(filters: Filters) -> list[tuple[str, str]]:
    """Say the question in words: label and value of everything that was asked."""
    found = []
    named = (
        (_("Partner"), Partner, {"public_id": filters.partner}),
        (_("Theme"), Theme, {"code": filters.theme}),
        (_("Country"), Country, {"code": filters.country}),
        (_("Cover"), Cover, {"code": filters.cover}),
    )
    for label, model, key in named:
        if any(key.values()):
            found.append(
                (label, str(model._default_manager.filter(**key).order_by("pk").first() or next(iter(key.values()))))
            )
    if filters.years is not None:
        found.append((_("Budget years"), years_in_words(filters)))
    return found


def years_in_words(filters: Filters) -> str:
    """Write the years asked: one, a range, or open at an end."""
    first, last = filters.first, filters.last
    if first and last:
        return str(first) if first == last else f"{first}–{last}"
    return _("from %(year)s on") % {"year": first} if first else _("up to and including %(year)s") % {"year": last}


def numbers_of(question: str, year: str, amounts: dict[str, str]) -> tuple[Number, ...]:
    """Return the numbers of one row of an answer's table, each with the address of its rows."""
    filters = Filters.read(QueryDict(question))
    query = filters.query() if year == TOTAL else filters.query(first=int(year), last=int(year))
    return tuple(number(Decimal(amounts[measure]), measure, query) for measure, _label in MEASURES)


def changes(old: dict[str, dict[str, str]], new: dict[str, dict[str, str]]) -> list[tuple[str, str, Decimal, Decimal]]:
    """Return what is different now: year, what, what was said, what is so now. In EUR."""
    found = []
    for year in sorted({*old, *new}):
        for measure, label in MEASURES:
            before = Decimal(old.get(year, {}).get(measure, "0"))
            after = Decimal(new.get(year, {}).get(measure, "0"))
            if before != after:
                found.append((_("together") if year == TOTAL else year, str(label), before, after))
    return found


def reach_of(user: User) -> str:
    """Say whose claims a person's answers count: everybody's, or those of named directorates."""
    held = standing(user)
    return "all" if held.sees_everything else ",".join(str(key) for key in sorted(held.directorate_ids))[:400]


def _amounts(stand: Stand) -> dict[str, str]:
    return {measure: str(OF_LINES[measure](stand)) for measure, _label in MEASURES}


def _euro(amount: Decimal) -> str:
    return format_amount(amount, language())


def _sentence(partner: Partner | None, filters: Filters, total: Stand) -> str:
    subject = ", ".join(value for _label, value in about(filters)) or _("all claims")
    facts = {
        "subject": subject,
        "granted": _euro(total.granted),
        "committed": _euro(total.committed),
        "paid": _euro(total.paid),
        "requested": _euro(total.requested),
    }
    said = _("%(subject)s: %(granted)s is granted, %(committed)s committed and %(paid)s paid.") % facts
    if total.requested:
        said += " " + _("Running claims ask another %(requested)s.") % facts
    return str(said)


def _besides(partner: Partner | None, user: User, gifts: list[Contribution]) -> list[str]:
    """Say what is in no sum: lines shared with others, and contributions that this ledger does not hold."""
    if partner is None:
        return []
    said = []
    for pool in shared_lines(partner, user):
        others = ", ".join(other.short_name for other in pool.shared_with)
        facts = {"name": partner.short_name, "whole": _euro(pool.whole.value), "others": others}
        said.append(
            _("%(name)s is besides part of %(whole)s, shared with %(others)s; that amount is in no sum.") % facts
        )
    alone = [gift for gift in gifts if len(gift.partners.all()) == 1]
    amounts = [gift.amount for gift in alone if gift.amount is not None]
    if amounts:
        years = sorted({str(gift.year) for gift in alone if gift.year and gift.amount is not None})
        facts = {"amount": _euro(sum(amounts, Decimal(0))), "years": ", ".join(years) or "–"}
        said.append(_("Outside these claims the Netherlands gave %(amount)s (%(years)s).") % facts)
    return said


def _gifts(partner: Partner | None, filters: Filters) -> list[Contribution]:
    if partner is None:
        return []
    rows: Any = Contribution.objects.filter(partners=partner).prefetch_related("partners").order_by("-year", "pk")
    if filters.years is not None:
        rows = rows.filter(year__range=filters.years)
    if filters.cover:
        rows = rows.filter(cover__code=filters.cover)
    return list(rows)
