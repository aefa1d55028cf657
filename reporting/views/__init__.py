"""Pages that look out over all floors."""

from reporting.views import figure_card, rights, sheet
from reporting.views.envelopes import envelope, envelopes
from reporting.views.home import home
from reporting.views.iati import comparison
from reporting.views.numbers import rows
from reporting.views.partner import partner
from reporting.views.portfolio import portfolio
from reporting.views.results import adding

__all__ = [
    "adding",
    "comparison",
    "envelope",
    "envelopes",
    "figure_card",
    "home",
    "partner",
    "portfolio",
    "rights",
    "rows",
    "sheet",
]
