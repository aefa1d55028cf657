"""Models of the ground floor."""

from core.models.base import FetchingManager, Named, NamedVersioned, OrderedQuerySet, Reference, Versioned
from core.models.event import Deployment, Event
from core.models.rate import ExchangeRate
from core.models.reference import Country, Cover, Source, Theme
from core.models.removal import Removal
from core.models.sending import Sending
from core.models.session import CacheEntry, Session
from core.models.user import Directorate, Membership, User

__all__ = [
    "CacheEntry",
    "Country",
    "Cover",
    "Deployment",
    "Directorate",
    "Event",
    "ExchangeRate",
    "FetchingManager",
    "Membership",
    "Named",
    "NamedVersioned",
    "OrderedQuerySet",
    "Reference",
    "Removal",
    "Sending",
    "Session",
    "Source",
    "Theme",
    "User",
    "Versioned",
]
