"""A nota or letter as facts: its head, its texts with figures worded as they stand now, and what records put below them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import chain

from claims.documents import cw31, sentences
from claims.documents.cw31 import CLASSIFICATIONS, FormRow
from claims.enums import FrameForm, NotaNature, NotaOutcome, PaperBlock, PartnerStatus, WrittenKind
from claims.models import HouseItem, PaperSection, PaperTemplateSection, WrittenPaper
from claims.queries import figures
from claims.queries.tree import LineFacts, Tree
from claims.queries.written import offices_in, sections_of, trees_of
from claims.rules.printed import Sources
from core import richtext
from core.enums import Classification
from core.numbers import format_date, format_number
from results.models import Result

DRAWN_UP = "Opgesteld door"
PRIVACY = "Bescherming persoonlijke levenssfeer"  # printed in the place of officials' names in a public version


@dataclass(frozen=True)
class Bound:
    """One figure that a paper prints: which field of which record, how it is worded, and where."""

    record: str
    field: str
    form: str
    text: str
    part: str


@dataclass(frozen=True)
class SummaryRow:
    """One line of a claim (EUR over all years)."""

    record: str
    partners: str
    what: str
    instrument: str
    cover: str
    years: str
    amount: Decimal


@dataclass(frozen=True)
class SummaryClaim:
    """One claim of the summary table. `amount` is what it asks; None while it is not entered."""

    record: str
    title: str
    years: str
    rows: tuple[SummaryRow, ...]
    amount: Decimal | None


@dataclass(frozen=True)
class Told:
    """One record told in a sentence, and the fields it tells."""

    record: str
    sentence: str
    sources: Sources = ()


@dataclass(frozen=True)
class Frame:
    """The CW 3.1 frame of one claim, within a letter."""

    title: str
    rows: tuple[FormRow, ...]
    record: str = ""


@dataclass(frozen=True)
class Part:
    """One heading with its text and what records put below it. `text` is stored rich text."""

    key: str
    label: str
    text: str
    boxed: bool = False
    summary: tuple[SummaryClaim, ...] = ()
    total: Decimal | None = None
    results: tuple[Told, ...] = ()
    motions: tuple[Told, ...] = ()
    frames: tuple[Frame, ...] = ()
    frame_note: str = ""
    withheld: bool = False

    def __bool__(self) -> bool:
        return bool(self.text or self.summary or self.results or self.motions or self.frames or self.frame_note)


@dataclass(frozen=True)
class WrittenFacts:
    """Everything a nota or letter prints."""

    reference: str
    kind: str
    stamp: str
    title: str
    short_title: str
    subject: str
    organisation: str
    directorate: str
    classification: str
    ministry_reference: str
    head: tuple[tuple[str, tuple[str, ...]], ...]
    address: tuple[str, ...]
    salutation: str
    closing: str
    signatories: tuple[tuple[str, ...], ...]
    parts: tuple[Part, ...]
    annexes: tuple[str, ...]
    decision: tuple[tuple[str, str], ...]
    to_initial: tuple[str, ...]
    total_record: str = ""
    office: str = ""
    offices: tuple[str, ...] = ()  # codes in the head that are known to be an office's


STAMPS = {
    NotaNature.DECISION: "Ter beslissing",
    NotaNature.INFORMATION: "Ter informatie",
    NotaNature.SIGNATURE: "Ter ondertekening",
}
OUTCOMES = {
    NotaOutcome.AGREED: "Akkoord",
    NotaOutcome.REMARK: "Akkoord met opmerking",
    NotaOutcome.DISCUSS: "Bespreken",
    NotaOutcome.NOT_AGREED: "Niet akkoord",
    NotaOutcome.SEEN: "Gezien",
}


def gather(paper: WrittenPaper, organisation: str) -> WrittenFacts:
    """Gather the facts of a paper fetched `with_parts`; figures are worded as they stand now."""
    trees = trees_of(paper, citations=False)
    sections = sections_of(paper)
    nota = paper.kind == WrittenKind.NOTA
    items = list(paper.house_items.order_by("raised_on", "pk"))
    composer = _Composer(paper, trees, items, organisation)
    return WrittenFacts(
        reference=paper.reference,
        kind=paper.kind,
        stamp=STAMPS[NotaNature(paper.nature)] if nota else "",
        title=f"{'Nota' if nota else 'Kamerbrief'} {paper.title}",
        short_title=paper.title,
        subject=paper.title,
        organisation=organisation,
        directorate=paper.directorate.name_nl,
        classification=CLASSIFICATIONS[Classification(paper.classification)],
        ministry_reference=paper.ministry_reference or paper.reference,
        head=tuple(_head(paper)),
        address=_lines(paper.address) if not nota else (),
        salutation=paper.salutation,
        closing=paper.closing,
        signatories=tuple(_lines(block) for block in paper.signatories.split("\n\n") if block.strip()),
        parts=tuple(part for part in composer.parts(sections) if part),
        annexes=tuple(_annexes(paper, trees)),
        decision=tuple(_decision(paper)),
        to_initial=_to_initial(paper),
        total_record=str(paper.public_id),
        office=paper.directorate.code,
        offices=offices_in(paper),
    )


def bound_of(facts: WrittenFacts) -> Iterator[Bound]:
    """Yield every figure the paper prints that follows a record: in its texts, and in what records put below them."""
    for part in facts.parts:
        for text in (part.text, *(row.text for frame in part.frames for row in frame.rows)):
            if "data-figure" in text:
                for figure in richtext.figures(richtext.parse(text)):
                    yield Bound(figure.id, figure.field, figure.form, figure.fallback, part.key)
        for claim in part.summary:
            if claim.amount is not None:
                yield Bound(claim.record, "claim.amount", "table", in_table(claim.amount), part.key)
            for row in claim.rows:
                yield Bound(row.record, "line.commitment", "table", in_table(row.amount), part.key)
        for told in part.results:
            yield Bound(told.record, "result.sentence", "sentence", told.sentence, part.key)
        for told in part.motions:
            yield Bound(told.record, "house-item.sentence", "sentence", told.sentence, part.key)


def in_table(amount: Decimal) -> str:
    """Write EUR for a table: without cents where there are none."""
    return format_number(amount, "nl", 0 if amount == amount.to_integral_value() else 2)


class _Composer:
    """Writes a paper's parts out of its texts and the records of its claims."""

    def __init__(
        self, paper: WrittenPaper, trees: Sequence[Tree], items: Sequence[HouseItem], organisation: str
    ) -> None:
        self.paper, self.trees, self.items, self.organisation = paper, trees, items, organisation

    def parts(self, sections: Sequence[tuple[PaperTemplateSection, PaperSection | None]]) -> Iterator[Part]:
        """Yield the parts; those without text and records are empty."""
        texts = [section.text for _heading, section in sections if section and "data-figure" in section.text]
        nodes = [figure for text in texts for figure in richtext.figures(richtext.parse(text))]
        own = chain([self.paper], self.items, *(tree.records() for tree in self.trees))
        values = figures.printable(nodes, self.paper, own=own)
        for heading, section in sections:
            text = section.text if section else ""
            if "data-figure" in text:
                text = richtext.html(figures.refreshed(richtext.parse(text), values))
            yield self._part(heading, text)

    def _part(self, heading: PaperTemplateSection, text: str) -> Part:
        part = Part(heading.key, heading.label, text, heading.boxed, withheld=heading.withheld)
        nota = self.paper.kind == WrittenKind.NOTA
        match heading.block:
            case PaperBlock.SUMMARY if not nota or text:  # in a nota the table stands below a heading that was chosen
                return replace(part, summary=tuple(_summary(tree) for tree in self.trees), total=_total(self.trees))
            case PaperBlock.RESULTS:
                return replace(part, results=tuple(_results(self.paper)))
            case PaperBlock.MOTIONS:
                return replace(part, motions=tuple(_motion(item) for item in self.items))
            case PaperBlock.FRAME:
                return self._frame(part)
        return part

    def _frame(self, part: Part) -> Part:
        frames: tuple[Frame, ...] = ()
        note = ""
        if self.paper.frame == FrameForm.BLOCK:
            frames = tuple(
                Frame(tree.claim.title, cw31.gather(tree, self.organisation).rows, str(tree.claim.public_id))
                for tree in self.trees
            )
        elif self.paper.frame == FrameForm.ANNEX:
            note = (
                "De onderbouwing van doeltreffendheid, doelmatigheid en evaluatie staat in het bijgevoegde CW 3.1-formulier."
                if len(self.trees) == 1
                else "De onderbouwing van doeltreffendheid, doelmatigheid en evaluatie staat in de bijgevoegde CW 3.1-formulieren."
            )
        return replace(part, frames=frames, frame_note=note)


