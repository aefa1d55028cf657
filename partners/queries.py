"""Questions about partners' money. They read and never write."""

from djmoney.money import Money

from core.permissions import Refusal
from partners.models import Share
from partners.rules import share as rules
from partners.rules.share import Reckoned


def reckon(share: Share) -> Reckoned | Refusal:
    """Reckon a stored share from the contribution and the total or appeal it names, in the latter's currency."""
    contribution = share.contribution
    against = share.appeal if share.appeal_id else share.total
    numerator = contribution.recorded
    if against.currency == "EUR" and contribution.amount is not None:
        numerator = Money(contribution.amount, "EUR")
    return rules.share(
        numerator, against.money, share.basis, against.as_of, final=share.appeal_id is not None or against.final
    )
