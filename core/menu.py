"""The application's menu: one list for our own pages and the entry screens alike."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.enums import Role
from core.permissions import has_role, standing


@dataclass(frozen=True)
class Entry:
    """One entry: its name, where it goes, and which addresses it stands for."""

    label: str | Promise
    url: str
    current: bool


# (label, address name, prefixes that belong to it, roles that see it; empty means everybody with a role)
MENU: list[tuple[str | Promise, str, tuple[str, ...], tuple[Role, ...]]] = [
    (_("My work"), "home", (), ()),
    (_("Claims"), "admin:claims_claim_changelist", ("/claims/", "/register/claims/claim"), ()),
    (_("Partners"), "portfolio", ("/register/partners/",), ()),
    (
        _("Envelopes"),
        "envelopes",
        ("/register/claims/envelope/", "/claims/envelopes/", "/claims/months/", "/claims/year/", "/claims/unspent/"),
        (),
    ),
    (_("Results"), "admin:results_result_changelist", ("/register/results/", "/results/"), ()),
    (_("Papers"), "claims:papers", ("/claims/papers/", "/claims/frozen/", "/register/claims/writtenpaper/"), ()),
    (_("Motions and undertakings"), "claims:house-items", ("/claims/house/", "/register/claims/houseitem/"), ()),
    (_("Figure card"), "figure-card", (), ()),
    (
        _("Reconciliation"),
        "claims:reconciliation",
        ("/claims/reconciliation/", "/claims/books/", "/claims/deviations/", "/claims/take-on/"),
        (Role.BOOKKEEPER, Role.CONTROLLER),
    ),
    (
        pgettext_lazy("menu", "Management"),
        "admin:index",
        ("/register/", "/claims/house-style/"),
        (Role.ADMINISTRATOR, Role.CONTROLLER, Role.OFFICER, Role.BOOKKEEPER),
    ),
]


def menu_for(request: HttpRequest) -> list[Entry]:
    """Return the entries this person may open, with the one that fits the address best marked as current."""
    user = getattr(request, "user", None)
    if user is None or not standing(user).all_roles():
        return []
    visible = [item for item in MENU if not item[3] or has_role(user, *item[3], anywhere=True)]
    urls = [reverse(item[1]) for item in visible]
    best, length = -1, 0
    for index, (item, url) in enumerate(zip(visible, urls, strict=True)):
        for prefix in (*item[2], url):
            fits = request.path == prefix if prefix == "/" else request.path.startswith(prefix)
            if fits and len(prefix) > length:
                best, length = index, len(prefix)
    return [Entry(item[0], url, index == best) for index, (item, url) in enumerate(zip(visible, urls, strict=True))]