def _head(paper: WrittenPaper) -> Iterator[tuple[str, tuple[str, ...]]]:
    nota = paper.kind == WrittenKind.NOTA
    yield "Datum", (_date(paper.paper_date),) if paper.paper_date else ("nog te bepalen",)
    yield "Onze referentie", (paper.ministry_reference or paper.reference,)
    if paper.your_reference:
        yield "Uw referentie", (paper.your_reference,)
    if nota:
        addressees = tuple(party.code for party in paper.addressees.all())
        rows = (
            ("Aan", addressees),
            ("Van", (paper.from_line or paper.directorate.code,)),
            ("Via", (paper.via,)),
            ("Kopie aan", (paper.copies_to,)),
            ("Afgestemd met", (paper.coordinated_with,)),
            (DRAWN_UP, (paper.drawn_up_by,)),
        )
        yield from ((label, lines) for label, lines in rows if any(lines))


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _date(day: datetime.date | None) -> str:
    return format_date(day, "nl") if day else ""


def _annexes(paper: WrittenPaper, trees: Sequence[Tree]) -> Iterator[str]:
    if paper.accompanies_id:
        yield f"Kamerbrief {paper.accompanies.title}"
    if paper.frame == FrameForm.ANNEX:
        yield from (f"CW 3.1-formulier {tree.claim.title} ({tree.claim.years})" for tree in trees)
    yield from _lines(paper.other_annexes)


