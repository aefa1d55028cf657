"""Who may see and do what: standing (roles per directorate) and refusals that say why and who can help."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.enums import Role

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from core.models import User


SUPERUSER = _("administrator (superuser)")  # who may give everybody's roles without having one


@dataclass(frozen=True)
class Refusal:
    """Why something may not be done, and who can help."""

    reason: str | Promise
    help: str | Promise = ""

    def __str__(self) -> str:
        return f"{self.reason} {self.help}".strip()


@dataclass(frozen=True)
class Standing:
    """The roles of one person: ministry-wide and per directorate (by id)."""

    everywhere: frozenset[Role] = frozenset()
    within: dict[int, frozenset[Role]] | None = None

    def roles(self, directorate_id: int | None) -> frozenset[Role]:
        """Return the roles that count in a directorate."""
        return self.everywhere | (self.within or {}).get(directorate_id or 0, frozenset())

    def all_roles(self) -> frozenset[Role]:
        """Return every role the person has anywhere."""
        return self.everywhere.union(*(self.within or {}).values())

    @property
    def sees_everything(self) -> bool:
        """True for a role in the whole ministry, other than administrator, who needs no content to do the work."""
        return bool(self.everywhere - {Role.ADMINISTRATOR})

    @property
    def directorate_ids(self) -> frozenset[int]:
        """Return the directorates whose records this person may see."""
        return frozenset(key for key, roles in (self.within or {}).items() if roles - {Role.ADMINISTRATOR})


NOBODY = Standing()


def standing(user: User | AnonymousUser) -> Standing:
    """Return a person's standing, read once per request; nobody's when not signed in or no longer active."""
    if not user.is_authenticated or not user.is_active:
        return NOBODY
    known: Standing | None = getattr(user, "_standing", None)
    if known is None:
        everywhere: set[Role] = {Role.ADMINISTRATOR} if user.is_superuser else set()
        within: dict[int, set[Role]] = {}
        for role, directorate_id in user.memberships.values_list("role", "directorate_id"):
            (within.setdefault(directorate_id, set()) if directorate_id else everywhere).add(Role(role))
        known = Standing(frozenset(everywhere), {key: frozenset(roles) for key, roles in within.items()})
        user._standing = known  # type: ignore[attr-defined]
    return known


def refresh(user: User) -> None:
    """Forget what is known of a person's standing, so that it is read anew within the present transaction."""
    user.__dict__.pop("_standing", None)
    user.refresh_from_db(fields=["is_active", "is_superuser"])


def has_role(
    user: User | AnonymousUser, *roles: Role, directorate_id: int | None = None, anywhere: bool = False
) -> bool:
    """True when the person has one of the roles in this directorate (or anywhere at all)."""
    held = standing(user).all_roles() if anywhere else standing(user).roles(directorate_id)
    return not held.isdisjoint(roles)


def within_reach(
    queryset: models.QuerySet[Any], user: User | AnonymousUser, path: str = "directorate"
) -> models.QuerySet[Any]:
    """Narrow a queryset to the directorates a person may see; `path` leads to the directorate."""
    held = standing(user)
    if held.sees_everything:
        return queryset
    if not held.directorate_ids:
        return queryset.none()
    return queryset.filter(**{f"{path}__in": held.directorate_ids})


def reach_in_sql(user: User | AnonymousUser, column: str) -> tuple[str, list[Any]]:
    """Return the condition of `within_reach` in SQL, with what it is given; `column` holds the directorate's id."""
    held = standing(user)
    return ("true", []) if held.sees_everything else (f"{column} = any(%s)", [sorted(held.directorate_ids)])


def names_of(people: Iterable[Any]) -> str:
    """Join names for a sentence about who can help."""
    return ", ".join(str(person) for person in people)


def may_review_rights(user: User | AnonymousUser) -> bool:
    """True for those who review rights each year: managers for their directorate, controllers and administrators for all."""
    return has_role(user, Role.MANAGER, Role.CONTROLLER, Role.ADMINISTRATOR, anywhere=True)


def may_see_reading(user: User | AnonymousUser) -> bool:
    """True for controllers and auditors (readers) of the whole ministry: they see who read what is confidential."""
    return not standing(user).everywhere.isdisjoint({Role.CONTROLLER, Role.READER})
