"""Any piece, of no claim: its figures, sums, wording and notation, and what a form or nota lacks. Nothing is kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from claims.rules import form_layout
from claims.rules import piece as rules
from claims.rules.form_layout import Part
from claims.rules.threshold import THRESHOLD
from core import prose
from core.findings import Severity
from core.numbers import Unreadable, format_amount, format_number, parse_date
from core.prose import Kind, Number, notation, sums, within
from core.prose.sentences import around, spans

LONGEST = 120_000  # characters; a form with its annex has some 25 000


@dataclass(frozen=True)
class PieceFinding:
    """One finding: how serious, what, and the words it is about with where they stand."""

    severity: Severity
    code: str
    message: str | Promise
    where: str
    quote: str = ""


@dataclass(frozen=True)
class PieceNumber:
    """One number as read, for the list of all that was found."""

    written: str
    kind: Kind
    reading: str
    where: str
    follows: str = ""


@dataclass(frozen=True)
class PieceReport:
    """Everything found in a piece."""

    findings: tuple[PieceFinding, ...]
    numbers: tuple[PieceNumber, ...]
    is_form: bool
    characters: int

    @property
    def figures(self) -> list[PieceNumber]:
        """The numbers that say how much."""
        return [number for number in self.numbers if number.kind.is_figure]

    @property
    def others(self) -> list[PieceNumber]:
        """Dates, articles, numbering and the like."""
        return [number for number in self.numbers if not number.kind.is_figure]

    def of(self, severity: Severity) -> list[PieceFinding]:
        """The findings of one severity."""
        return [finding for finding in self.findings if finding.severity is severity]


def check_piece(text: str, questions: Mapping[str, Sequence[str]], titles: Mapping[str, str]) -> PieceReport:
    """Check a text. `questions` and `titles` are those of the form's sections, by key."""
    return _Piece(text, questions, titles).report()


