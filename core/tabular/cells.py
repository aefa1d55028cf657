"""From raw cells to values, a column at a time: first all cells at once, and one by one where that does not do.

Nothing is rounded and nothing guessed. A number in a spreadsheet is a binary fraction of which fifteen figures mean
something (ECMA-376 part 1, 18.3.1.96 has none; IEEE 754 double): noise behind them is left out, a true third decimal is refused.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from abc import abstractmethod
from collections.abc import Sequence
from decimal import Context, Decimal, InvalidOperation
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.numbers import LONGEST, NOTATIONS, Unreadable, format_number, parse_amount, parse_date, parse_number, plain
from core.tabular.columns import NUMERIC, Column, Kind, fold, spellings
from core.tabular.findings import Words
from core.tabular.notation import FIGURES, PLAIN, minus_first
from core.tabular.spool import DATE, ERROR, FOREIGN, FORMULA, MOMENT, PADDED, PERCENT, Cell

FIFTEEN = Context(prec=15)
TOO_LARGE = Decimal(10) ** 15
NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffd-\uffff]")
# What a spreadsheet shows instead of a value, in Dutch and English, as it stands in a text file made from it.
ERRORS = re.compile(
    r"#(?:N/A|N/B|NB|REF!|VERW!|VERWIJZING!|VALUE!|WAARDE!|DIV/0!|DEEL/0!|NAME\?|NAAM\?|NUM!|GETAL!|NULL!|LEEG!|SPILL!|OVERLOOP!|CALC!|#+)$"
)
SHORTENED = re.compile(r"[0-9](?:[.,][0-9]+)?E\+[0-9]{2,3}")  # as Excel saves a long number into a text file
PREFIXED = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")
MIDNIGHT = re.compile(r"[ T]0?0:00(?::00(?:[.,]0+)?)?$")
TWO_FIGURES = re.compile(r"[0-9]{1,2}[-./ ](?:[0-9]{1,2}|[a-z]{3,9})[-./ ]'?[0-9]{2}", re.I)
MOST_REMEMBERED = 20_000


class Unfit(Exception):
    """A cell that is not what its column holds; says what it is and what to do."""

    def __init__(self, code: str, message: Words) -> None:
        super().__init__(code)
        self.code, self.message = code, message


class CellReader:
    """Reads the cells of one column."""

    nothing: Any = None

    def __init__(self, column: Column) -> None:
        self.column = column
        texts = column.kind in (Kind.TEXT, Kind.IDENTIFIER)
        self.longest = 2 * column.longest + 100 if texts else LONGEST  # before a text is tidied

    def many(self, cells: Sequence[Cell]) -> list[Any]:
        """Read cells all at once. Raises TypeError, KeyError or ValueError when one needs a closer look."""
        raise ValueError

    def one(self, cell: Cell) -> Any:
        """Read one cell. Raises Unfit with what is wrong with it."""
        if isinstance(cell, str):
            if not cell or cell.isspace():
                return self._empty()
            if len(cell) > self.longest:
                raise _too_long(len(cell))
            if found := NOT_TEXT.search(cell):
                raise Unfit("character", _not_text(found[0]))
            if cell[0] == "#" and ERRORS.match(cell):
                raise Unfit("error_cell", ERROR_CELL)
            return self.from_text(cell)
        if isinstance(cell, bool):
            raise Unfit("boolean", _("This cell holds TRUE or FALSE."))
        if isinstance(cell, float):
            return self.from_number(cell)
        return self.from_tagged(*cell)

    def _empty(self) -> Any:
        if self.column.required:
            raise Unfit("required", _("This cell is empty."))
        return self.nothing

    @abstractmethod
    def from_text(self, text: str) -> Any:
        """Read a text that is not empty."""

    def from_number(self, value: float) -> Any:
        """Read a number cell."""
        raise Unfit(
            "number_cell",
            _("This cell holds a number, not a text. Give its column the format “Text” and fill it in again."),
        )

    def from_tagged(self, tag: str, text: str) -> Any:
        """Read a cell that is neither text nor a plain number."""
        if tag == ERROR:
            raise Unfit("error_cell", ERROR_CELL)
        if tag == FORMULA:
            raise Unfit(
                "formula",
                _(
                    "This formula has no calculated value. Open the file in your spreadsheet program, save it there and send that file."
                ),
            )
        if tag in (DATE, MOMENT):
            raise Unfit(
                "date_cell",
                _(
                    "The spreadsheet program has made a date of this. Give the cell the format “Text” or “Number” and fill it in again."
                ),
            )
        if tag == PERCENT:
            raise Unfit("percent", _("This cell holds a percentage."))
        if tag == FOREIGN:
            raise Unfit(
                "currency",
                format_lazy(_("This cell holds an amount in {currency}."), currency=text.partition(" ")[2][:10]),
            )
        raise Unfit("damaged_cell", _("This cell holds something that a spreadsheet cannot hold."))


ERROR_CELL: Words = _("This cell holds an error, not a value. Mend the formula, or fill in the value itself.")


def _too_long(length: int) -> Unfit:
    return Unfit("too_long", format_lazy(_("This text has {length} characters."), length=length))


def _not_text(mark: str) -> Words:
    if mark == "\ufffd":
        return _("A letter was lost here when the file was made (�).")
    return format_lazy(_("This cell holds a character that is not text (U+{number})."), number=f"{ord(mark):04X}")


# -- text, identifiers, choices ---------------------------------------------------------------------------------------


class TextReader(CellReader):
    """Reads text: tidied at its ends, accents composed (Unicode NFC), line ends as one sign."""

    nothing = ""

    def __init__(self, column: Column, prefixed: bool) -> None:
        super().__init__(column)
        self.prefixed = prefixed

    def many(self, cells: Sequence[Cell]) -> list[Any]:
        """Read texts that need no more than their ends tidied."""
        if max(map(len, cells)) > self.longest:  # type: ignore[arg-type] # another type raises TypeError, as promised
            raise ValueError
        joined = "\n".join(cells)  # type: ignore[arg-type] # another type raises TypeError, as promised
        if "#" in joined or "\r" in joined or (self.prefixed and "'" in joined) or NOT_TEXT.search(joined):
            raise ValueError
        if not joined.isascii() and not unicodedata.is_normalized("NFC", joined):
            raise ValueError
        texts = [cell.strip() for cell in cells]  # type: ignore[union-attr]
        if self.column.required and "" in texts:
            raise ValueError
        if max(map(len, texts)) > self.column.longest:
            raise ValueError
        return texts

    def from_text(self, text: str) -> str:
        """Tidy a text; take off the mark that keeps a text file's cell from being a formula."""
        if self.prefixed and PREFIXED.match(text):
            text = text[1:]
        tidy = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").strip())
        if not tidy:
            return str(self._empty())
        if len(tidy) > self.column.longest:
            raise _too_long(len(tidy))
        return tidy

    def from_number(self, value: float) -> str:
        """Take a whole number as its figures; how another one is written, the file does not say."""
        return whole_figures(value)

    def from_tagged(self, tag: str, text: str) -> str:
        """Take a number with leading zeros as it is shown."""
        if tag == PADDED:
            return self.from_text(text)
        super().from_tagged(tag, text)
        raise AssertionError(tag)


