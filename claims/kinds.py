"""The kinds of papers, each with all that previewing, freezing and comparing need to know of it. A new kind is a row here."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise

from claims import office, papers, written, written_office
from claims.checks.review import review, review_paper, said
from claims.documents import public, written_printed, written_public
from claims.documents.cw31 import Cw31
from claims.documents.printed import paragraphs, printed
from claims.documents.public import Part
from claims.documents.written import WrittenFacts
from claims.documents.written_public import Left
from claims.enums import OF_CLAIM, FrameForm, PaperKind
from claims.models import Claim, WrittenPaper
from claims.queries.house_style import mark_of_looks
from claims.queries.tree import tree_of
from claims.queries.written import claims_of, with_parts
from claims.rules.printed import Paragraph, Printed
from core.findings import Severity
from core.models import User
from core.pandoc.writing import Format


@dataclass(frozen=True)
class Blocker:
    """Why a paper may not be frozen yet: what was found, where it stands, and where it is mended or answered."""

    where: str
    message: str | Promise
    url: str


@dataclass(frozen=True)
class Kind:
    """One kind of paper. `subject` is what it is about; `facts` are what it prints.

    `sheet` names the style sheets of its PDF, `program` marks what makes it, and `paper_of` is the nota or letter it is, if it is one.
    `find` returns the subject a person may see, or None; `claims_of` the claims it is about; `texts` what people wrote in it, and
    `with_texts` the public facts with other texts: whatever else is never public (a marking, an official's name) it leaves out,
    and `left_out` tells of that what a list of redactions names.
    """

    code: PaperKind
    sheet: str
    program: Callable[[], str]
    paper_of: Callable[[Any], WrittenPaper | None]
    find: Callable[[User, uuid.UUID], Any | None]
    subject_of: Callable[[uuid.UUID], Any]
    directorate_of: Callable[[Any], Any]
    claims_of: Callable[[Any], list[Claim]]
    facts_of: Callable[[Any], Any]
    as_document: Callable[[Any], str]
    as_file: Callable[[Any, Format, bytes | None], bytes]
    printed: Callable[[Any], tuple[Printed, ...]]
    paragraphs: Callable[[Any], tuple[Paragraph, ...]]
    blockers: Callable[[Any], list[Blocker]]
    facts_type: type[Any]
    texts: Callable[[Any], tuple[Part, ...]]
    with_texts: Callable[[Any, dict[str, str]], Any]
    left_out: Callable[[Any], tuple[Left, ...]]
    title_of: Callable[[Any], str]
    name_of: Callable[[Any], str]
    template_of: Callable[[Any], str]
    classification_of: Callable[[Any], str]
    url_of: Callable[[Any], str]
    check_of: Callable[[Any], str]

    @property
    def label(self) -> str | Promise:
        """Name the kind on screens."""
        return self.code.label

    def mark(self, facts: Any) -> str:
        """Return a mark of everything that shapes the paper: its facts, templates, style, fonts, engine and the organisation's own look."""
        return hashlib.sha256(f"{self.program()}{mark_of_looks()}\n{facts!r}".encode()).hexdigest()


def _blockers(code: PaperKind, claim: Claim) -> list[Blocker]:
    """Return the contradictions and errors of a claim's texts and records that nobody answered; the annex alone has its own only."""
    found = review(tree_of(claim.reference))
    check = reverse("claims:check", args=[claim.reference])
    annex = reverse("claims:annex", args=[claim.reference])
    alone = code == PaperKind.ANNEX
    return [
        *(
            Blocker(item.text.label, said(item), check)
            for item in found.open_contradictions
            if not alone or item.text.part.startswith("annex:")
        ),
        *(
            Blocker(str(item.where), item.message, item.url or check)
            for item in found.open_findings
            if item.severity is Severity.ERROR and (not alone or item.url.startswith(annex))
        ),
    ]


def _find(user: User, subject: uuid.UUID) -> Claim | None:
    found: Claim | None = Claim.objects.visible_to(user).filter(public_id=subject).first()
    return found


def _of_claim(code: PaperKind) -> Kind:
    """Return a kind of paper that is made of one claim."""
    return Kind(
        code=code,
        sheet="paper",
        program=papers.program,
        paper_of=lambda claim: None,
        find=_find,
        subject_of=lambda subject: Claim.objects.select_related("directorate", "template").get(public_id=subject),
        directorate_of=lambda claim: claim.directorate_id,
        claims_of=lambda claim: [claim],
        facts_of=partial(_facts_of, code),
        as_document=papers.as_document,
        as_file=office.as_file,
        printed=printed,
        paragraphs=paragraphs,
        blockers=partial(_blockers, code),
        facts_type=Cw31,
        texts=public.texts,
        with_texts=public.with_texts,
        left_out=lambda facts: (),
        title_of=lambda facts: facts.title,
        name_of=lambda facts: f"{facts.reference}-{code.value}",
        template_of=lambda claim: claim.template.code,
        classification_of=lambda claim: claim.classification,
        url_of=lambda claim: reverse("claims:preview", args=[claim.reference, code.value]),
        check_of=lambda claim: reverse("claims:check", args=[claim.reference]),
    )


def _facts_of(code: PaperKind, claim: Claim) -> Cw31:
    return papers.facts_of(claim, code)


def _open_in_paper(paper: WrittenPaper) -> list[Blocker]:
    """Return the contradictions and errors of a nota or letter that nobody answered, with those of the claims it prints whole."""
    found = review_paper(paper)
    check = reverse("claims:paper-check", args=[paper.reference])
    return [
        *(Blocker(item.text.label, said(item), check) for item in found.open_contradictions),
        *(
            Blocker(str(item.where), item.message, item.url or check)
            for item in found.open_findings
            if item.severity is Severity.ERROR
        ),
        *(
            one
            for claim in (claims_of(paper) if paper.frame == FrameForm.BLOCK else ())
            for one in _blockers(PaperKind.CW31, claim)
        ),
    ]


def _find_written(code: PaperKind, user: User, subject: uuid.UUID) -> WrittenPaper | None:
    found: WrittenPaper | None = WrittenPaper.objects.visible_to(user).filter(public_id=subject, kind=code).first()
    return found


def _written(code: PaperKind) -> Kind:
    """Return a kind of paper that people write about one or several claims."""
    return Kind(
        code=code,
        sheet=written.SHEET,
        program=written.program,
        paper_of=lambda paper: paper,
        find=partial(_find_written, code),
        subject_of=lambda subject: with_parts(WrittenPaper.objects.filter(kind=code)).get(public_id=subject),
        directorate_of=lambda paper: paper.directorate_id,
        claims_of=claims_of,
        facts_of=written.facts_of,
        as_document=written.as_document,
        as_file=written_office.as_file,
        printed=written_printed.printed,
        paragraphs=written_printed.paragraphs,
        blockers=_open_in_paper,
        facts_type=WrittenFacts,
        texts=written_public.texts,
        with_texts=written_public.with_texts,
        left_out=written_public.left_out,
        title_of=lambda facts: facts.title,
        name_of=lambda facts: f"{facts.reference}-{'nota' if code == PaperKind.NOTA else 'kamerbrief'}",
        template_of=lambda paper: paper.template.code,
        classification_of=lambda paper: paper.classification,
        url_of=lambda paper: reverse("claims:paper", args=[paper.reference]),
        check_of=lambda paper: reverse("claims:paper-check", args=[paper.reference]),
    )


KINDS: dict[str, Kind] = {code.value: _of_claim(code) if code in OF_CLAIM else _written(code) for code in PaperKind}
