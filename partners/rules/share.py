"""The Dutch share in a fund's money or in an appeal: contribution divided by a denominator of a named kind."""

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from core.enums import Earmark
from core.permissions import Refusal
from partners.enums import Basis, PartnerKind, RateKind, Say, Way


@dataclass(frozen=True)
class Rate:
    """A named exchange rate: one unit of `source` is `value` units of `target`."""

    source: str
    target: str
    value: Decimal
    kind: RateKind
    on: datetime.date | None = None


@dataclass(frozen=True)
class Reckoned:
    """A share with everything a reader needs to trust it."""

    ratio: Decimal  # 0.118131… for 11.81 %; exact to the context's 28 digits, never rounded
    basis: Basis
    numerator: Money  # in the denominator's currency; not rounded when converted
    denominator: Money
    as_of: datetime.date | None
    provisional: bool
    given: Money | None = None  # the contribution before conversion; None when nothing was converted
    rate: Rate | None = None

    @property
    def sole(self) -> bool:
        """True when nobody else gave."""
        return self.ratio == 1


@dataclass(frozen=True)
class Range:
    """One contribution measured against several bases: the lowest and the highest share."""

    low: Reckoned
    high: Reckoned

    @property
    def provisional(self) -> bool:
        """True while either end may still move."""
        return self.low.provisional or self.high.provisional


def share(
    numerator: Money | None,
    denominator: Money,
    basis: Basis,
    as_of: datetime.date | None,
    final: bool,
    rate: Rate | None = None,
) -> Reckoned | Refusal:
    """Reckon a share in one currency. Unlike currencies are refused, unless a named rate leads from the one to the other.

    A share stays provisional until the year is closed (`final`): later gifts of others lower it.
    """
    if numerator is None:
        return Refusal(
            _("The share cannot be reckoned: the amount in the currency of the total is not stated."),
            _("Enter the contribution as the fund recorded it."),
        )
    if denominator.amount <= 0:
        return Refusal(_("The share cannot be reckoned: what it is measured against is nothing."))
    if numerator.currency == denominator.currency:
        return Reckoned(numerator.amount / denominator.amount, basis, numerator, denominator, as_of, not final)
    if rate is None or (rate.source, rate.target) != (numerator.currency.code, denominator.currency.code):
        return Refusal(
            _("The share cannot be reckoned: contribution and total are in different currencies."),
            _("Enter the contribution as the fund recorded it, in the currency of the total."),
        )
    converted = Money(numerator.amount * rate.value, rate.target)
    return Reckoned(
        converted.amount / denominator.amount, basis, converted, denominator, as_of, not final, numerator, rate
    )


def spread(shares: Sequence[Reckoned]) -> Range | Refusal:
    """Return the lowest and highest share of one contribution over its bases. Shares of unlike contributions are refused."""
    if not shares:
        return Refusal(_("There is no share to compare."))
    if len({share.given or share.numerator for share in shares}) > 1:
        return Refusal(
            _("These shares are of different contributions."),
            _("A range compares bases, such as received and allocated, for one contribution."),
        )
    ordered = sorted(shares, key=lambda share: share.ratio)
    return Range(ordered[0], ordered[-1])


# -- what may be said -------------------------------------------------------------------------------------------------

MAY_SAY: dict[Way | None, frozenset[Say]] = {
    Way.EARMARKED: frozenset({Say.TOGETHER, Say.PRO_RATA}),
    Way.POOLED: frozenset({Say.TOGETHER, Say.PRO_RATA}),
    Way.UNEARMARKED: frozenset({Say.TOGETHER}),  # the money cannot be followed to this result
    None: frozenset({Say.TOGETHER}),  # not stated how it was tied: say no more than is known
}


def way_of(earmark: str, kinds: Collection[str]) -> Way | None:
    """Say how a contribution to partners of these kinds is tied; None when that is not stated.

    A gift to a pooled fund, or to several partners together, is pooled whatever its earmark says.
    """
    if PartnerKind.POOLED_FUND in kinds or len(kinds) > 1:
        return Way.POOLED
    return (
        {Earmark.EARMARKED: Way.EARMARKED, Earmark.UNEARMARKED: Way.UNEARMARKED}.get(Earmark(earmark))
        if earmark
        else None
    )


def may_say(way: Way | None, share: Reckoned | None) -> frozenset[Say]:
    """Return what a sentence may claim. Only who gave everything, earmarked, may say "we paid for this"."""
    allowed = MAY_SAY[way]
    if share is None:
        return allowed - {Say.PRO_RATA}
    return allowed | {Say.DIRECT} if way == Way.EARMARKED and share.sole else allowed
