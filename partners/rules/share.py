"""The Dutch share in a fund's money or in an appeal: contribution divided by a denominator of a named kind."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from core.permissions import Refusal
from partners.enums import Basis


@dataclass(frozen=True)
class Reckoned:
    """A share with everything a reader needs to trust it."""

    ratio: Decimal  # 0.118131… for 11.81 %; exact to the context's 28 digits, never rounded
    basis: Basis
    numerator: Money
    denominator: Money
    as_of: datetime.date | None
    provisional: bool


def share(
    numerator: Money | None, denominator: Money, basis: Basis, as_of: datetime.date | None, final: bool
) -> Reckoned | Refusal:
    """Reckon a share in one currency. Refused when the contribution is not known in the denominator's currency.

    A share stays provisional until the year is closed (`final`): later gifts of others lower it.
    """
    if numerator is None:
        return Refusal(
            _("The share cannot be reckoned: the amount in the currency of the total is not stated."),
            _("Enter the contribution as the fund recorded it."),
        )
    if numerator.currency != denominator.currency:
        return Refusal(
            _("The share cannot be reckoned: contribution and total are in different currencies."),
            _("Enter the contribution as the fund recorded it, in the currency of the total."),
        )
    return Reckoned(numerator.amount / denominator.amount, basis, numerator, denominator, as_of, not final)
