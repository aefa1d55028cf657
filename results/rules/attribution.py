"""Attribution: which part of a pooled result may be told as ours, and on what basis. Never more than the share allows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from django.utils.translation import gettext_lazy as _

from core.permissions import Refusal
from partners.enums import Say, Way
from partners.rules.share import Range, Reckoned, may_say, spread
from results.enums import Counted


@dataclass(frozen=True)
class Whole:
    """The result as the partner reported it for all givers together."""

    value: Decimal | None
    unit: str
    years: frozenset[int]
    verified: bool
    confidential: bool = False
    counts: Counted | None = None


@dataclass(frozen=True)
class Attributed:
    """Our part of a result, reckoned from the share; it is told with its basis and never added to what was reported.

    `low` and `high` are rounded down to whole units, so that a text never claims more than was reached; they differ when
    the share differs by basis.
    """

    low: Decimal
    high: Decimal
    unit: str
    shares: Range
    provisional: bool


def attribute(whole: Whole, shares: Sequence[Reckoned], years: frozenset[int], way: Way | None) -> Attributed | Refusal:
    """Reckon our part of a result from the shares of one contribution, over one or several bases.

    `years` are the years that the shares cover. Refused when the contribution does not allow it or the years do not fit.
    """
    refusal = _not_allowed(whole, shares, years, way)
    if refusal:
        return refusal
    found = spread(shares)
    if isinstance(found, Refusal):
        return found
    value = whole.value or Decimal(0)
    low, high = ((value * end.ratio).quantize(Decimal(1), rounding=ROUND_DOWN) for end in (found.low, found.high))
    return Attributed(low, high, whole.unit, found, found.provisional)


def _not_allowed(whole: Whole, shares: Sequence[Reckoned], years: frozenset[int], way: Way | None) -> Refusal | None:
    if whole.value is None:
        return Refusal(_("An outcome in words has no part that is ours."))
    if whole.confidential:
        return Refusal(_("A confidential result is not attributed: the part would give the whole away."))
    if not whole.verified:
        return Refusal(_("This result is not verified, so no part of it is told as ours."))
    if whole.counts == Counted.PERCENTAGE:
        return Refusal(_("A percentage is not divided over givers."))
    if not shares:
        return Refusal(_("There is no share to reckon with."), _("Record the share with its basis under Partners."))
    if Say.PRO_RATA not in may_say(way, shares[0]):
        return Refusal(
            _("This contribution was not earmarked, so no part of a result can be told as ours."),
            _("Say what was reached by all givers together, and what we gave."),
        )
    if whole.years != years:
        return Refusal(
            _("The share is of another period than the result."),
            _("Reckon with the share of the years in which the result was reached."),
        )
    return None