class IdentifierReader(TextReader):
    """Reads identifiers: leading zeros stay, and a number that a spreadsheet shortened is refused."""

    def __init__(self, column: Column, prefixed: bool) -> None:
        super().__init__(column, prefixed)
        self.pattern = re.compile(column.pattern) if column.pattern else None

    def many(self, cells: Sequence[Cell]) -> list[Any]:
        """Read identifiers that are in order at first sight."""
        texts = super().many(cells)
        if self.prefixed and any(text.startswith("=") for text in texts):
            raise ValueError
        if any(SHORTENED.fullmatch(text) for text in texts if "E+" in text):
            raise ValueError
        if self.pattern and not all(text == "" or self.pattern.fullmatch(text) for text in texts):
            raise ValueError
        return texts

    def from_text(self, text: str) -> str:
        """Refuse a formula, what is shortened, and what is not of the column's pattern."""
        if self.prefixed and text.startswith("="):
            raise Unfit("formula", _("This is a formula, not a number or name. Fill in the value itself."))
        tidy = super().from_text(text)
        if SHORTENED.fullmatch(tidy):
            raise Unfit(
                "shortened",
                _(
                    "The spreadsheet program has shortened this number. Give its column the format “Text” and fill in all figures."
                ),
            )
        if tidy and self.pattern and not self.pattern.fullmatch(tidy):
            raise Unfit("pattern", _("This is not written as it should be."))
        return tidy

    def from_number(self, value: float) -> str:
        """Take a whole number as its figures."""
        return self.from_text(whole_figures(value))


