"""The figure check: every number in a claim's texts, held against the records and against the sentences themselves.

Equal value is a hint, never an identity: a number is bound only where a writer binds it, and every record that fits is offered.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from claims.queries import figures
from claims.queries.figures import Value
from claims.queries.offers import Offer, nearest_form, offers_for
from claims.queries.tree import Tree
from claims.rules import places
from claims.rules.form_layout import FINANCE
from core import prose, richtext
from core.findings import Severity
from core.numbers import format_amount
from core.prose import Hedge, Kind, Number, Remark, notation, sums
from core.prose.hedges import fits, near
from core.prose.sentences import around, spans
from core.richtext import Document, Figure, Passage

SMALL = Decimal(12)  # a bare count up to here is told, not asked for
CONTEXT = 90  # characters shown at each side of a number


class State(StrEnum):
    """What the check knows of a number."""

    CONTRADICTING = "contradicting"
    UNKNOWN = "unknown"
    RECOGNISED = "recognised"
    FOLLOWS = "follows"
    BOUND = "bound"
    PLAIN = "plain"

    @property
    def label(self) -> str | Promise:
        """Name the state on screens."""
        return STATE_LABELS[self]


STATE_LABELS: dict[State, str | Promise] = {
    State.CONTRADICTING: _("contradicts a record"),
    State.UNKNOWN: _("in no record"),
    State.RECOGNISED: _("recognised: to be linked"),
    State.FOLLOWS: _("follows from the sentence"),
    State.BOUND: _("linked"),
    State.PLAIN: _("not a figure"),
}


@dataclass(frozen=True)
class Text:
    """One text of a claim: a section or the text of an annex part. `part` names it for the action that binds."""

    part: str
    label: str
    url: str
    document: Document


@dataclass(frozen=True)
class Suggestion:
    """A record that a number may be, and the wordings to bind it in; `form` is the one most like what stands there."""

    offer: Offer
    form: str

    @property
    def forms(self) -> list[tuple[str, str]]:
        """The wordings to choose from."""
        return self.offer.forms()


@dataclass(frozen=True)
class Checked:
    """One number: where it stands, what it is, what is known of it."""

    key: str
    place: str  # as an answer keeps it
    state: State
    text: Text
    passage: int
    number: Number
    before: str
    after: str
    suggestions: tuple[Suggestion, ...] = ()
    reason: str | Promise = ""
    record_url: str = ""
    in_note: bool = False

    @property
    def code(self) -> str:
        """The check that an answer to this is about."""
        return f"figure-{self.state}"

    @property
    def written(self) -> str:
        """The number as it stands."""
        return " ".join(self.number.text.split())

    @property
    def bindable(self) -> bool:
        """False within a note, which is plain text, and for a percentage in words, which a record words in digits."""
        return (
            bool(self.suggestions)
            and not self.in_note
            and not (self.number.in_words and self.number.kind is Kind.PERCENTAGE)
        )


@dataclass(frozen=True)
class Noted:
    """A remark about a sentence, with its place."""

    key: str
    place: str  # as an answer keeps it
    remark: Remark
    text: Text
    sentence: str

    @property
    def code(self) -> str:
        """The check that an answer to this is about."""
        return self.remark.code


Noter = Callable[[Remark], Noted]


@dataclass(frozen=True)
class FigureReport:
    """All that the check found in one claim."""

    numbers: tuple[Checked, ...]
    notes: tuple[Noted, ...]

    def of(self, state: State) -> list[Checked]:
        """The numbers in one state."""
        return [number for number in self.numbers if number.state is state]

    @property
    def contradictions(self) -> list[Checked | Noted]:
        """What contradicts itself or a record."""
        return [*(note for note in self.notes if note.remark.severity is Severity.ERROR), *self.of(State.CONTRADICTING)]


def texts_of(tree: Tree) -> Iterator[Text]:
    """Yield the claim's own texts, as stored."""
    write, annex = (
        reverse("claims:write", args=[tree.claim.reference]),
        reverse("claims:annex", args=[tree.claim.reference]),
    )
    for question, section in tree.sections:
        if section and section.text:
            yield Text(
                f"section:{question.key}",
                f"{question.number} {question.label}",
                f"{write}#{question.key}",
                richtext.parse(section.text),
            )
    for part in tree.claim.annex_parts.all():
        if part.text:
            yield Text(
                f"annex:{part.public_id}", part.title, f"{annex}#text-part-{part.public_id}", richtext.parse(part.text)
            )


def check(tree: Tree) -> FigureReport:
    """Check every text of a claim."""
    return check_texts(texts_of(tree), offers_for(tree), tree.claim, [tree], tree.records())


