"""What a nota or letter still lacks, and what in it does not fit: head, headings, motions, coordination, dates, the EUR 20 mln rule."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from claims.checks.consistency import in_sentences, plain_of
from claims.checks.figures import FigureReport, Text, check_texts
from claims.enums import ClaimState, FrameForm, MilestoneKind, NotaNature, WrittenKind
from claims.models import HouseItem, WrittenPaper
from claims.queries.offers import offers_for_paper
from claims.queries.tree import Tree
from claims.queries.written import claims_of, milestones_about, offices_in, sections_of
from claims.rules import piece
from claims.rules.offices import unknown
from claims.rules.threshold import YearMoney, reached
from core import prose, richtext
from core.findings import Finding, Severity
from core.language import language
from core.numbers import format_amount, format_date

APPROVAL = re.compile(
    r"\b(?:akkoord|instemm\w+|instemt|besluit\w*|vaststell\w+|onderteken\w+|tekenen|kennis (?:te )?nemen)\b", re.I
)
ENCLOSED = re.compile(r"\b(?:bijgaande?|bijgevoegde?|meegezonden|meegestuurde?)\b", re.IGNORECASE)
PARTIES = re.compile(r"\s*(?:[,;]|\ben\b)\s*")


def paper_texts(paper: WrittenPaper) -> list[Text]:
    """Return the paper's own texts, as stored."""
    page = reverse("claims:paper-write", args=[paper.reference])
    return [
        Text(f"part:{heading.key}", heading.name, f"{page}#{heading.key}", richtext.parse(section.text))
        for heading, section in sections_of(paper)
        if section and section.text
    ]


def check_paper(paper: WrittenPaper, trees: Sequence[Tree]) -> FigureReport:
    """Hold every number of a paper against the records of its claims and of their partners."""
    own = chain([paper], paper.house_items.all(), *(tree.records() for tree in trees))
    return check_texts(paper_texts(paper), offers_for_paper(paper, trees), paper, trees, own)


def amiss(paper: WrittenPaper, trees: Sequence[Tree]) -> list[Finding]:
    """Return what is missing or does not fit, the most serious first."""
    texts, items = paper_texts(paper), list(paper.house_items.order_by("pk"))
    found = [
        *_head(paper),
        *_offices(paper),
        *_headings(paper),
        *_asked(paper),
        *_threshold(paper, trees),
        *in_sentences(texts),
        *_items(paper, texts, items),
        *_coordination(paper, texts),
        *_annexes(paper, texts),
        *_dates(paper, texts, items),
        *_claims(paper),
    ]
    return sorted(found, key=lambda finding: -finding.severity)


def _data(paper: WrittenPaper) -> str:
    return reverse("admin:claims_writtenpaper_change", args=[paper.public_id])


def _head(paper: WrittenPaper) -> Iterator[Finding]:
    nota = paper.kind == WrittenKind.NOTA
    lacking = [("date", bool(paper.paper_date), _("The paper has no date."))]
    if nota:
        lacking.append(("addressees", bool(paper.addressees.all()), _("It is not said to whom the nota goes.")))
        lacking.append(("drawn-up", bool(paper.drawn_up_by), _("It is not said who drew the nota up.")))
    else:
        lacking.append(("address", bool(paper.address), _("The letter has no address.")))
        lacking.append(("signatories", bool(paper.signatories), _("It is not said who signs the letter.")))
    for code, there, message in lacking:
        if not there:
            yield Finding(Severity.WARNING, f"head-{code}", _("Head of the paper"), message, _data(paper))


def _offices(paper: WrittenPaper) -> Iterator[Finding]:
    """Name what looks like the code of an office and is not known as one: a public version leaves its line out."""
    lines = (paper.from_line, paper.via, paper.copies_to, paper.coordinated_with)
    if paper.kind != WrittenKind.NOTA:
        return
    for word in dict.fromkeys(unknown(lines, offices_in(paper), paper.directorate.code)):
        message = format_lazy(
            _(
                "“{word}” looks like the code of an office, but no directorate or party has it. If it is a name, leave it: a public"
                " version leaves out its line. If it is an office, write the ministry's code before it or have it added to the parties."
            ),
            word=word,
        )
        code = f"office-{word.casefold()}"
        yield Finding(Severity.ERROR, code, _("Head of the paper"), message, _data(paper))


