"""Pages that look out over all floors."""

from reporting.views.home import home
from reporting.views.iati import comparison
from reporting.views.results import adding

__all__ = ["adding", "comparison", "home"]
