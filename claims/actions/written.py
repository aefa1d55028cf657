"""Notas and letters: made about claims, written, and closed by the decision that comes back or by being sent."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils.translation import gettext as _

from claims import policies
from claims.actions.answer import tidy_reason
from claims.actions.refused import Refused, in_words, require
from claims.actions.write import Saved, save_text
from claims.enums import HouseItemState, NotaNature, WrittenKind
from claims.models import (
    Claim,
    HouseItem,
    PaperAnswer,
    PaperClaim,
    PaperCounter,
    PaperSection,
    PaperTemplate,
    PaperTemplateSection,
    Party,
    WrittenPaper,
)
from claims.rules import parliament
from claims.rules.numbering import paper_reference
from core.models import Directorate, User
from core.permissions import refresh
from core.transactions import acting

MOST_CLAIMS = 20  # in one paper
HOUSE = "De voorzitter van de Tweede Kamer\nder Staten-Generaal\nPostbus 20018\n2500 EA  DEN HAAG"


def next_reference(year: int) -> str:
    """Give the next reference of a year. The counter's row stays locked until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"insert into {PaperCounter._meta.db_table} (year, last) values (%s, 1) "  # noqa: S608  (a constant name)
            "on conflict (year) do update set last = claims_papercounter.last + 1 returning last",
            [year],
        )
        return paper_reference(year, cursor.fetchone()[0])


@acting
def create_paper(
    *,
    by: User,
    at: datetime.datetime,
    kind: str,
    title: str,
    claims: Sequence[Claim],
    directorate: Directorate | None = None,
    template: PaperTemplate | None = None,
    **fields: Any,
) -> WrittenPaper:
    """Begin a nota or letter about claims, in their order. It takes the open motions and undertakings of the claims along.

    The directorate is that of the first claim unless another is named. Raises Refused, PermissionDenied.
    """
    refresh(by)
    if not claims or len(claims) > MOST_CLAIMS:
        raise Refused(_("Choose one to %d claims that the paper is about.") % MOST_CLAIMS)
    directorate = directorate or claims[0].directorate
    require(policies.may_create(by, directorate))
    seen = Claim.objects.visible_to(by).filter(pk__in=[claim.pk for claim in claims]).count()
    if seen < len({claim.pk for claim in claims}):
        raise PermissionDenied(_("A paper is written about claims that you can see."))
    chosen = template or PaperTemplate.objects.filter(kind=kind, active=True).order_by("-preferred", "code").first()
    if chosen is None:
        raise Refused(_("There is no version of this paper in use. Ask the administrator for one."))
    paper = WrittenPaper(
        reference=next_reference(at.year),
        kind=kind,
        template=chosen,
        title=title,
        directorate=directorate,
        created_by=by,
        created_at=at,
        **_usual(kind) | fields,
    )
    with in_words():
        paper.save(force_insert=True)
        PaperClaim.objects.bulk_create(
            PaperClaim(paper=paper, claim=claim, position=number)
            for number, claim in enumerate(dict.fromkeys(claims), 1)
        )
    paper.house_items.set(HouseItem.objects.visible_to(by).open().filter(claims__in=claims).distinct())
    return paper


def _usual(kind: str) -> dict[str, Any]:
    """Return what the head of a paper usually says; it can all be changed."""
    if kind == WrittenKind.NOTA:
        return {"nature": NotaNature.DECISION}
    return {"address": HOUSE, "salutation": "Geachte voorzitter,", "closing": "Hoogachtend,"}


@acting
def write_paper_section(*, by: User, paper: WrittenPaper, heading: PaperTemplateSection, text: str, seen: int) -> Saved:
    """Save the text below a heading. `seen` is the version the writer saw (0: none yet).

    Raises Stale when there is a newer one, richtext.Unreadable when the text cannot be kept, PermissionDenied.
    """
    locked = lock_paper(paper, by)
    return save_text(PaperSection, {"paper": locked, "heading": heading}, text, seen)


@acting
def answer_paper_finding(
    *, by: User, at: datetime.datetime, paper: WrittenPaper, code: str, place: str, message: str, reason: str
) -> PaperAnswer:
    """Keep the reason why a finding may stand. Raises ValidationError without one, PermissionDenied."""
    locked = lock_paper(paper, by)
    return PaperAnswer.objects.create(
        paper=locked,
        code=code[:60],
        place=place[:300],
        message=message[:2000],
        reason=tidy_reason(reason),
        by=by,
        at=at,
    )


@acting
def feed_back(
    *, by: User, paper: WrittenPaper, outcome: str, decided_by: Party, decided_on: datetime.date, remark: str = ""
) -> WrittenPaper:
    """Record what was decided on a nota, with the remark written beside it; its text no longer changes. Raises Refused."""
    locked = _to_close(paper, by)
    locked.outcome, locked.decided_by, locked.decided_on = outcome, decided_by, decided_on
    locked.decision_remark = remark.strip()[:2000]
    with in_words():
        locked.save(update_fields=["outcome", "decided_by", "decided_on", "decision_remark"])
    return locked


@acting
def send_letter(
    *, by: User, paper: WrittenPaper, on: datetime.date, document: str = "", settles: Sequence[HouseItem] = ()
) -> WrittenPaper:
    """Say that a letter went to the House, and which motions and undertakings it settles. Raises Refused."""
    locked = _to_close(paper, by)
    try:
        locked.document = parliament.document(document)
    except ValueError:
        raise Refused(_("Write the Kamerstuk as dossier and number, for example 36 045, nr. 213.")) from None
    locked.sent_on = on
    with in_words():
        locked.save(update_fields=["sent_on", "document"])
        dealt = locked.house_items.select_for_update(of=("self",)).filter(pk__in=[item.pk for item in settles])
        for item in dealt.order_by("pk"):
            if item.is_open:
                _settle(by, item, locked)
    return locked


def _settle(by: User, item: HouseItem, letter: WrittenPaper) -> None:
    require(policies.may_keep_item(by, item))
    item.state, item.closed_on, item.letter = HouseItemState.SETTLED, letter.sent_on, letter
    item.settled_in = f"Kamerstuk {letter.document}" if letter.document else letter.title
    item.save(update_fields=["state", "closed_on", "letter", "settled_in"])


@acting
def take_paper_up_again(*, by: User, paper: WrittenPaper) -> WrittenPaper:
    """Open a closed paper that was closed by mistake; its history keeps what stood there. Raises Refused, PermissionDenied."""
    refresh(by)
    locked = WrittenPaper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
    require(policies.may_close_paper(by, locked))
    if locked.settles.exists():
        raise Refused(_("Motions or undertakings were settled with this letter. Open those again first."))
    locked.outcome, locked.decided_by, locked.decided_on, locked.decision_remark = "", None, None, ""
    locked.sent_on, locked.document = None, ""
    locked.save(update_fields=["outcome", "decided_by", "decided_on", "decision_remark", "sent_on", "document"])
    return locked


def _to_close(paper: WrittenPaper, by: User) -> WrittenPaper:
    refresh(by)
    locked = WrittenPaper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
    require(policies.may_close_paper(by, locked))
    if locked.closed:
        raise Refused(_("This paper was closed in the meantime. Nothing was changed; look at how it stands now."))
    return locked


def lock_paper(paper: WrittenPaper, by: User) -> WrittenPaper:
    """Lock a paper against being closed and refuse who may not write it."""
    locked = WrittenPaper.objects.select_for_update(of=("self",), no_key=True).get(pk=paper.pk)
    refusal = policies.may_write_paper(by, locked)
    if refusal:
        raise PermissionDenied(refusal)
    return locked
