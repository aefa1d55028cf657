"""The annex of contributions and results, composed by part and heading from the records that are cited."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Prefetch

from claims.documents import sentences
from claims.enums import CitedKind
from claims.models import Citation, Claim
from claims.rules.printed import Sources
from partners.models import AppealGroup, AppealPart, Contribution, Share
from partners.queries import reckon
from partners.rules.share import Reckoned
from results.models import ResultVersion


@dataclass(frozen=True)
class AnnexBlock:
    """Sentences under one heading; the heading is empty for those that stand first. `sources` says what each sentence tells."""

    heading: str
    note: str
    sentences: tuple[str, ...]
    sources: tuple[Sources, ...] = ()


@dataclass(frozen=True)
class AnnexSection:
    """One part: usually one partner's. `text` is stored rich text; `share` says how our money is tied to the results."""

    title: str
    text: str
    blocks: tuple[AnnexBlock, ...]
    share: str = ""
    part: str = ""  # by which a redaction names this text


@dataclass(frozen=True)
class Annex:
    """The whole annex, and how many confidential results were left out."""

    heading: str
    sections: tuple[AnnexSection, ...]
    left_out: int

    def __bool__(self) -> bool:
        return bool(self.sections)


def citations_of(claim: Claim) -> list[Citation]:
    """Fetch every citation of a claim with all that its sentence needs."""
    return list(
        Citation.objects.filter(part__claim=claim)
        .select_related(
            *(
                "part__partner",
                "result__partner",
                "result__group",
                "contribution__cover",
                "total__partner",
                "appeal__partner",
            ),
            *("share__contribution", "share__total__partner", "share__appeal__partner"),
        )
        .prefetch_related(
            Prefetch("result__versions", ResultVersion.objects.newest(), to_attr="newest"),
            *("contribution__partners", "share__contribution__partners"),
            Prefetch("appeal__groups", AppealGroup.objects.in_order()),
            Prefetch("appeal__parts", AppealPart.objects.in_order()),
        )
        .order_by("part__position", "part", "position", "pk")
    )


@dataclass(frozen=True)
class Cited:
    """What the cited records say in each part (by its key), apart from the parts' own texts."""

    blocks: Mapping[int, tuple[AnnexBlock, ...]]
    shares: Mapping[int, str]
    left_out: int


def gather(claim: Claim, text_of: Any, cited: Cited) -> Annex:
    """Compose the annex. `text_of` turns a part's stored text into the one with figures worded anew."""
    sections = tuple(
        AnnexSection(
            part.title,
            text_of(part.text),
            cited.blocks.get(part.pk, ()),
            cited.shares.get(part.pk, ""),
            f"annex:{part.public_id}",
        )
        for part in claim.annex_parts.all()
    )
    return Annex(claim.template.annex_heading, sections, cited.left_out)


def cite(claim: Claim) -> Cited:
    """Say what each part of the annex cites; results that are confidential or lack a version are left out."""
    cited: dict[int, list[Citation]] = {}
    left_out = 0
    for citation in citations_of(claim):
        if citation.result_id and (citation.result.confidential or not citation.result.newest):
            left_out += citation.result.confidential
            continue
        cited.setdefault(citation.part_id, []).append(citation)
    shares = _shares(cited)
    return Cited(
        blocks={part: _blocks(citations) for part, citations in cited.items()},
        shares={part: _share_paragraph(citations, shares) for part, citations in cited.items()},
        left_out=left_out,
    )


def _contributions(citations: Iterable[Citation]) -> list[Contribution]:
    """Return the contributions that citations tell of, each once, in order."""
    given = [citation.contribution or (citation.share and citation.share.contribution) for citation in citations]
    return list(dict.fromkeys(contribution for contribution in given if contribution))


def _shares(cited: Mapping[int, list[Citation]]) -> dict[int, list[Reckoned]]:
    """Reckon every recorded share of the contributions cited, by contribution: all bases, cited or not."""
    ids = {given.pk for citations in cited.values() for given in _contributions(citations)}
    found: dict[int, list[Reckoned]] = {}
    for share in Share.objects.filter(contribution__in=ids) if ids else ():
        if isinstance(reckoned := reckon(share), Reckoned):
            found.setdefault(share.contribution_id, []).append(reckoned)
    return found


def _share_paragraph(citations: list[Citation], shares: Mapping[int, list[Reckoned]]) -> str:
    part = citations[0].part
    if part.partner_id is None or not any(citation.result_id for citation in citations):
        return ""
    given = [
        contribution
        for contribution in _contributions(citations)
        if part.partner_id in {partner.pk for partner in contribution.partners.all()}
    ]
    return sentences.tie(part.partner, [(one, shares.get(one.pk, [])) for one in given])


def _blocks(citations: list[Citation]) -> tuple[AnnexBlock, ...]:
    return tuple(
        _block(heading, note, list(group))
        for (heading, note), group in groupby(citations, key=lambda citation: (_heading(citation), _note(citation)))
    )


def _block(heading: str, note: str, citations: list[Citation]) -> AnnexBlock:
    told = tuple(sentence(citation) for citation in citations)
    return AnnexBlock(heading, note, told, tuple(tuple(_sources(citation)) for citation in citations))


def _sources(citation: Citation) -> Iterator[tuple[str, str]]:
    cited = str(citation.cited.public_id)
    match citation.kind:
        case CitedKind.RESULT:
            yield "result.value", cited
            yield from (("result-part.value", str(part.public_id)) for part in citation.result.newest[0].parts.all())
        case CitedKind.CONTRIBUTION:
            yield "contribution.amount", cited
            yield "contribution.recorded", cited
        case CitedKind.TOTAL:
            yield "total.amount", cited
            yield "total.people", cited
        case CitedKind.APPEAL:
            yield from ((f"appeal.{name}", cited) for name in ("required", "in-need", "targeted"))
            yield from (("appeal-group.people", str(group.public_id)) for group in citation.appeal.groups.all())
            yield from (("appeal-part.amount", str(part.public_id)) for part in citation.appeal.parts.all())
        case CitedKind.SHARE:
            yield "share.ratio", cited


def _heading(citation: Citation) -> str:
    if citation.heading:
        return citation.heading
    return citation.result.group.title if citation.result_id and citation.result.group_id else ""


def _note(citation: Citation) -> str:
    if citation.result_id and citation.result.group_id and citation.heading in ("", citation.result.group.title):
        return str(citation.result.group.note)
    return ""


def sentence(citation: Citation) -> str:
    """Say what a citation cites, with its addition."""
    match citation.kind:
        case CitedKind.RESULT:
            version = citation.result.newest[0]
            text = sentences.result(citation.result, version, list(version.parts.all()))
        case CitedKind.CONTRIBUTION:
            text = sentences.contribution(citation.contribution)
        case CitedKind.TOTAL:
            text = sentences.total(citation.total)
        case CitedKind.APPEAL:
            text = sentences.appeal(citation.appeal)
        case CitedKind.SHARE:
            text = sentences.share(citation.share)
    return f"{text} {citation.addition}".strip()