def check_texts(
    found: Iterable[Text], offers: Sequence[Offer], near: figures.Near, trees: Sequence[Tree], own: Iterable[Any]
) -> FigureReport:
    """Check texts against what they may be bound to and against the claims they are about.

    `near` is what the texts belong to, `own` are its records that are already fetched.
    """
    texts = list(found)
    nodes = [figure for text in texts for figure in richtext.figures(text.document)]
    values = figures.resolve(nodes, near, own=own)
    numbers: list[Checked] = []
    notes: list[Noted] = []
    written: list[tuple[Number, Noter]] = []
    for stored in texts:
        text = Text(stored.part, stored.label, stored.url, figures.refreshed(stored.document, values))
        checker = _TextCheck(trees, text, offers, values)
        checker.run()
        numbers.extend(checker.numbers)
        notes.extend(checker.notes)
        written.extend(checker.written)
    for remark in notation.together([number for number, _note in written]):
        notes.append(next(note for number, note in written if number is remark.numbers[0])(remark))
    return FigureReport(tuple(numbers), tuple(notes))


class _TextCheck:
    """Goes through one text, passage by passage."""

    def __init__(
        self, trees: Sequence[Tree], text: Text, offers: Sequence[Offer], values: dict[tuple[str, str], Value]
    ) -> None:
        self.trees, self.text, self.offers, self.values = trees, text, offers, values
        self.by_figure = {(offer.id, offer.field): offer for offer in offers}
        self.numbers: list[Checked] = []
        self.notes: list[Noted] = []
        self.written: list[tuple[Number, Noter]] = []
        self.seen: Counter[str] = Counter()

    def run(self) -> None:
        """Check every passage, then what is said about notation in the text as a whole."""
        for passage in richtext.passages(self.text.document):
            found = prose.find(passage.text)
            sentences = list(spans(passage.text))
            told = sums.tell(passage.text, sentences, found)
            own = [number for number in found if bound_at(passage, number) is None]
            writing = [remark for number in own for remark in notation.each(number)]
            for remark in (*told.remarks, *writing, *self._against_records(passage, found)):
                self.notes.append(self._noted(passage, sentences, remark))
            self.written.extend((number, partial(self._noted, passage, sentences)) for number in own)
            for number in found:
                self.numbers.append(self._checked(passage, sentences, number, told.follows.get(number.start, "")))

    # -- one number -------------------------------------------------------------------------------------------------

    def _checked(self, passage: Passage, sentences: Sequence[tuple[int, int]], number: Number, follows: str) -> Checked:
        state, suggestions, reason, url = self._judge(passage, number, follows)
        key, words = self._key(passage, sentences, number.start, number.text)
        return Checked(
            key,
            places.kept(self.text.label, number.text, words, key),
            state,
            self.text,
            passage.index,
            number,
            *around_it(passage.text, number),
            tuple(Suggestion(offer, nearest_form(number.text, offer)) for offer in suggestions),
            reason,
            url,
            passage.note,
        )

    def _judge(self, passage: Passage, number: Number, follows: str) -> tuple[State, list[Offer], str | Promise, str]:
        figure = bound_at(passage, number)
        if figure is not None:
            return self._bound(number, figure)
        if not number.kind.is_figure:
            return State.PLAIN, [], number.kind.label, ""
        if number.in_words and is_small(number):
            return State.PLAIN, [], _("a small count"), ""
        fitting, wrong = candidates(number, self.offers)
        if follows and number.kind is not Kind.PERCENTAGE:
            return State.FOLLOWS, [], follows, ""
        if fitting:
            return (
                State.RECOGNISED,
                fitting,
                follows and format_lazy(_("Also follows from the sentence: {how}."), how=follows),
                "",
            )
        if follows:
            return State.FOLLOWS, [], follows, ""
        if wrong:
            return State.CONTRADICTING, wrong, _does_not_fit(number, wrong[0]), wrong[0].url
        if is_small(number):
            return State.PLAIN, [], _("a small count"), ""
        return State.UNKNOWN, [], "", ""

    def _bound(self, number: Number, figure: Figure) -> tuple[State, list[Offer], str | Promise, str]:
        offer = self.by_figure.get((figure.id, figure.field))
        value = self.values.get((figure.id, figure.field))
        if value is None:
            reason = _(
                "This linked figure no longer has a record with a value; it keeps its last wording. Link it anew."
            )
            return State.CONTRADICTING, [], reason, ""
        if number.kind.is_figure and number.readings and number.hedge is not Hedge.NONE:
            meant = offer or Offer(figure.id, figure.field, figure.field, value, "")
            if not _accepts(number, meant) and meant.exact:
                return State.CONTRADICTING, [], _does_not_fit(number, meant), meant.url
        return State.BOUND, [], offer.label if offer else "", offer.url if offer else ""

    # -- sentences against records ----------------------------------------------------------------------------------

    def _against_records(self, passage: Passage, found: Sequence[Number]) -> Iterator[Remark]:
        amounts = [
            number
            for number in found
            if number.kind is Kind.AMOUNT and number.currency == "EUR" and number.value is not None
        ]
        for tree in self.trees:
            yield from self._against(tree, passage, amounts)

    def _against(self, tree: Tree, passage: Passage, amounts: Sequence[Number]) -> Iterator[Remark]:
        for goal in tree.goals:
            if goal.goal.amount is None or not amounts:
                continue
            heading = re.match(
                rf"(?:{goal.letter}[.)]\s*)?{re.escape(goal.goal.label)}\s*[:(–-]\s*", passage.text, re.IGNORECASE
            )
            if heading and amounts[0].start == heading.end() and amounts[0].value != goal.goal.amount:
                yield self._differs(amounts[0], "goal-amount", f"{goal.letter}. {goal.goal.label}", goal.goal.amount)
        claim = tree.claim
        if self.text.part == f"section:{FINANCE}" and claim.amount is not None:
            known = {claim.amount} | {tree.year_total(year)[0] for year in tree.years}
            for start, end in spans(passage.text):
                for number in amounts:
                    if (
                        start <= number.start < end
                        and sums.IN_ALL.search(passage.text, start, number.start)
                        and number.value not in known
                    ):
                        yield self._differs(number, "total-amount", claim.title, claim.amount)

    def _differs(self, number: Number, code: str, what: str, amount: Decimal) -> Remark:
        message = format_lazy(
            _("“{written}” is not what the claim holds for “{what}”: {amount}."),
            written=" ".join(number.text.split()),
            what=what,
            amount=format_amount(amount, "nl"),
        )
        return Remark(Severity.ERROR, code, message, number.start, number.end, (number,))

    # -- keys and places --------------------------------------------------------------------------------------------

    def _noted(self, passage: Passage, sentences: Sequence[tuple[int, int]], remark: Remark) -> Noted:
        said = passage.text[remark.start : remark.end]
        key, words = self._key(passage, sentences, remark.start, f"{remark.code} {said}")
        return Noted(key, places.kept(self.text.label, said, words, key), remark, self.text, words)

    def _key(self, passage: Passage, sentences: Sequence[tuple[int, int]], at: int, what: str) -> tuple[str, str]:
        """Name a place by its sentence, so that it stays itself when other sentences change; return the sentence too."""
        start, end = around(sentences, at)
        words = " ".join(passage.text[start:end].split())
        mark = f"{self.text.part}|{words}|{what}"
        self.seen[mark] += 1
        return hashlib.sha256(f"{mark}|{self.seen[mark]}".encode()).hexdigest()[:32], words