class _Piece:
    """A text being checked."""

    def __init__(self, text: str, questions: Mapping[str, Sequence[str]], titles: Mapping[str, str]) -> None:
        self.text, self.titles = text, titles
        self.parts = form_layout.parts_of(text, questions)
        self.numbers = prose.find(text)
        self.sentences = list(spans(text))
        self.told = sums.tell(text, self.sentences, self.numbers)

    def report(self) -> PieceReport:
        """Run every check; the most serious first, in the order of the text."""
        found = [
            *self._remarks(),
            *self._pillars(),
            *self._annexes(),
            *self._labels(),
            *self._sentences(),
            *self._coordinated(),
            *self._dates(),
            *(self._form() if self.parts else ()),
        ]
        numbers = tuple(
            PieceNumber(
                " ".join(number.text.split()),
                number.kind,
                _reading(number),
                self._where(number.start),
                self.told.follows.get(number.start, ""),
            )
            for number in self.numbers
        )
        return PieceReport(
            tuple(sorted(found, key=lambda finding: -finding.severity)), numbers, bool(self.parts), len(self.text)
        )

    # -- places -----------------------------------------------------------------------------------------------------

    def _where(self, at: int) -> str:
        part = next((part for part in self.parts if part.start <= at < part.body_end), None)
        if part is None:
            return ""
        return self.titles.get(part.key, str(_("Annex")))

    def _quote(self, start: int, end: int) -> str:
        first, last = around(self.sentences, start)[0], max(end, around(self.sentences, max(start, end - 1))[1])
        words = " ".join(self.text[first : min(last, first + 2000)].split())
        return words if len(words) <= 320 else f"{words[:300].rpartition(' ')[0]} …"

    def _body(self, key: str) -> str:
        part = self._part(key)
        return self.text[part.body_start : part.body_end] if part else ""

    def _part(self, key: str) -> Part | None:
        return next((part for part in self.parts if part.key == key), None)

    # -- figures ----------------------------------------------------------------------------------------------------

    def _remarks(self) -> Iterator[PieceFinding]:
        for remark in (*self.told.remarks, *notation.remarks(self.numbers)):
            yield PieceFinding(
                remark.severity,
                remark.code,
                remark.message,
                self._where(remark.start),
                self._quote(remark.start, remark.end),
            )

    def _pillars(self) -> Iterator[PieceFinding]:
        """Hold the amounts in the headings of goals against the total, and the amounts in brackets below a goal against its own."""
        headed: dict[str, tuple[Number, int]] = {}
        headings = rules.goal_headings(self.text)
        for heading in headings:
            amounts = [number for number in self._euros() if heading.end <= number.start <= heading.end + 6]
            if amounts and heading.letter not in headed:
                headed[heading.letter] = (amounts[0], heading.end)
        totals = [number for number in self._euros() if self._is_total(number)]
        if len(headed) > 1 and totals:
            parts = [number for number, _end in headed.values()]
            whole = sum((number.readings[0] for number in parts), Decimal(0))
            wrong = [total for total in totals if total.readings[0] != whole]
            if wrong and len(wrong) == len(totals):
                message = format_lazy(
                    _("The goals add up to {parts} = {whole}, but the total is {total}."),
                    parts=" + ".join(sums.say(part) for part in parts),
                    whole=sums.say(whole),
                    total=sums.say(wrong[0]),
                )
                yield PieceFinding(
                    Severity.ERROR,
                    "goals-sum",
                    message,
                    self._where(wrong[0].start),
                    self._quote(wrong[0].start, wrong[0].end),
                )
        yield from self._in_brackets(headed)

    def _in_brackets(self, headed: Mapping[str, tuple[Number, int]]) -> Iterator[PieceFinding]:
        stops = sorted(
            [end for _number, end in headed.values()] + [part.start for part in self.parts] + [len(self.text)]
        )
        for letter, (own, end) in headed.items():
            until = next(stop for stop in stops if stop > end)
            inside = [
                n
                for n in self._euros()
                if end + 6 < n.start < until and self.text[n.start - 1] == "(" and self.text[n.end : n.end + 1] == ")"
            ]
            whole = sum((number.readings[0] for number in inside), Decimal(0))
            if len(inside) > 1 and whole != own.readings[0]:
                message = format_lazy(
                    _("Below goal {letter} stand {parts} = {whole}, but the goal is {own}."),
                    letter=letter,
                    parts=" + ".join(sums.say(part) for part in inside),
                    whole=sums.say(whole),
                    own=sums.say(own),
                )
                yield PieceFinding(
                    Severity.WARNING, "goal-parts", message, self._where(own.start), self._quote(own.start, own.end)
                )

    def _euros(self) -> list[Number]:
        return [
            number
            for number in self.numbers
            if number.kind is Kind.AMOUNT and number.currency == "EUR" and number.value is not None
        ]

    def _is_total(self, number: Number) -> bool:
        """True for an amount that section 3A calls the total."""
        part = self._part("financien-rijk")
        if part is None or not part.body_start <= number.start < part.body_end:
            return False
        start = around(self.sentences, number.start)[0]
        return bool(sums.IN_ALL.search(self.text, max(start, part.body_start), number.start))

    # -- references -------------------------------------------------------------------------------------------------

    def _annexes(self) -> Iterator[PieceFinding]:
        bodies = rules.annex_bodies(self.text)
        named = set(bodies)
        reported: set[str] = set()
        for number, spot in rules.annexes_pointed_to(self.text):
            known = number in named or (not number and named)
            if known and (bodies.get(number) or (not number and any(bodies.values()))):
                continue
            if number not in reported:
                reported.add(number)
                message = _("The text points to “{words}”, which is empty or not there.")
                yield PieceFinding(
                    Severity.WARNING,
                    "annex-empty",
                    format_lazy(message, words=spot.words),
                    self._where(spot.start),
                    self._quote(spot.start, spot.end),
                )
        yield from self._silent_annex(bodies)

    def _silent_annex(self, bodies: Mapping[str, str]) -> Iterator[PieceFinding]:
        """Name partners of the goals on whom the annex is silent although the text points to it for their results."""
        pointed = rules.annexes_pointed_to(self.text)
        whole = "\n".join(bodies.values())
        if not pointed or not whole:
            return
        for heading in rules.goal_headings(self.text):
            line = self.text[
                heading.end : self.text.find("\n", heading.end) if "\n" in self.text[heading.end :] else len(self.text)
            ]
            for name in dict.fromkeys(re.findall(r"\b[A-Z]{3,8}\b", line)):
                if name not in ("EUR", "USD") and not re.search(rf"\b{name}\b", whole):
                    message = format_lazy(
                        _("The text points to the annex for earlier results, but the annex has nothing on {name}."),
                        name=name,
                    )
                    yield PieceFinding(
                        Severity.WARNING,
                        "annex-partner",
                        message,
                        str(_("Annex")),
                        self._quote(heading.start, heading.end),
                    )

    def _labels(self) -> Iterator[PieceFinding]:
        first: dict[str, str] = {}
        for heading in rules.goal_headings(self.text):
            label = heading.label
            before = first.setdefault(heading.letter, label)
            if before.casefold() != label.casefold():
                message = format_lazy(
                    _("Goal {letter} is called “{here}” here and “{before}” before."),
                    letter=heading.letter,
                    here=label,
                    before=before,
                )
                yield PieceFinding(
                    Severity.WARNING,
                    "label-drift",
                    message,
                    self._where(heading.start),
                    self._quote(heading.start, heading.end),
                )

    def _sentences(self) -> Iterator[PieceFinding]:
        for spot in rules.motions_without_number(self.text, self.sentences, self.numbers):
            message = _("A motion is named without its Kamerstuk number.")
            yield PieceFinding(
                Severity.WARNING, "motion-number", message, self._where(spot.start), self._quote(spot.start, spot.end)
            )
        lacking_words = {"basis": _("of what it is a share"), "date": _("as of when")}
        for number, lacking in rules.shares_without_basis(self.text, self.sentences, self.numbers):
            message = format_lazy(
                _("The share “{words}” does not say {what}."),
                words=number.text,
                what=", ".join(str(lacking_words[name]) for name in lacking),
            )
            yield PieceFinding(
                Severity.WARNING,
                "share-basis",
                message,
                self._where(number.start),
                self._quote(number.start, number.end),
            )
        for number in self.numbers:
            if number.kind is Kind.COUNT and number.unit and not number.in_words and self._is_money(number):
                message = format_lazy(_("“{words}” says no currency."), words=" ".join(number.text.split()))
                yield PieceFinding(
                    Severity.WARNING,
                    "no-currency",
                    message,
                    self._where(number.start),
                    self._quote(number.start, number.end),
                )

    def _is_money(self, number: Number) -> bool:
        start, end = around(self.sentences, number.start)
        if end - start > sums.LONGEST:
            return False
        about = re.search(
            r"\b(?:gereserveerd|begroot|budget|besteed|bijdrage|gefinancierd|uitgegeven|kosten|beschikbaar gesteld)\b",
            self.text[start:end],
        )
        people = re.match(
            r"\s+(?:\w+\s+){0,3}?(?:mensen|individuen|personen|kinderen|vrouwen|ontheemden|vluchtelingen|terugkeerders|huishoudens)",
            self.text[number.end : end],
        )
        said = any(other.kind is Kind.AMOUNT for other in within(self.numbers, start, end))
        return bool(about) and not people and not said

    def _coordinated(self) -> Iterator[PieceFinding]:
        header = re.search(r"(?im)^[ \t]*Afgestemd met[ \t]*:?[ \t]*$", self.text)
        if header is None:
            return
        end = re.compile(r"(?im)^[ \t]*(?:Opgesteld door|Kopie aan|Via|Van|nota\b|Aanleiding)").search(
            self.text, header.end()
        )
        listed = self.text[header.end() : end.start() if end else header.end() + 200]
        for spot in rules.coordinated_with(self.text):
            if spot.start > header.end() and not re.search(rf"\b{re.escape(spot.words)}\b", listed):
                message = format_lazy(
                    _(
                        "The text says that this was coordinated with {party}, who does not stand under “Afgestemd met”."
                    ),
                    party=spot.words,
                )
                yield PieceFinding(Severity.WARNING, "coordinated", message, "", self._quote(spot.start, spot.end))

    def _dates(self) -> Iterator[PieceFinding]:
        header = re.search(r"(?im)^[ \t]*Datum[ \t]*:?\s{0,6}(?P<day>\d{1,2}\s+\w+\s+\d{4})", self.text)
        if header is None:
            return
        try:
            day = parse_date(header["day"], "nl")
        except Unreadable:
            return
        for number, _cited in rules.dates_after(self.text[header.end() :], prose.find(self.text[header.end() :]), day):
            at = header.end() + number.start
            message = format_lazy(
                _("“{words}” lies after the date of this piece ({day})."), words=number.text, day=header["day"]
            )
            yield PieceFinding(
                Severity.WARNING, "dates", message, self._where(at), self._quote(at, at + len(number.text))
            )

    # -- the form ---------------------------------------------------------------------------------------------------

    def _form(self) -> Iterator[PieceFinding]:
        for key, title in self.titles.items():
            part = self._part(key)
            body = self._body(key)
            if part is None:
                yield PieceFinding(
                    Severity.ERROR,
                    f"missing-{key}",
                    format_lazy(_("The section “{title}” was not found."), title=title),
                    title,
                )
            elif len(body.split()) < 2 and not (key == "financien-sectoren" and rules.not_applicable(body)):
                yield PieceFinding(Severity.ERROR, f"empty-{key}", _("This question is not answered."), title)
        yield from self._answers()
        euros = [n.readings[0] for n in self._euros() if self._is_total(n)]
        if euros and max(euros) >= THRESHOLD:
            message = format_lazy(
                _("The CW 3.1 frame is required: {amount} is EUR 20 million or more."),
                amount=format_amount(max(euros), "nl"),
            )
            yield PieceFinding(Severity.NOTE, "threshold", message, self.titles.get("financien-rijk", ""))

    def _answers(self) -> Iterator[PieceFinding]:
        goals, finance, evaluation, efficiency = (
            self._body(key) for key in ("doelen", "financien-rijk", "evaluatie", "doelmatigheid")
        )
        if goals and not rules.names_a_term(goals):
            yield PieceFinding(
                Severity.WARNING,
                "term",
                _("It is not said by when the goals are to be reached."),
                self.titles.get("doelen", ""),
            )
        for name in rules.lacks_of_finance(finance) if finance else ():
            yield PieceFinding(
                Severity.WARNING, f"finance-{name}", FINANCE_LACKS[name], self.titles.get("financien-rijk", "")
            )
        for name in rules.lacks_of_evaluation(evaluation) if evaluation else ():
            yield PieceFinding(
                Severity.WARNING, f"evaluation-{name}", EVALUATION_LACKS[name], self.titles.get("evaluatie", "")
            )
        if efficiency and not COMPARED.search(efficiency):
            message = _("No alternative is compared with: why is this the efficient way?")
            yield PieceFinding(Severity.NOTE, "alternative", message, self.titles.get("doelmatigheid", ""))


COMPARED = re.compile(
    r"\b(?:alternatie\w+|vergele\w+|in plaats van|goedkoper|duurder|in tegenstelling tot|anders dan)\b", re.IGNORECASE
)
FINANCE_LACKS = {
    "article": _("No budget article is named."),
    "cover": _("The cover is not named: where does the money come from?"),
    "series": _("Commitments and cash are not told apart: in which year is what paid?"),
}
EVALUATION_LACKS = {
    "evaluator": _("It is not said who evaluates."),
    "when": _("It is not said when is evaluated."),
    "method": _("It is not said how is evaluated (method)."),
    "indicator": _("No indicator or baseline is named."),
}


def _reading(number: Number) -> str:
    if not number.kind.is_figure:
        return ""
    values = " / ".join(format_number(value, "nl") for value in number.readings)
    return f"{number.currency} {values}".strip() + (" %" if number.kind is Kind.PERCENTAGE else "")
