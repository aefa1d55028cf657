"""Redactions: proposed in a frozen internal version, confirmed by another, or withdrawn."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils.translation import gettext as _

from claims import policies
from claims.actions.refused import Refused, in_words, require
from claims.documents import composed
from claims.documents.public import rebuilt
from claims.kinds import KINDS
from claims.models import FrozenPaper, Redaction, RedactionGround
from claims.rules.redaction import SHORTEST, Anchor, NotUnique, anchor_of
from core import richtext
from core.models import User
from core.permissions import refresh
from core.transactions import acting


@acting
def propose(
    *,
    by: User,
    at: datetime.datetime,
    paper: FrozenPaper,
    part: str,
    passage: int,
    words: str,
    ground: RedactionGround,
    motivation: str,
) -> Redaction:
    """Propose to leave words of one passage out of public versions. Raises Refused when they do not stand there once, PermissionDenied."""
    refresh(by)
    require(policies.may_freeze(by, paper.directorate_id))
    kind = KINDS[paper.kind]
    facts = rebuilt(kind.facts_type, paper.snapshot["facts"])
    text = next((one for one in kind.texts(facts) if one.part == part), None)
    if paper.public or (text is None and part != composed.PART):
        raise Refused(_("Redactions are proposed in an internal version."), "redaction_part")
    try:
        if text is None:
            place, anchor = _composed(facts, passage, words)
        else:
            place, anchor = text.label, anchor_of(richtext.parse(text.text), passage, words)
    except NotUnique:
        raise Refused(
            _("These words stand more than once in that passage. Take more words along, so that it is clear which."),
            "redaction_words",
        ) from None
    except richtext.NotThere:
        raise Refused(
            _("These words do not stand in that passage. Copy them as they stand."), "redaction_words"
        ) from None
    reason = " ".join(motivation.replace("\x00", "").split())
    if not reason:
        raise Refused(_("Say why this passage is left out."), "redaction_says_why")
    with in_words():
        return Redaction.objects.create(
            subject=paper.subject,
            directorate_id=paper.directorate_id,
            part=part,
            place=place[:300],
            quote=anchor.quote,
            before=anchor.before,
            after=anchor.after,
            ground=ground,
            motivation=reason[:500],
            proposed_by=by,
            proposed_at=at,
        )


def _composed(facts: Any, index: int, words: str) -> tuple[str, Anchor]:
    """Hold words that the paper composes, and say where they stand. Raises NotThere."""
    found = composed.said(facts)
    quote = " ".join(words.split())
    if len(quote) < SHORTEST or index >= len(found) or not composed.pattern(quote).search(found[index].words):
        raise richtext.NotThere(words)
    return "; ".join(composed.places_of(facts, quote)), Anchor(quote)


@acting
def confirm(*, by: User, at: datetime.datetime, redaction: Redaction) -> None:
    """Confirm a redaction that another proposed. Raises Refused, PermissionDenied."""
    refresh(by)
    locked = _locked(redaction)
    require(policies.may_confirm_redaction(by, locked))
    if not locked.open:
        raise Refused(_("This redaction was confirmed or withdrawn already."), "redaction_stands")
    with in_words():
        Redaction.objects.filter(pk=locked.pk).update(confirmed_by=by, confirmed_at=at)


@acting
def withdraw(*, by: User, at: datetime.datetime, redaction: Redaction) -> None:
    """Withdraw a redaction: later public versions print the passage again. A confirmed one takes another than who proposed it."""
    refresh(by)
    locked = _locked(redaction)
    require(
        policies.may_freeze(by, locked.directorate_id)
        if locked.confirmed_at is None
        else policies.may_confirm_redaction(by, locked)
    )
    if locked.withdrawn_at is not None:
        raise Refused(_("This redaction was confirmed or withdrawn already."), "redaction_stands")
    with in_words():
        Redaction.objects.filter(pk=locked.pk).update(withdrawn_by=by, withdrawn_at=at)


def _locked(redaction: Redaction) -> Redaction:
    return Redaction.objects.select_for_update(no_key=True).get(pk=redaction.pk)
