"""Admits who the provider proves: makes the account at the first sign-in, and sets the roles at each."""

from __future__ import annotations

import datetime
import logging
from dataclasses import dataclass, field

import pghistory
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError

from core import audit
from core.models import Directorate, Membership, User
from core.signin.groups import Given, Mapping, given_by
from core.signin.sessions import end_sessions
from core.transactions import acting

log = logging.getLogger(__name__)
LONGEST_SUBJECT, LONGEST_NAME = 191, 150


@dataclass(frozen=True)
class Identity:
    """A person as the provider proves and describes them."""

    issuer: str
    subject: str
    username: str
    name: str
    email: str = ""
    groups: tuple[str, ...] = ()
    level: str = ""


@dataclass(frozen=True)
class Admission:
    """Who may come in; or why nobody does: `no-role`, `taken`, `off` or `unusable`."""

    user: User | None = None
    refused: str = ""


@dataclass
class _Roles:
    """What the groups give, as rows, and which directorates are not known here."""

    wanted: set[tuple[str, int | None]] = field(default_factory=set)
    unknown: list[str] = field(default_factory=list)


def admit(*, identity: Identity, mapping: Mapping, at: datetime.datetime) -> Admission:
    """Return who comes in. Two first sign-ins of one person at the same time make one account."""
    try:
        return _admit(identity, mapping, at)
    except IntegrityError:
        return _admit(identity, mapping, at)


@acting
def _admit(identity: Identity, mapping: Mapping, at: datetime.datetime) -> Admission:
    if not 0 < len(identity.subject) <= LONGEST_SUBJECT or "\x00" in repr(identity):
        return Admission(refused="unusable")
    roles = _roles(given_by(mapping, identity.groups))
    user = _known(identity)
    if user is None:
        if not roles.wanted:
            return Admission(refused="no-role")
        if _is_taken(identity):
            return Admission(refused="taken")
        user = _made(identity)
    if not user.is_active:
        return Admission(refused="off")
    with pghistory.context(user=user.pk, path="/sign-in/provider/"):
        _describe(user, identity)
        changed = _set_roles(user, roles.wanted)
    if roles.unknown:
        log.warning("The groups of user %s name directorates that are not here: %s", user.pk, ", ".join(roles.unknown))
    if changed:
        told = {"given": changed[0], "taken": changed[1], "unknown": roles.unknown}
        audit.record(by=user, at=at, kind="roles.set-by-provider", subject=f"user {user.public_id}", **told)
    if not user.memberships.exists():
        end_sessions(user)
        return Admission(refused="no-role")
    return Admission(user=user)


def _known(identity: Identity) -> User | None:
    account = (
        SocialAccount.objects.select_for_update(of=("self",))
        .select_related("user")
        .filter(provider=identity.issuer, uid=identity.subject)
        .order_by("pk")
        .first()
    )
    if account is None:
        return None
    account.save(update_fields=["last_login"])
    return account.user if isinstance(account.user, User) else None


def _is_taken(identity: Identity) -> bool:
    """True when an account has this address already: it may be another person's, and is never taken over unasked."""
    return bool(identity.email) and User.objects.filter(email__iexact=identity.email).exists()


def _made(identity: Identity) -> User:
    user = User(username=_free_name(identity.username), name=identity.name[:LONGEST_NAME])
    user.set_unusable_password()
    user.save()
    SocialAccount.objects.create(user=user, provider=identity.issuer, uid=identity.subject)
    return user


def _free_name(wanted: str) -> str:
    """Return a user name nobody has: it is shown, and nobody signs in with it."""
    start = wanted.strip()[: LONGEST_NAME - 5] or "user"
    taken = set(User.objects.filter(username__istartswith=start).values_list("username", flat=True))
    taken = {name.casefold() for name in taken}
    return next(
        name for name in (start, *(f"{start}-{number}" for number in range(2, 9999))) if name.casefold() not in taken
    )


def _describe(user: User, identity: Identity) -> None:
    """Follow the provider in name and address."""
    try:
        validate_email(identity.email)
        email = identity.email[:254]
    except ValidationError:
        email = user.email
    name = identity.name.strip()[:LONGEST_NAME] or user.name
    if (user.name, user.email) != (name, email):
        user.name, user.email = name, email
        user.save()


def _roles(given: frozenset[Given]) -> _Roles:
    codes = {entry.directorate for entry in given if entry.directorate}
    known = dict(Directorate.objects.filter(code__in=codes).values_list("code", "pk"))
    return _Roles(
        {(entry.role, known.get(entry.directorate)) for entry in given if entry.directorate in {"", *known}},
        sorted(codes - known.keys()),
    )


def _set_roles(user: User, wanted: set[tuple[str, int | None]]) -> tuple[list[str], list[str]] | None:
    """Give and take the roles the provider manages; those an administrator gave stay. Return what was given and taken."""
    held = {(row.role, row.directorate_id): row for row in user.memberships.select_related("directorate")}
    gone = [row for key, row in held.items() if row.managed and key not in wanted]
    new = [
        Membership.objects.create(user=user, role=role, directorate_id=directorate, managed=True)
        for role, directorate in sorted(wanted - held.keys(), key=str)
    ]
    told = ([_told(row) for row in new], [_told(row) for row in gone])
    for row in gone:
        row.delete()
    return told if new or gone else None


def _told(row: Membership) -> str:
    return f"{row.role} {row.directorate.code if row.directorate else ''}".strip()
