"""Questions about notas and letters."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch

from claims.enums import PaperKind, WrittenKind
from claims.models import (
    Claim,
    Milestone,
    PaperAnswer,
    PaperClaim,
    PaperSection,
    PaperTemplateSection,
    Party,
    WrittenPaper,
)
from claims.queries.tree import Tree, with_tree
from core.models import Directorate


def with_parts(papers: Any) -> Any:
    """Fetch papers with their headings, texts and head, ready for the writing page, the checks and the facts."""
    return papers.select_related("template", "directorate", "accompanies", "decided_by", "created_by").prefetch_related(
        Prefetch("template__sections", PaperTemplateSection.objects.in_order()),
        Prefetch("sections", PaperSection.objects.select_related("heading")),
        Prefetch("addressees", Party.objects.order_by("code")),
        Prefetch("paper_claims", PaperClaim.objects.select_related("claim__directorate").in_order()),
    )


def sections_of(paper: WrittenPaper) -> list[tuple[PaperTemplateSection, PaperSection | None]]:
    """Return every heading of the paper's version with its text, if any."""
    texts = {section.heading_id: section for section in paper.sections.all()}
    return [(heading, texts.get(heading.pk)) for heading in paper.template.sections.all()]


def trees_of(paper: WrittenPaper, *, citations: bool = True) -> list[Tree]:
    """Return the paper's claims in its order, each with all that hangs below it."""
    claims = with_tree(Claim.objects.filter(paper_claims__paper=paper), citations=citations)
    return [Tree(claim) for claim in claims.order_by("paper_claims__position", "paper_claims__pk")]


def claims_of(paper: WrittenPaper) -> list[Claim]:
    """Return the paper's claims in its order."""
    return [row.claim for row in paper.paper_claims.all()]


def papers_for(user: Any) -> Any:
    """Return the papers this person sees, for lists."""
    return (
        WrittenPaper.objects.visible_to(user)
        .select_related("directorate")
        .prefetch_related(Prefetch("paper_claims", PaperClaim.objects.select_related("claim").in_order()))
    )


def answers_of(paper: WrittenPaper) -> dict[tuple[str, str], PaperAnswer]:
    """Return the reasons given, by code and place of the finding; the newest counts."""
    rows = PaperAnswer.objects.filter(paper=paper).select_related("by").order_by("pk")
    return {(row.code, row.place): row for row in rows}


def milestones_about(paper: WrittenPaper) -> Any:
    """Return what happened around the paper's claims, but for what is about another kind of paper of theirs."""
    kinds = ["", str(PaperKind(paper.kind))]
    return Milestone.objects.filter(claim__paper_claims__paper=paper, paper__in=kinds).order_by("happened_on", "pk")


def offices_in(paper: WrittenPaper) -> tuple[str, ...]:
    """Return the codes of directorates and parties that the head of a nota names, without the ministry's before it too."""
    said = "\n".join((paper.from_line, paper.via, paper.copies_to, paper.coordinated_with))
    if paper.kind != WrittenKind.NOTA or not said.strip():
        return ()
    codes = {*Directorate.objects.values_list("code", flat=True), *Party.objects.values_list("code", flat=True)}
    codes |= {code.partition(" ")[2] or code for code in codes}
    return tuple(sorted(code for code in codes if code in said))
