"""Who has which role where, how they sign in and when they last did: for the yearly review of rights."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db.models import Exists, OuterRef, Q, QuerySet

from core.enums import Role
from core.models import Membership, User
from core.permissions import standing


@dataclass(frozen=True)
class Right:
    """One role of one person; `membership` is None for a person without any, and for what a superuser may besides."""

    person: User
    membership: Membership | None
    way: str  # provider, local or none
    codes: bool

    @property
    def last_sign_in(self) -> datetime.datetime | None:
        """Return when this person last signed in."""
        return self.person.last_login


def rights_seen_by(user: User) -> Iterator[Right]:
    """Yield the rights a person reviews, by name: those of their own directorates and ministry-wide, or all."""
    people = _people()
    for membership in memberships_seen_by(user).select_related("directorate"):
        person = people[membership.user_id]
        yield Right(person, membership, _way(person), person.codes)  # type: ignore[attr-defined]
    if _sees_all(user):
        for person in people.values():
            if person.is_active and (person.is_superuser or not person.roles):  # type: ignore[attr-defined]
                yield Right(person, None, _way(person), person.codes)  # type: ignore[attr-defined]


def memberships_seen_by(user: User) -> QuerySet[Membership]:
    """Return the memberships a person reviews."""
    rows = Membership.objects.order_by("user__sort_key", "user_id", "directorate__code", "role")
    if _sees_all(user):
        return rows
    within = standing(user).within or {}
    own = [directorate for directorate, roles in within.items() if not roles.isdisjoint(REVIEWERS)]
    return rows.filter(Q(directorate__in=own) | Q(directorate=None))


REVIEWERS = frozenset({Role.MANAGER, Role.CONTROLLER, Role.ADMINISTRATOR})


def _sees_all(user: User) -> bool:
    return not standing(user).everywhere.isdisjoint(REVIEWERS)


def _people() -> dict[int, User]:
    mine = {"user": OuterRef("pk")}
    rows = User.objects.annotate(
        codes=Exists(Authenticator.objects.filter(type=Authenticator.Type.TOTP, **mine)),
        linked=Exists(SocialAccount.objects.filter(**mine)),
        roles=Exists(Membership.objects.filter(**mine)),
    )
    return {person.pk: person for person in rows.order_by("sort_key", "pk")}


def _way(person: User) -> str:
    if person.linked:  # type: ignore[attr-defined]
        return "provider"
    return "local" if person.has_usable_password() else "none"
