"""Questions about partners' money. They read and never write."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from itertools import chain
from typing import Any

from djmoney.money import Money

from core.asking import Answer, Asking, by_id, columns_of, records_of
from core.models import Cover
from core.permissions import Refusal
from partners.enums import RateKind, TotalKind, Way
from partners.models import Appeal, Contribution, FundTotal, Partner, Share
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


@dataclass(frozen=True)
class Gift:
    """A contribution that this ledger does not hold, with the shares reckoned for it."""

    record: Contribution
    shared_with: tuple[str, ...]
    shares: tuple[Reckoned, ...]
    refusals: tuple[Refusal, ...]


def put_contributions(put: Asking, partner: Partner, most: int | None) -> Answer:
    """Put the question what a partner was given outside this ledger, the newest first."""
    return put.of(Contribution.objects.filter(partners=partner).order_by("-year", "subject", "pk")[:most])


def put_gifts(put: Asking, partner: Partner, contributions: Answer) -> Callable[[], tuple[Gift, ...]]:
    """Put the questions with whom these contributions are shared, and of what they are a part."""
    rows = contributions.records(Contribution)
    if not rows:
        return tuple
    keys = [row.pk for row in rows]
    given = put.of(
        Partner.objects.filter(contributions__in=keys)
        .exclude(pk=partner.pk)
        .order_by("sort_key", "pk")
        .values_list("contributions", "short_name")
    )
    covers = put.of(Cover.objects.filter(pk__in=[row.cover_id for row in rows if row.cover_id is not None]))
    # in one question: a share must not be reckoned with another's total, or with none, where somebody writes meanwhile
    sides = (columns_of(Share), columns_of(FundTotal, "total__"), columns_of(Appeal, "appeal__"))
    shares = put.of(Share.objects.filter(contribution__in=keys).order_by("pk").values_list(*chain(*sides)))

    def answer() -> tuple[Gift, ...]:
        of_contribution, cover = {row.pk: row for row in rows}, by_id(covers.records(Cover))
        others: dict[int, list[str]] = defaultdict(list)
        for key, name in given.rows:
            others[key].append(name)
        reckoned: dict[int, list[Any]] = defaultdict(list)
        for row in shares.rows:
            share, total, appeal = records_of((Share, FundTotal, Appeal), row)
            share.contribution, share.total, share.appeal = of_contribution[share.contribution_id], total, appeal
            reckoned[share.contribution_id].append(reckon(share))
        for gift in rows:
            gift.cover = cover.get(gift.cover_id)
        return tuple(_gift(gift, others[gift.pk], reckoned[gift.pk]) for gift in rows)

    return answer


def _gift(row: Contribution, others: list[str], reckoned: list[Any]) -> Gift:
    return Gift(
        row,
        tuple(others),
        tuple(one for one in reckoned if isinstance(one, Reckoned)),
        tuple(one for one in reckoned if isinstance(one, Refusal)),
    )
