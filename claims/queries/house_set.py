"""What must be in order before papers go to the House together."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from claims.enums import PaperKind
from claims.models import FrozenClaim, FrozenFigure, FrozenPaper, Redaction
from claims.queries.outdated import outdated

MOST_NAMED = 8
ANNEX_HEADING = re.compile(r"Bijlage\s+(\d{1,2})\b")
ANNEX_NAMED = re.compile(r"\bbijlagen?\s+(\d{1,2})\b", re.IGNORECASE)


@dataclass(frozen=True)
class Check:
    """One point of the checklist; `problems` are empty when it is in order."""

    code: str
    label: str | Promise
    problems: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """True when nothing is to be answered."""
        return not self.problems


def checklist(papers: Sequence[FrozenPaper]) -> list[Check]:
    """Return every point for papers that are to go together, in a fixed number of queries."""
    return [
        Check("public", _("Every paper is a public version"), _internal(papers)),
        Check("redactions", _("Every redaction is confirmed"), _unconfirmed(papers)),
        Check("newest", _("Every paper is the newest version"), _old(papers)),
        Check("outdated", _("No paper is outdated"), _outdated(papers)),
        Check("figures", _("The same figure is the same in every paper"), _unequal(papers)),
        Check("forms", _("Every form that a letter lists as its annex goes along"), _forms(papers)),
        Check("annexes", _("Annexes are numbered once, and every annex that is named is there"), _annexes(papers)),
    ]


def _called(paper: FrozenPaper) -> str:
    return str(paper.name)


def _internal(papers: Sequence[FrozenPaper]) -> tuple[str, ...]:
    return tuple(_called(paper) for paper in papers if not paper.public)


def _unconfirmed(papers: Sequence[FrozenPaper]) -> tuple[str, ...]:
    waiting = Redaction.objects.standing().filter(
        subject__in={paper.subject for paper in papers}, confirmed_at__isnull=True
    )
    return tuple(dict.fromkeys(waiting.values_list("place", flat=True)))


def _old(papers: Sequence[FrozenPaper]) -> tuple[str, ...]:
    keys = [paper.pk for paper in papers]
    newest = set(FrozenPaper.objects.filter(pk__in=keys).newest().values_list("pk", flat=True))
    return tuple(_called(paper) for paper in papers if paper.pk not in newest)


def _outdated(papers: Sequence[FrozenPaper]) -> tuple[str, ...]:
    """A public version is outdated by its figures; that the draft went on is for the internal one to say."""
    changes = outdated(papers)
    found = []
    for paper in papers:
        now = changes[paper.pk]
        for change in now.figures[:MOST_NAMED]:
            found.append(f"{_called(paper)}: {change.figure.place}: {change.old or '–'} → {change.new or '–'}")
        if now.texts and not now.figures:
            found.append(str(format_lazy(_("{paper}: its draft changed"), paper=_called(paper))))
    return tuple(found)


def _unequal(papers: Sequence[FrozenPaper]) -> tuple[str, ...]:
    by_key = {paper.pk: paper for paper in papers}
    values: dict[tuple[str, object], dict[object, FrozenFigure]] = defaultdict(dict)
    for row in FrozenFigure.objects.filter(paper__in=by_key).order_by("paper", "position", "pk"):
        values[row.field, row.record].setdefault(row.value, row)
    return tuple(
        " / ".join(f"{_called(by_key[row.paper_id])}: {row.wording[:80]}" for row in rows.values())
        for rows in values.values()
        if len(rows) > 1
    )


def _forms(papers: Sequence[FrozenPaper]) -> tuple[str, ...]:
    """A letter that leaves the CW 3.1 frame to its annexes goes with the form of each of its claims."""
    listing = [paper for paper in papers if paper.kind == PaperKind.LETTER and _leaves_frame(paper)]
    there = {paper.subject for paper in papers if paper.kind == PaperKind.CW31}
    links = FrozenClaim.objects.filter(paper__in=listing).select_related("claim").order_by("paper", "claim__reference")
    names = {paper.pk: _called(paper) for paper in listing}
    return tuple(
        str(
            format_lazy(
                _("{paper} lists the form of {claim}, which is not in this set"),
                paper=names[link.paper_id],
                claim=link.claim.reference,
            )
        )
        for link in links
        if link.claim.public_id not in there
    )


def _leaves_frame(paper: FrozenPaper) -> bool:
    return any(part.get("frame_note") for part in paper.snapshot["facts"].get("parts", []))


def _annexes(papers: Sequence[FrozenPaper]) -> tuple[str, ...]:
    headed: dict[str, list[str]] = defaultdict(list)
    named: dict[str, str] = {}
    for paper in papers:
        headings = [str(paper.snapshot["facts"].get("annex", {}).get("heading", ""))]
        said = [text for _place, text, _row in paper.snapshot["paragraphs"]]
        printed = bool(paper.snapshot["facts"].get("annex", {}).get("sections"))
        for heading in headings if printed else []:
            for number in ANNEX_HEADING.findall(heading):
                headed[number].append(_called(paper))
        listed = len(paper.snapshot["facts"].get("annexes", []))  # a nota or letter numbers its own annexes from 1
        for text in said:
            for number in ANNEX_NAMED.findall(text):
                if int(number) > listed:
                    named.setdefault(number, _called(paper))
    twice = [
        str(
            format_lazy(
                _("Annex {number} is there {count} times: {papers}"), number=n, count=len(at), papers=", ".join(at)
            )
        )
        for n, at in sorted(headed.items())
        if len(at) > 1
    ]
    absent = [
        str(format_lazy(_("{paper} names annex {number}, which is in no paper of this set"), paper=at, number=n))
        for n, at in sorted(named.items())
        if n not in headed
    ]
    return (*twice, *absent)