def whole_figures(value: float) -> str:
    """Return a number's figures, without point or exponent. Raises Unfit when it is not whole or not known exactly."""
    if not value.is_integer():
        raise Unfit("number_cell", _("This cell holds a number with decimals, not a text. Give it the format “Text”."))
    if abs(value) >= TOO_LARGE:
        raise Unfit(
            "figures",
            _(
                "A spreadsheet keeps only fifteen figures of a number; the last ones of this are lost. Give its column the format “Text”."
            ),
        )
    return f"{value:.0f}"


class ChoiceReader(CellReader):
    """Reads one of a list of words, in either language, whatever its case, spaces and accents."""

    nothing = ""

    def __init__(self, column: Column) -> None:
        super().__init__(column)
        self.known: dict[Any, Any] = {} if column.required else {"": ""}
        self.words = {
            fold(word): value for value, words in column.choices.items() for word in (*spellings(words), value)
        }
        self.longest = 100 + 2 * max(map(len, self.words), default=0)

    def many(self, cells: Sequence[Cell]) -> list[Any]:
        """Look cells up among those already seen."""
        try:
            return [self.known[cell] for cell in cells]
        except KeyError:
            for cell in set(cells) - self.known.keys():
                if len(self.known) > MOST_REMEMBERED or not isinstance(cell, str):
                    raise
                try:
                    self.known[cell] = self.one(cell)
                except Unfit as unfit:
                    raise KeyError from unfit
            return [self.known[cell] for cell in cells]

    def from_text(self, text: str) -> str:
        """Find the choice."""
        try:
            return self.words[fold(text)]
        except KeyError:
            raise Unfit("choice", _("This is not one of the choices.")) from None

    def from_number(self, value: float) -> str:
        """Find the choice that a whole number stands for, such as a year."""
        return self.from_text(whole_figures(value))


# -- numbers ----------------------------------------------------------------------------------------------------------


