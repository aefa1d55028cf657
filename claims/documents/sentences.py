"""Dutch sentences composed from records, for papers. Statutory papers are Dutch, whoever asks for them."""

import datetime
from collections.abc import Sequence
from decimal import Decimal

from claims.enums import CitationForm, HouseItemKind, HouseItemState
from claims.models import HouseItem
from claims.rules import parliament
from core import wording
from core.numbers import format_date
from core.periods import Period, as_of_label
from core.permissions import Refusal
from core.wording import AmountForm, NumberForm
from partners.enums import Basis, PartnerKind, RateKind, Say, TotalKind, Way
from partners.models import Appeal, Contribution, FundTotal, Partner, Share
from partners.queries import reckon, way_of
from partners.rules.appeals import rest
from partners.rules.share import Reckoned, may_say, spread
from results.models import Result, ResultPart, ResultVersion
from results.rules.attribution import Attributed


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


RATES = {
    RateKind.CORPORATE: "de vaste koers van het ministerie",
    RateKind.UN: "de koers van de VN",
    RateKind.ECB: "de koers van de ECB",
    RateKind.AGREED: "de afgesproken koers",
    RateKind.BOOKED: "de geboekte koers",
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
    if reckoned.rate is not None and reckoned.given is not None:
        paid = money(reckoned.given.amount, reckoned.given.currency.code)
        given = f"{paid}, omgerekend tegen {RATES[reckoned.rate.kind]} van {_day(reckoned.rate.on)}"
    text = f"Het Nederlandse aandeel was {wording.share(reckoned.ratio)} van {basis}: {given}{_as_of(reckoned.as_of)}"
    return text + (". Dit aandeel is voorlopig tot het jaar is afgesloten." if reckoned.provisional else ".")


def tie(partner: Partner, given: Sequence[tuple[Contribution, Sequence[Reckoned]]]) -> str:
    """Say how our money is tied to a partner's results, and between which shares it lies when bases differ.

    What may be said differs for pooled, earmarked and unearmarked contributions; results are never told as ours alone
    unless nobody else gave.
    """
    said = [_way(partner, way_of(contribution), shares) for contribution, shares in given]
    said += [_between(contribution, shares) for contribution, shares in given]
    return " ".join(dict.fromkeys(filter(None, said)))


def _way(partner: Partner, way: Way | None, shares: Sequence[Reckoned]) -> str:
    name = partner.short_name
    if way == Way.POOLED and partner.kind == PartnerKind.POOLED_FUND:
        return f"{name} is een gezamenlijk fonds: de resultaten zijn bereikt met het geld van alle gevers samen."
    if way == Way.POOLED:
        return (
            "Deze bijdrage is aan meer organisaties samen gegeven; de resultaten zijn van hen en van alle gevers samen."
        )
    if way == Way.UNEARMARKED:
        return f"De bijdrage aan {name} was ongeoormerkt: van de resultaten is geen deel aan Nederland toe te rekenen."
    if way == Way.EARMARKED and Say.DIRECT in may_say(way, shares[0] if shares else None):
        return f"De bijdrage aan {name} was geoormerkt en Nederland was de enige gever."
    if way == Way.EARMARKED and shares:
        return f"De bijdrage aan {name} was geoormerkt; de resultaten zijn bereikt met het geld van alle gevers samen."
    return ""


def _between(contribution: Contribution, shares: Sequence[Reckoned]) -> str:
    found = spread([share for share in shares if share.basis != Basis.APPEAL])
    if isinstance(found, Refusal) or found.low.basis == found.high.basis:
        return ""
    year = f" in {contribution.year}" if contribution.year else ""
    ends = " en ".join(
        f"{wording.share(end.ratio, wording.ShareForm.EXACT)} (van wat het fonds {SHORT_BASES[end.basis]}"
        f"{f', stand {as_of_label(end.as_of, LANGUAGE)}' if end.as_of else ''})"
        for end in (found.low, found.high)
    )
    provisional = " Dit is voorlopig tot het jaar is afgesloten." if found.provisional else ""
    return f"Naar gelang de grondslag lag het Nederlandse aandeel{year} tussen {ends}.{provisional}"


SHORT_BASES = {Basis.RECEIVED: "ontving", Basis.ALLOCATED: "toekende"}
LANGUAGE = "nl"


def attributed(cited: Result, found: Attributed) -> str:
    """Say which part of a result may be told as ours, with the share and basis it was reckoned from."""
    what = f"{cited.unit} {cited.label}".strip()
    part = people(found.high) if found.low == found.high else f"{people(found.low)} tot {people(found.high)}"
    share_of = wording.share_range(found.shares.low.ratio, found.shares.high.ratio)
    bases = enumerate_nl(list(dict.fromkeys(BASIS_NAMES[end.basis] for end in (found.shares.low, found.shares.high))))
    dates = {end.as_of for end in (found.shares.low, found.shares.high) if end.as_of}
    as_of = _as_of(max(dates)) if dates else ""
    provisional = "; voorlopig tot het jaar is afgesloten" if found.provisional else ""
    return f"Naar rato van het Nederlandse aandeel ({share_of} van {bases}{as_of}{provisional}): {part} {what}."


BASIS_NAMES = {
    Basis.RECEIVED: "wat het fonds ontving",
    Basis.ALLOCATED: "wat het fonds toekende",
    Basis.APPEAL: "het hulpverzoek",
}


def key_result(cited: Result, version: ResultVersion, parts: Sequence[ResultPart]) -> str:
    """Say a result in a letter: who achieved it and in which period, then the result itself."""
    said = result(cited, version, parts)
    period = Period(cited.period_start, cited.period_end).label(LANGUAGE)
    return f"{cited.partner.short_name}, {period}: {said}"


def house_item(item: HouseItem) -> str:
    """Say a motion or undertaking with its date and, once settled, its letter."""
    text = parliament.cite(item.kind, item.title, item.signatory, item.document, CitationForm.FULL)
    text = text[:1].upper() + text[1:]
    if item.raised_on:
        text += f", {'ingediend' if item.kind == HouseItemKind.MOTION else 'gedaan'} op {_day(item.raised_on)}"
    if item.state == HouseItemState.SETTLED:
        text += f"; afgedaan op {_day(item.closed_on)}"
    return _stop(text)


def _as_of(day: datetime.date | None) -> str:
    return f" (stand {as_of_label(day, 'nl')})" if day else ""


def _day(day: datetime.date | None) -> str:
    return format_date(day, LANGUAGE) if day else "onbekende datum"


def _stop(text: str) -> str:
    text = text.strip()
    return text if text.endswith((".", "!", "?")) else text + "."
