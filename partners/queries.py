"""Questions about partners' money. They read and never write."""

from __future__ import annotations

from collections.abc import Collection

from djmoney.money import Money

from core.permissions import Refusal
from partners.enums import RateKind, TotalKind, Way
from partners.models import Contribution, FundTotal, Share
from partners.rules import share as rules
from partners.rules.share import Range, Rate, Reckoned

MEASURES = (TotalKind.RECEIVED, TotalKind.ALLOCATED)  # totals a contribution may be measured against


def reckon(share: Share) -> Reckoned | Refusal:
    """Reckon a stored share from the contribution and the total or appeal it names, in the latter's currency."""
    against = share.appeal if share.appeal_id else share.total
    final = share.appeal_id is not None or against.final
    numerator, rate = _numerator(share.contribution, against.currency, _rate(share, against.currency))
    return rules.share(numerator, against.money, share.basis, against.as_of, final, rate)


def _rate(share: Share, currency: str) -> Rate | None:
    if share.rate is None:
        return None
    return Rate("EUR", currency, share.rate, RateKind(share.rate_kind), share.rate_on)


def _numerator(given: Contribution, currency: str, rate: Rate | None) -> tuple[Money | None, Rate | None]:
    """Return the contribution in the currency asked, or what a rate may convert. A recorded amount goes before a rate."""
    euros = Money(given.amount, "EUR") if given.amount is not None else None
    if currency == "EUR" and euros is not None:
        return euros, None
    if given.recorded is not None and given.recorded.currency.code == currency:
        return given.recorded, None
    return (euros, rate) if rate is not None and euros is not None else (given.recorded, None)


def history(share: Share) -> list[tuple[FundTotal, Reckoned | Refusal]]:
    """Reckon a share against every stand of the same total, oldest first; the closed year comes last."""
    if share.appeal_id:
        return []
    total = share.total
    stands = FundTotal.objects.filter(
        partner=total.partner_id, year=total.year, kind=total.kind, purpose=total.purpose, currency=total.currency
    )
    numerator, rate = _numerator(share.contribution, total.currency, _rate(share, total.currency))
    ordered = sorted(stands, key=lambda row: (row.as_of is None, row.as_of or row.pk, row.pk))
    return [(row, rules.share(numerator, row.money, share.basis, row.as_of, row.final, rate)) for row in ordered]


def over_bases(contribution: Contribution) -> Range | Refusal:
    """Measure a contribution against every share recorded for it: the lowest and the highest."""
    shares = Share.objects.filter(contribution=contribution, total__kind__in=MEASURES)
    reckoned = [found for found in map(reckon, shares) if isinstance(found, Reckoned)]
    return rules.spread(reckoned)


def way_of(contribution: Contribution) -> Way | None:
    """Say how a contribution is tied: earmarked, pooled or unearmarked."""
    kinds: Collection[str] = [partner.kind for partner in contribution.partners.all()]
    return rules.way_of(contribution.earmark, kinds)
