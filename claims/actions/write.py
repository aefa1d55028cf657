"""Writing texts: saved as one goes, and a stale save refused with the difference."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from claims import policies
from claims.models import AnnexPart, Claim, PaperSection, Section, TemplateSection
from core import richtext
from core.models import User


@dataclass(frozen=True)
class Saved:
    """The text as it is stored now, and its version."""

    version: int
    text: str


class Stale(Exception):
    """Somebody else saved a newer version; nothing was changed. Carries what is stored now."""

    def __init__(self, stored: Saved, by: str) -> None:
        super().__init__("stale")
        self.stored, self.by = stored, by


@transaction.atomic
def write_section(*, by: User, claim: Claim, question: TemplateSection, text: str, seen: int) -> Saved:
    """Save the answer to a question. `seen` is the version the writer saw (0: none yet).

    Raises Stale when there is a newer one, richtext.Unreadable when the text cannot be kept, PermissionDenied.
    """
    claim = lock(claim, by)
    return save_text(Section, {"claim": claim, "question": question}, text, seen)


def save_text(model: Any, place: dict[str, Any], text: str, seen: int) -> Saved:
    """Save the text at a place of its own, unless somebody else wrote a newer one: then raises Stale."""
    stored = richtext.canonical(text)
    section = model.objects.select_for_update().filter(**place).order_by("pk").first()
    current = section.version if section else 0
    if section and section.text == stored:
        return Saved(section.version, section.text)
    if current != seen:
        raise Stale(Saved(current, section.text if section else ""), last_writer(section))
    if section is None:
        section = model.objects.create(**place, text=stored)
    else:
        section.text = stored
        section.save(update_fields=["text"])
    section.refresh_from_db()
    return Saved(section.version, section.text)


@transaction.atomic
def write_annex_text(*, by: User, part: AnnexPart, text: str, seen: int) -> Saved:
    """Save a part of the annex's own text, under the same rules as a section."""
    lock(part.claim, by)
    stored = richtext.canonical(text)
    part = AnnexPart.objects.select_for_update().get(pk=part.pk)
    if part.text == stored:
        return Saved(part.version, part.text)
    if part.version != seen:
        raise Stale(Saved(part.version, part.text), last_writer(part))
    part.text = stored
    part.save(update_fields=["text"])
    part.refresh_from_db()
    return Saved(part.version, part.text)


@transaction.atomic
def mark_updated(*, by: User, section: Section) -> None:
    """Say that the figures of a copied text are up to date."""
    lock(section.claim, by)
    Section.objects.filter(pk=section.pk).update(to_update=False)


def lock(claim: Claim, by: User) -> Claim:
    """Lock the claim against a change of state and refuse who may not write."""
    locked = Claim.objects.select_for_update(no_key=True).select_related(None).get(pk=claim.pk)
    refusal = policies.may_edit(by, locked)
    if refusal:
        raise PermissionDenied(refusal)
    return locked


def last_writer(row: Section | AnnexPart | PaperSection | None) -> str:
    """Return the name of who saved a text last, from its history; empty when not known."""
    if row is None:
        return ""
    model: Any = type(row)
    event = model.pgh_event_model.objects.filter(pgh_obj_id=row.pk).order_by("-pgh_id").first()
    user_id = event.pgh_context.metadata.get("user") if event and event.pgh_context_id else None
    person = User.objects.filter(pk=user_id).first() if user_id else None
    return person.name if person else ""