def _headings(paper: WrittenPaper) -> Iterator[Finding]:
    page = reverse("claims:paper-write", args=[paper.reference])
    for heading, section in sections_of(paper):
        if not heading.optional and (section is None or not section.text):
            message = _("Nothing is written here yet.")
            yield Finding(Severity.ERROR, f"text-{heading.key}", heading.name, message, f"{page}#{heading.key}")


def _asked(paper: WrittenPaper) -> Iterator[Finding]:
    """Name a decision that is not phrased as one, and money without its cover."""
    if paper.kind != WrittenKind.NOTA or paper.nature == NotaNature.INFORMATION:
        return
    page = reverse("claims:paper-write", args=[paper.reference])
    for heading, section in sections_of(paper):
        if heading.boxed and section and section.text and not APPROVAL.search(_words(section.text)):
            message = _("Write the decision so that it can be agreed with: “Uw akkoord met …”.")
            yield Finding(Severity.WARNING, "decision-phrase", heading.name, message, f"{page}#{heading.key}")
    words = " ".join(_words(section.text) for heading, section in sections_of(paper) if section)
    if "EUR" in words and not piece.COVER.search(words):
        message = _("An amount is named, but not what covers it.")
        yield Finding(Severity.WARNING, "cover", _("Texts"), message, page)


def _words(stored: str) -> str:
    return richtext.text(richtext.parse(stored))


def _threshold(paper: WrittenPaper, trees: Sequence[Tree]) -> Iterator[Finding]:
    """Hold everything announced together against the EUR 20 mln rule."""
    rows = (
        YearMoney(year.year, year.commitment, year.cash) for tree in trees for line in tree.lines for year in line.years
    )
    where = reached(rows)
    if where is None or paper.kind != WrittenKind.LETTER:
        return
    amount = {"amount": format_amount(where.amount, language()), "year": where.year}
    if paper.frame:
        message = format_lazy(
            _("The CW 3.1 frame is required: {amount} in {year} is EUR 20 million or more."), **amount
        )
        yield Finding(Severity.NOTE, "threshold", _("Letter"), message, _data(paper))
        return
    message = format_lazy(
        _(
            "Together these claims come to {amount} in {year}, EUR 20 million or more: the letter must carry the CW 3.1 frame."
        ),
        **amount,
    )
    yield Finding(Severity.WARNING, "threshold-frame", _("Letter"), message, _data(paper))


def _items(paper: WrittenPaper, texts: Sequence[Text], items: Sequence[HouseItem]) -> Iterator[Finding]:
    for item in items:
        url = reverse("claims:house-item", args=[item.public_id])
        if item.cannot_be_cited:
            message = _("The Kamerstuk number of this motion is missing. A paper that names the motion must give it.")
            yield Finding(Severity.WARNING, "house-item-number", str(item), message, url)
    points = next((text for text in texts if text.part == "part:kernpunten"), None)
    if paper.kind != WrittenKind.NOTA or points is None:
        return
    named = {figure.id for figure in richtext.figures(points.document)}
    words = plain_of(points)
    for item in items:
        if str(item.public_id) not in named and not (item.signatory and item.signatory in words):
            message = _("This nota deals with it, but its key points do not say how it is carried out.")
            yield Finding(Severity.WARNING, "house-item-untold", str(item), message, points.url)


def _parties(said: str) -> list[str]:
    return [name for name in PARTIES.split(said.strip()) if name]


