"""Composing the annex: parts, what they cite, in which order."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import Max

from claims.actions.write import lock
from claims.enums import CitedKind
from claims.models import AnnexPart, Citation, Claim
from core.models import User
from partners.models import Appeal, Contribution, FundTotal, Partner, Share
from results.models import Result

CITABLE = {
    CitedKind.RESULT: Result,
    CitedKind.CONTRIBUTION: Contribution,
    CitedKind.TOTAL: FundTotal,
    CitedKind.APPEAL: Appeal,
    CitedKind.SHARE: Share,
}


class Unknown(LookupError):
    """A record named by its public id is not there, or not this person's to see."""


@transaction.atomic
def add_part(*, by: User, claim: Claim, title: str, partner: Partner | None) -> AnnexPart:
    """Add a part at the end."""
    lock(claim, by)
    return AnnexPart.objects.create(
        claim=claim, title=title, partner=partner, position=_next(AnnexPart.objects.filter(claim=claim))
    )


@transaction.atomic
def remove_part(*, by: User, part: AnnexPart) -> None:
    """Remove a part with what it cites; the records cited stay."""
    lock(part.claim, by)
    part.delete()


@transaction.atomic
def arrange(
    *,
    by: User,
    part: AnnexPart,
    title: str,
    headings: Mapping[str, str],
    additions: Mapping[str, str],
    cite: Sequence[str],
    move: tuple[str, str] | None,
    drop: str | None,
) -> None:
    """Keep everything entered on the page at once: title, headings and additions by citation, new citations
    ("kind:public id"), one citation moved up or down, one dropped. Raises Unknown, and then nothing is kept."""
    lock(part.claim, by)
    if part.title != title:
        part.title = title
        part.save(update_fields=["title"])
    citations = list(Citation.objects.filter(part=part).in_order())
    by_id = {str(citation.public_id): citation for citation in citations}
    for key, citation in by_id.items():
        heading, addition = (
            headings.get(key, citation.heading).strip()[:200],
            additions.get(key, citation.addition).strip()[:500],
        )
        if (heading, addition) != (citation.heading, citation.addition):
            citation.heading, citation.addition = heading, addition
            citation.save(update_fields=["heading", "addition"])
    for chosen in cite:
        citations.append(_cite(by, part, chosen, _next(Citation.objects.filter(part=part))))
    if drop is not None:
        _known(by_id, drop).delete()
    elif move is not None:
        _move(citations, _known(by_id, move[1]), -1 if move[0] == "up" else 1)


def _known(by_id: Mapping[str, Citation], key: str) -> Citation:
    if key not in by_id:
        raise Unknown(key)
    return by_id[key]


def _cite(by: User, part: AnnexPart, chosen: str, position: int) -> Citation:
    kind, _, identity = chosen.partition(":")
    if kind not in CitedKind.values:
        raise Unknown(chosen)
    rows = CITABLE[CitedKind(kind)]._default_manager
    rows = rows.visible_to(by) if kind == CitedKind.RESULT else rows  # type: ignore[attr-defined]
    try:
        record = rows.filter(public_id=uuid.UUID(identity)).first()
    except ValueError:
        raise Unknown(chosen) from None
    if record is None:
        raise Unknown(chosen)
    citation, _made = Citation.objects.get_or_create(part=part, **{kind: record}, defaults={"position": position})
    return citation


def _move(citations: list[Citation], moved: Citation, step: int) -> None:
    index = citations.index(moved)
    target = index + step
    if not 0 <= target < len(citations):
        return
    citations[index], citations[target] = citations[target], citations[index]
    for position, citation in enumerate(citations, 1):
        if citation.position != position:
            Citation.objects.filter(pk=citation.pk).update(position=position)


def _next(rows: object) -> int:
    return (rows.aggregate(last=Max("position"))["last"] or 0) + 1  # type: ignore[attr-defined]
