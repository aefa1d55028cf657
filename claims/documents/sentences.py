"""Dutch sentences composed from records, for papers. Statutory papers are Dutch, whoever asks for them."""

import datetime
from collections.abc import Sequence
from decimal import Decimal

from core import wording
from core.periods import Period, as_of_label
from core.permissions import Refusal
from core.wording import AmountForm, NumberForm
from partners.enums import Basis, TotalKind
from partners.models import Appeal, Contribution, FundTotal, Share
from partners.queries import reckon
from partners.rules.appeals import rest
from results.models import Result, ResultPart, ResultVersion


def enumerate_nl(parts: Sequence[str]) -> str:
    """Join parts as a Dutch sentence does: "a, b en c"."""
    return " en ".join(filter(None, [", ".join(parts[:-1]), parts[-1]])) if parts else ""


def money(value: Decimal, currency: str = "EUR") -> str:
    """Word an amount: in millions where that loses nothing."""
    return wording.amount(value, AmountForm.CODE_MLN, currency)


def people(value: Decimal) -> str:
    """Word a number of people: in millions from a million up where that loses nothing, else in full."""
    return wording.number(value, NumberForm.MILLION if value >= 10**6 else NumberForm.FULL)


def result(cited: Result, version: ResultVersion, parts: Sequence[ResultPart]) -> str:
    """Say a result: its number, unit and what was achieved, with parts and as-of date; or its outcome in words."""
    if version.value is None:
        text = _stop(version.narrative)
    else:
        inner = f"{people(version.value)} {cited.unit} {cited.label}".replace("  ", " ")
        if parts:
            inner += ", waarvan " + enumerate_nl([f"{people(part.value)} {part.label}" for part in parts])
        text = _stop(inner)
    period = Period(cited.period_start, cited.period_end)
    if version.as_of and version.as_of < period.end:
        text = f"{text[:-1]} (stand {as_of_label(version.as_of, 'nl')})."
    return text


def contribution(cited: Contribution) -> str:
    """Say what the Netherlands gave; what is not stated is said to be not stated."""
    names = enumerate_nl([partner.short_name for partner in cited.partners.all()])
    recipient = f" aan {names}" if names else ""
    year = f"in {cited.year}" if cited.year else "in een niet vermeld jaar"
    if cited.amount is None and cited.recorded is None:
        given = "een bijdrage waarvan het bedrag niet is vermeld"
    elif cited.amount is None and cited.recorded_amount is not None:
        given = f"{money(cited.recorded_amount, cited.recorded_currency or '')} (zoals het fonds het boekte)"
    else:
        given = money(cited.amount or Decimal(0))
        if cited.recorded_amount is not None:
            given += f" (door het fonds geboekt als {money(cited.recorded_amount, cited.recorded_currency or '')})"
    cover = f", ten laste van {cited.cover.name_nl}" if cited.cover_id else ""
    return f"Nederland gaf {year} {given}{recipient}{cover}: {cited.subject}{_as_of(cited.as_of)}."


TOTALS = {
    TotalKind.RECEIVED: "{name} ontving in {year} {amount}{as_of}",
    TotalKind.ALLOCATED: "{name} kende in {year} {amount} toe{as_of}",
    TotalKind.PIPELINE: "Bij {name} was in {year} nog {amount} in voorbereiding{as_of}",
    TotalKind.SPENT_ON: "{name} besteedde in {year} {amount} aan {purpose}{as_of}",
    TotalKind.RESERVED_FOR: "{name} reserveerde in {year} {amount} voor {purpose}{as_of}",
}


def total(cited: FundTotal) -> str:
    """Say a figure about a fund's money, with the people it reached where stated."""
    text = TOTALS[TotalKind(cited.kind)].format(
        name=cited.partner.short_name,
        year=cited.year,
        amount=money(cited.amount, cited.currency),
        purpose=cited.purpose,
        as_of=_as_of(cited.as_of),
    )
    if cited.people_reached is not None:
        text += f", voor {people(cited.people_reached)} {cited.people_note or 'mensen'}"
    return _stop(text)


def appeal(cited: Appeal) -> str:
    """Say what an organisation asks, for whom, and how it is divided; what the parts leave is named as other purposes."""
    text = f"{cited.title} vroeg {money(cited.required, cited.currency)}{_as_of(cited.as_of)}"
    groups = enumerate_nl([f"{people(group.people)} {group.label}" for group in cited.groups.all()])
    if cited.targeted is not None and cited.in_need is not None:
        text += f", om {people(cited.targeted)} van de {people(cited.in_need)} mensen in nood te bereiken"
        text += f" (in nood: {groups})" if groups else ""
    elif cited.in_need is not None:
        text += f", voor {people(cited.in_need)} mensen in nood" + (f" ({groups})" if groups else "")
    parts = [f"{money(part.amount, cited.currency)} voor {part.purpose}" for part in cited.parts.all()]
    if parts:
        left = rest(cited.required, [part.amount for part in cited.parts.all()])
        if left > 0:
            parts.append(f"{money(left, cited.currency)} voor overige doelen")
        text += ", waarvan " + enumerate_nl(parts)
    return _stop(text)


BASES = {
    Basis.RECEIVED: "wat {name} in {year} ontving ({amount})",
    Basis.ALLOCATED: "wat {name} in {year} toekende ({amount})",
    Basis.APPEAL: "{title} ({amount})",
}


def share(cited: Share) -> str:
    """Say the Dutch share with its basis and as-of date; a provisional one says that it is."""
    reckoned = reckon(cited)
    if isinstance(reckoned, Refusal):
        return f"Het Nederlandse aandeel is niet te berekenen: {cited.contribution.subject}."
    against = cited.appeal if cited.appeal_id else cited.total
    basis = BASES[reckoned.basis].format(
        name=against.partner.short_name,
        year=against.year,
        title=against.title if cited.appeal_id else "",
        amount=money(reckoned.denominator.amount, reckoned.denominator.currency.code),
    )
    given = money(reckoned.numerator.amount, reckoned.numerator.currency.code)
    text = f"Het Nederlandse aandeel was {wording.share(reckoned.ratio)} van {basis}: {given}{_as_of(reckoned.as_of)}"
    return text + (". Dit aandeel is voorlopig tot het jaar is afgesloten." if reckoned.provisional else ".")


def _as_of(day: datetime.date | None) -> str:
    return f" (stand {as_of_label(day, 'nl')})" if day else ""


def _stop(text: str) -> str:
    text = text.strip()
    return text if text.endswith((".", "!", "?")) else text + "."