def _coordination(paper: WrittenPaper, texts: Sequence[Text]) -> Iterator[Finding]:
    """Hold "afgestemd met" in head and texts against each other and against the milestones of the claims."""
    head = {name.casefold() for name in _parties(paper.coordinated_with)}
    rows = milestones_about(paper).filter(kind=MilestoneKind.COORDINATED)
    recorded = {name.casefold(): name for row in rows for name in _parties(row.party)}
    nota = paper.kind == WrittenKind.NOTA
    for text in texts:
        for party in dict.fromkeys(spot.words for spot in piece.coordinated_with(plain_of(text))):
            if party.casefold() in (head if nota else recorded):
                continue
            message = format_lazy(
                _("The text says that {party} was consulted, but the head of the paper does not.")
                if nota
                else _("The text says that {party} was consulted, but no such milestone is recorded."),
                party=party,
            )
            yield Finding(Severity.WARNING, f"coordinated-{party.casefold()[:20]}", text.label, message, text.url)
    for name in _parties(paper.coordinated_with):
        if name.casefold() not in recorded:
            message = format_lazy(
                _("The head says “coordinated with {party}”, but no such milestone is recorded with its claims."),
                party=name,
            )
            yield Finding(
                Severity.WARNING,
                f"milestone-{name.casefold()[:20]}",
                _("Head of the paper"),
                message,
                _milestones(paper),
            )
    for key, name in recorded.items():
        if nota and key not in head:
            message = format_lazy(
                _("It was coordinated with {party}, but the head of the nota does not say so."), party=name
            )
            yield Finding(Severity.WARNING, f"head-{key[:20]}", _("Head of the paper"), message, _data(paper))


def _milestones(paper: WrittenPaper) -> str:
    claims = claims_of(paper)
    return reverse("claims:decisions", args=[claims[0].reference]) if claims else _data(paper)


def _annexes(paper: WrittenPaper, texts: Sequence[Text]) -> Iterator[Finding]:
    """Name texts that point to an annex that is not there."""
    listed = len([line for line in paper.other_annexes.splitlines() if line.strip()]) + bool(paper.accompanies_id)
    if paper.frame == FrameForm.ANNEX:
        listed += len(claims_of(paper))
    for text in texts:
        plain = plain_of(text)
        numbers = [int(number) for number, _spot in piece.annexes_pointed_to(plain) if number]
        pointed = bool(numbers or piece.annexes_pointed_to(plain) or ENCLOSED.search(plain))
        if pointed and not listed:
            message = _("The text points to an annex, but no annex goes with this paper.")
            yield Finding(Severity.WARNING, "annex-empty", text.label, message, _data(paper))
        elif numbers and max(numbers) > listed:
            message = format_lazy(
                _("The text points to annex {number}, but {count} go with this paper."),
                number=max(numbers),
                count=listed,
            )
            yield Finding(Severity.WARNING, "annex-number", text.label, message, _data(paper))


def _dates(paper: WrittenPaper, texts: Sequence[Text], items: Sequence[HouseItem]) -> Iterator[Finding]:
    day = paper.paper_date
    if day is None:
        return
    for text in texts:
        for passage in richtext.passages(text.document):
            for number, _cited in piece.dates_after(passage.text, prose.find(passage.text), day):
                message = format_lazy(
                    _("“{words}” is told as past, but lies after the date of the paper."),
                    words=" ".join(number.text.split()),
                )
                yield Finding(Severity.WARNING, "dates-text", text.label, message, text.url)
    for item in items:
        if item.raised_on and item.raised_on > day:
            message = format_lazy(
                _("It dates from {day}, after the date of the paper."), day=format_date(item.raised_on, language())
            )
            yield Finding(Severity.WARNING, "dates-item", str(item), message, _data(paper))
    for milestone in milestones_about(paper).filter(kind=MilestoneKind.COORDINATED, happened_on__gt=day):
        message = format_lazy(
            _("Coordinated with {party} on {day}, after the date of the paper."),
            party=milestone.party,
            day=format_date(milestone.happened_on, language()),
        )
        yield Finding(Severity.WARNING, "dates-milestone", _("Head of the paper"), message, _data(paper))
    for ended, said in (
        (paper.decided_on, _("The decision was fed back before the date of the nota.")),
        (paper.sent_on, _("The letter was sent before its own date.")),
    ):
        if ended and ended < day:
            url = reverse("claims:paper", args=[paper.reference])
            yield Finding(Severity.WARNING, "dates-closed", _("Head of the paper"), said, url)


def _claims(paper: WrittenPaper) -> Iterator[Finding]:
    for claim in claims_of(paper):
        if claim.state in (ClaimState.REJECTED, ClaimState.WITHDRAWN):
            message = format_lazy(
                _("This claim is “{state}”, and the paper is about it."), state=claim.get_state_display()
            )
            url = reverse("claims:overview", args=[claim.reference])
            yield Finding(Severity.WARNING, "claim-state", str(claim), message, url)
