"""Models of the partners floor."""

from partners.models.money import Appeal, AppealGroup, AppealPart, Contribution, FundTotal, Share
from partners.models.partner import Partner

__all__ = ["Appeal", "AppealGroup", "AppealPart", "Contribution", "FundTotal", "Partner", "Share"]