def is_small(number: Number) -> bool:
    """True for a bare count up to twelve: a text is full of them, and no record holds them."""
    value = number.value
    return (
        number.kind is Kind.COUNT
        and not number.unit
        and value is not None
        and value <= SMALL
        and value == value.to_integral_value()
    )


def candidates(number: Number, offers: Sequence[Offer]) -> tuple[list[Offer], list[Offer]]:
    """Return the records whose value may be worded so, and those close by whose value contradicts the wording."""
    comparable = [offer for offer in offers if _comparable(number, offer)]
    fitting = [offer for offer in comparable if _accepts(number, offer)]
    wrong = [
        offer
        for offer in comparable
        if offer.exact
        and number.hedge is not Hedge.NONE
        and any(near(number, reading, _points(offer)) for reading in number.readings)
    ]
    return fitting, [] if fitting else wrong


def _comparable(number: Number, offer: Offer) -> bool:
    sort = offer.value.sort
    match number.kind:
        case Kind.AMOUNT:
            if sort == "number":
                return number.inferred and offer.unit.strip() != "%"
            return sort == "amount" and offer.value.currency == number.currency
        case Kind.PERCENTAGE:
            return sort == "share" or (sort == "number" and offer.unit.strip() == "%")
        case Kind.COUNT:
            return (sort == "number" and offer.unit.strip() != "%") or (sort == "amount" and bool(number.unit))
    return False


def _points(offer: Offer) -> Decimal:
    """The value as it is written: a share in percentage points."""
    return offer.value.number * 100 if offer.value.sort == "share" else offer.value.number


def _accepts(number: Number, offer: Offer) -> bool:
    value = _points(offer)
    return any(fits(number, reading, value) or (not offer.exact and reading == value) for reading in number.readings)


def _does_not_fit(number: Number, offer: Offer) -> str | Promise:
    return format_lazy(
        _("“{written}” does not fit the value of {what}: {value}."),
        written=f"{number.hedge_word} {' '.join(number.text.split())}".strip(),
        what=offer.label,
        value=figures.worded(offer.value, "twee-decimalen" if offer.value.sort == "share" else "code-vol"),
    )


def bound_at(passage: Passage, number: Number) -> Figure | None:
    """Return the bound figure that a number is, or is part of."""
    return next((figure for start, end, figure in passage.bound if number.start < end and start < number.end), None)


def around_it(text: str, number: Number) -> tuple[str, str]:
    """Return the words before and after a number, cut at whole words."""
    before = _words(text[max(0, number.start - CONTEXT) : number.start])
    after = _words(text[number.end : number.end + CONTEXT])
    if number.start > CONTEXT and " " in before:
        before = "… " + before.partition(" ")[2]
    if number.end + CONTEXT < len(text) and " " in after:
        after = after.rpartition(" ")[0] + " …"
    return before, after


def _words(text: str) -> str:
    return re.sub(r"\s+", " ", text)