class NumberReader(CellReader):
    """Reads amounts, numbers and whole numbers; texts in the notation that the whole column has."""

    def __init__(self, column: Column, notation: str) -> None:
        super().__init__(column)
        self.notation = notation
        style = NOTATIONS[notation]
        self.marks = str.maketrans(style.decimal, ".", style.thousands)
        self.plain = PLAIN[notation]
        self.shapes: dict[str, bool] = {}
        self.step = Decimal(1).scaleb(-column.decimals)
        self.whole = column.kind == Kind.WHOLE

    def many(self, cells: Sequence[Cell]) -> list[Any]:
        """Read cells that are all numbers, or all texts of figures and marks."""
        if set(map(type, cells)) == {float}:
            values = [self._exactly(cell) for cell in cells]  # type: ignore[arg-type]
            filled = values
        else:
            values = self._figures(cells)
            filled = [value for value in values if value is not None]
        if filled and not self._within(min(filled), max(filled)):
            raise ValueError
        return [None if value is None else int(value) for value in values] if self.whole else values

    def _exactly(self, value: float) -> Decimal:
        try:
            return exactly(value, self.column.decimals)
        except Unfit as unfit:
            raise ValueError from unfit

    def _figures(self, cells: Sequence[Cell]) -> list[Any]:
        if max(map(len, cells)) > LONGEST:  # type: ignore[arg-type]
            raise ValueError
        for shape in {cell.translate(FIGURES) for cell in cells}:  # type: ignore[union-attr]
            if not self._is_plain(shape):
                raise ValueError
        texts = "\n".join(cells).translate(self.marks).split("\n")  # type: ignore[arg-type]
        try:
            values = [Decimal(text) if text else None for text in texts]
            exact = [None if value is None else value.quantize(self.step) for value in values]
        except InvalidOperation as error:
            raise ValueError from error
        if exact != values or (self.column.required and None in values):
            raise ValueError
        return exact

    def _is_plain(self, shape: str) -> bool:
        known = self.shapes.get(shape)
        if known is None:
            known = self.plain.fullmatch(shape) is not None
            if len(self.shapes) < MOST_REMEMBERED:
                self.shapes[shape] = known
        return known

    def from_text(self, text: str) -> Decimal | int:
        """Read a number as people write it."""
        try:
            return self._checked(read_number(minus_first(text.strip()), self.notation, self.column))
        except Unreadable as error:
            raise Unfit(error.code, error.message) from error

    def from_number(self, value: float) -> Decimal | int:
        """Take a number cell to the last decimal that the column has."""
        return self._checked(exactly(value, self.column.decimals))

    def from_tagged(self, tag: str, text: str) -> Decimal | int:
        """Take a number with leading zeros; an amount in a currency where the column has one."""
        if tag == PADDED or (tag == FOREIGN and self.column.foreign):
            return self.from_number(float(text.partition(" ")[0]))
        super().from_tagged(tag, text)
        raise AssertionError(tag)

    def _within(self, least: Decimal, most: Decimal) -> bool:
        column = self.column
        return (column.least is None or least >= column.least) and most <= column.most and least >= -column.most

    def _checked(self, value: Decimal) -> Decimal | int:
        if self._within(value, value):
            return int(value) if self.whole else value
        if self.column.least is not None and value < self.column.least:
            raise Unfit("range", format_lazy(_("This is less than {least}."), least=_Shown(self.column.least)))
        raise Unfit("range", format_lazy(_("This is more than {most}."), most=_Shown(self.column.most)))


class _Shown:
    """A number that is written in the language of whoever reads the message."""

    def __init__(self, value: Decimal) -> None:
        self.value = value

    def __str__(self) -> str:
        from django.utils.translation import get_language

        return format_number(self.value, get_language() or "nl")


def read_number(text: str, notation: str, column: Column) -> Decimal:
    """Read a text as a number of a column, in one notation. Raises Unreadable."""
    if column.kind == Kind.AMOUNT and not column.foreign:
        return parse_amount(text, notation)
    return parse_number(text, notation, column.decimals)


def exactly(value: float, places: int) -> Decimal:
    """Return a number cell as a decimal with `places` decimals, leaving out the noise behind fifteen figures.

    Nothing is rounded: a decimal more, or more figures than a spreadsheet can keep, raises Unfit.
    """
    step = Decimal(1).scaleb(-places)
    found = Decimal(repr(value))
    if abs(found) >= TOO_LARGE:
        raise Unfit("figures", MORE_FIGURES)
    meant = FIFTEEN.plus(found)
    exact = meant.quantize(step)
    if exact != meant:
        raise Unfit(
            "decimals",
            format_lazy(
                _("This number is {value}: it has more than {places} decimals."), value=plain(meant), places=places
            ),
        )
    if meant != found and abs(found) >= TOO_LARGE * step:
        raise Unfit("figures", MORE_FIGURES)
    return exact + 0  # without the sign of a negative zero


MORE_FIGURES: Words = _(
    "A spreadsheet keeps only fifteen figures of a number; the last ones of this are lost. Fill it in as text."
)


# -- dates ------------------------------------------------------------------------------------------------------------