def _decision(paper: WrittenPaper) -> Iterator[tuple[str, str]]:
    if paper.outcome:
        yield "Besluit", OUTCOMES[NotaOutcome(paper.outcome)]
        yield "Door", f"{paper.decided_by.code}, {_date(paper.decided_on)}"
        if paper.decision_remark:
            yield "Opmerking", paper.decision_remark


def _to_initial(paper: WrittenPaper) -> tuple[str, ...]:
    """Return who is asked to initial: nobody for information, and nobody once the decision is there."""
    if paper.kind != WrittenKind.NOTA or paper.outcome or paper.nature == NotaNature.INFORMATION:
        return ()
    return tuple(party.code for party in paper.addressees.all())


def _summary(tree: Tree) -> SummaryClaim:
    rows = tuple(_summary_row(line) for line in tree.lines if line.years)
    return SummaryClaim(str(tree.claim.public_id), tree.claim.title, tree.claim.years, rows, tree.claim.amount)


def _summary_row(line: LineFacts) -> SummaryRow:
    names = sentences.enumerate_nl([role.partner.short_name for role in line.recipients]) or "nog te bepalen"
    if line.pooled:
        names += " (gezamenlijk)"
    elif line.recipients and line.recipients[0].status == PartnerStatus.INTENDED:
        names += " (beoogd)"
    covers = sentences.enumerate_nl([cover.name_nl for cover in line.covers])
    article = line.article.code if line.article else ""
    years = sorted({year.year for year in line.years})
    return SummaryRow(
        str(line.line.public_id),
        names,
        line.line.title,
        line.line.instrument.name("nl") if line.line.instrument_id else "nog te bepalen",
        "; ".join(part for part in (article, covers) if part) or "nog niet bekend",
        str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}",
        line.amount or Decimal(0),
    )


def _total(trees: Sequence[Tree]) -> Decimal | None:
    """Return the sum over several claims; None for one claim, whose own total stands there, and while an amount is unknown."""
    amounts = [tree.claim.amount for tree in trees]
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal("0.00")) if len(trees) > 1 and len(known) == len(amounts) else None


def _results(paper: WrittenPaper) -> Iterator[Told]:
    rows = (
        Result.objects.with_current()
        .filter(pk__in=paper.key_results.values("pk"), confidential=False)
        .order_by("partner__sort_key", "period_start", "pk")
    )
    for row in rows:
        if row.newest:
            version = row.newest[0]
            parts, record = list(version.parts.all()), str(row.public_id)
            tells = (("result.value", record), *(("result-part.value", str(part.public_id)) for part in parts))
            yield Told(record, sentences.key_result(row, version, parts), tells)


def _motion(item: HouseItem) -> Told:
    record = str(item.public_id)
    return Told(record, sentences.house_item(item), (("house-item.citation", record),))