class DateReader(CellReader):
    """Reads date cells and written dates: day first or ISO, the year in four figures."""

    def __init__(self, column: Column) -> None:
        super().__init__(column)
        self.known: dict[Any, Any] = {} if column.required else {"": None}

    def many(self, cells: Sequence[Cell]) -> list[Any]:
        """Look cells up among those already seen: a sheet has few days."""
        try:
            return [self.known[cell] for cell in cells]
        except KeyError:
            for cell in set(cells) - self.known.keys():
                if len(self.known) > MOST_REMEMBERED or isinstance(cell, float | bool):
                    raise
                try:
                    self.known[cell] = self.one(cell)
                except Unfit as unfit:
                    raise KeyError from unfit
            return [self.known[cell] for cell in cells]

    def from_text(self, text: str) -> datetime.date:
        """Read a written date; midnight behind it says nothing."""
        tidy = MIDNIGHT.sub("", text.strip())
        if TWO_FIGURES.fullmatch(tidy):
            raise Unfit("year", _("The year has two figures. Write it in four."))
        try:
            return self._checked(parse_date(tidy, "nl"))
        except Unreadable as error:
            raise Unfit("date", error.message) from error

    def from_number(self, value: float) -> datetime.date:
        """Refuse a number that its own sheet does not call a date."""
        raise Unfit("date_number", _("This cell holds a number. Give it the format “Date”."))

    def from_tagged(self, tag: str, text: str) -> datetime.date:
        """Take a date cell; one with a time of day is refused."""
        if tag == DATE:
            try:
                return self._checked(datetime.date.fromisoformat(text))
            except ValueError:
                raise Unfit("date", _("This is not a day that exists.")) from None
        if tag == MOMENT:
            raise Unfit("time", _("This cell holds a time of day. Leave only the date."))
        super().from_tagged(tag, text)
        raise AssertionError(tag)

    def _checked(self, day: datetime.date) -> datetime.date:
        if self.column.earliest <= day <= self.column.latest:
            return day
        raise Unfit(
            "range",
            format_lazy(
                _("This date lies before {earliest} or after {latest}."),
                earliest=_day(self.column.earliest),
                latest=_day(self.column.latest),
            ),
        )


def _day(day: datetime.date) -> str:
    return day.strftime("%d-%m-%Y")


# -- all kinds --------------------------------------------------------------------------------------------------------


def reader_for(column: Column, notation: str, prefixed: bool) -> CellReader:
    """Return the reader of a column's kind. `prefixed` for text files, where a mark keeps a text from being a formula."""
    if column.kind in NUMERIC:
        return NumberReader(column, notation)
    if column.kind == Kind.DATE:
        return DateReader(column)
    if column.kind == Kind.CHOICE:
        return ChoiceReader(column)
    if column.kind == Kind.IDENTIFIER:
        return IdentifierReader(column, prefixed)
    return TextReader(column, prefixed)


def expected(column: Column, notation: str) -> Words:
    """Say what a column's cells should hold."""
    if column.example:
        return format_lazy(_("for example {example}"), example=column.example)
    if column.kind == Kind.WHOLE:
        return _("a whole number")
    if column.kind in NUMERIC:
        sample = format_number(Decimal("1234.56"), notation, column.decimals)
        return format_lazy(_("a number such as {example}"), example=sample)
    if column.kind == Kind.DATE:
        return _("a date such as 04-02-2026")
    if column.kind == Kind.CHOICE:
        return format_lazy(_("one of: {choices}"), choices=_Choices(column))
    return format_lazy(_("a text of at most {longest} characters"), longest=column.longest)


class _Choices:
    """The first words of each choice, in the language of whoever reads the message."""

    def __init__(self, column: Column) -> None:
        self.column = column

    def __str__(self) -> str:
        words = [str(words[0]) if words else value for value, words in self.column.choices.items()]
        return ", ".join(words[:12]) + (", …" if len(words) > 12 else "")


def shown(cell: Cell) -> str:
    """Return a cell as the user would recognise it."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return plain(repr(cell))
    if isinstance(cell, str):
        return cell
    tag, text = cell
    return "=…" if tag == FORMULA else text
