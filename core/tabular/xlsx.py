"""Office Open XML workbooks, transitional and strict (ECMA-376 part 1, 18), read row by row.

Read here and not by a library: a workbook of 5 kB made the fast one end the whole process, and none tells of hidden
rows, merged cells and formulas without a value while it reads in bounded memory (docs/adr/0006).
"""

from __future__ import annotations

import datetime
import posixpath
import re
import sys
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from core.numbers import plain
from core.tabular.columns import MiB
from core.tabular.findings import Words
from core.tabular.packages import DEEPEST, Attributes, Package, damaged, local, parse, read_all
from core.tabular.source import LISTS, WIDEST, Merge, Sheet, too_much_text, too_wide
from core.tabular.spool import (
    DAMAGED,
    DATE,
    ERROR,
    FOREIGN,
    FORMULA,
    MOMENT,
    PADDED,
    PERCENT,
    Cell,
    Row,
    holds_anything,
)

RELATION = re.compile(r"\{?http.*/relationships\}?id$")
REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")  # 18.4.12 (ST_Xstring): characters that XML cannot hold
MOST_STRINGS = 1_500_000
MOST_TEXT = 64 * MiB  # bytes of shared strings together, as Python keeps them
MOST_MERGES = 20_000
MOST_COLUMN = 16_384
TRUE = {"1", "true"}
PLAIN_STYLE = ("", "")

# 18.8.30: formats that a workbook does not define itself. 5-8, 37-44 follow the computer's own currency.
BUILT_IN_DATES = {14, 15, 16, 17, *range(27, 37), *range(50, 59)}
BUILT_IN_MOMENTS = {18, 19, 20, 21, 22, 45, 46, 47}
BUILT_IN_PERCENTS = {9, 10}
OURS = {"€", "EUR"}
CURRENCY = re.compile(r"(?i)US\$|[$£¥₴]|\b(?:USD|GBP|CHF|UAH|JPY|SEK|NOK|DKK|CAD|AUD|PLN)\b")


class Xlsx:
    """One workbook, opened for reading."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.said: list[Words] = []
        self.starts_in_1904 = self.never_calculated = False
        self._names: list[tuple[str, bool, str]] = []
        self._read_workbook()
        self._strings: list[str] | None = None
        self._styles: list[tuple[str, str]] | None = None

    def sheets(self) -> list[Sheet]:
        """Return the sheets that hold anything, hidden ones too."""
        found = [Sheet(name, hidden, place) for name, hidden, place in self._names]
        return [sheet for sheet in found if not _ours(sheet) and any(map(holds_anything, self.rows(sheet)))]

    def rows(self, sheet: Sheet) -> Iterator[Row]:
        """Yield the rows that hold anything."""
        if self._strings is None:
            self._strings = self._read_strings()
            self._styles = self._read_styles()
        sheet.merges.clear()
        reader = _Rows(sheet, self._strings, self._styles or [], self.starts_in_1904, self.never_calculated)
        for _piece in parse(self.package, sheet.place, reader.start, reader.end, reader.text):
            yield from reader.taken()

    # -- the workbook and what belongs to it ------------------------------------------------------------------------

    def _read_workbook(self) -> None:
        place = next(iter(self._related("", "officeDocument").values()), "xl/workbook.xml")
        sheets: list[tuple[str, bool, str]] = []

        def start(name: str, attributes: Attributes) -> None:
            what = local(name)
            if what == "sheet":
                key = next((attributes[key] for key in attributes if RELATION.match(key)), "")
                hidden = attributes.get("state", "visible") != "visible"
                sheets.append((attributes.get("name", ""), hidden, key))
            elif what == "workbookPr":
                self.starts_in_1904 = attributes.get("date1904", "") in TRUE
            elif what == "calcPr":  # written by programs that put formulas down but never reckon them
                self.never_calculated = attributes.get("fullCalcOnLoad", "") in TRUE

        read_all(self.package, place, start)
        self._base = place
        targets = self._related(place, "worksheet")
        self._names = [(name, hidden, targets[key]) for name, hidden, key in sheets if key in targets]
        if self.starts_in_1904:
            self.said.append(_("This workbook counts its dates from 1904."))

    def _related(self, place: str, kind: str) -> dict[str, str]:
        """Return the parts of a kind that a part refers to, by their key. What lies outside the file is left alone."""
        folder, name = posixpath.split(place)
        found: dict[str, str] = {}

        def start(tag: str, attributes: Attributes) -> None:
            if local(tag) == "Relationship" and attributes.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/" + folder, attributes.get("Target", ""))).lstrip("/")
                if attributes.get("Type", "").endswith("/" + kind) and target in self.package.names:
                    found[attributes.get("Id", "")] = target

        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        if relations in self.package.names:
            read_all(self.package, relations, start)
        return found

    def _read_strings(self) -> list[str]:
        strings: list[str] = []
        for place in self._related(self._base, "sharedStrings").values():
            reader = _Strings(strings)
            read_all(self.package, place, reader.start, reader.end, reader.text)
        return strings

    def _read_styles(self) -> list[tuple[str, str]]:
        formats: dict[int, str] = {}
        styles: list[int] = []
        inside = ""

        def start(name: str, attributes: Attributes) -> None:
            nonlocal inside
            what = local(name)
            if what == "numFmt" and (key := attributes.get("numFmtId", "")).isdecimal():
                formats[int(key)] = attributes.get("formatCode", "")
            elif what in ("cellXfs", "cellStyleXfs"):
                inside = what
            elif what == "xf" and inside == "cellXfs":
                key = attributes.get("numFmtId", "0")
                styles.append(int(key) if key.isdecimal() else 0)

        for place in self._related(self._base, "styles").values():
            read_all(self.package, place, start)
        return [style_of(key, formats.get(key, "")) for key in styles]


def _ours(sheet: Sheet) -> bool:
    return sheet.hidden and sheet.name == LISTS


def style_of(key: int, code: str) -> tuple[str, str]:
    """Return what a number format makes of a number: a date, a moment, a percentage, another currency, zeros before it."""
    if not code:
        if key in BUILT_IN_DATES:
            return DATE, ""
        if key in BUILT_IN_MOMENTS:
            return MOMENT, ""
        return (PERCENT, "") if key in BUILT_IN_PERCENTS else ("", "")
    first = code.split(";", maxsplit=1)[0]
    symbols = re.findall(r"\[\$([^\]-]+)", first) + CURRENCY.findall(re.sub(r"\[\$[^\]]*\]", "", first))
    foreign = [symbol for symbol in symbols if symbol.strip() not in OURS]
    if foreign:
        return FOREIGN, foreign[0].strip()
    bare = re.sub(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]', "", first).lower()
    if bare in ("general", "@", ""):
        return "", ""
    if re.search(r"[ymdhs]", bare):
        return (MOMENT, "") if re.search(r"[hs]", bare) else (DATE, "")
    if "%" in bare:
        return PERCENT, ""
    return (PADDED, bare) if re.fullmatch("00+", bare) else ("", "")


def unescape(text: str) -> str:
    """Return a text with its `_xHHHH_` escapes undone; a lone surrogate or NUL comes out as such, and is refused later."""
    return ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


class _Strings:
    """Gathers shared strings: plain, or in runs of their own mark-up; phonetic guides are left out (18.4)."""

    def __init__(self, strings: list[str]) -> None:
        self.strings = strings
        self.pieces: list[str] = []
        self.held = self.total = 0
        self.listening = self.phonetic = False

    def start(self, name: str, _attributes: Attributes) -> None:
        what = local(name)
        if what == "si":
            self.pieces.clear()
            self.held = 0
        elif what == "rPh":
            self.phonetic = True
        self.listening = what == "t" and not self.phonetic

    def end(self, name: str) -> None:
        what = local(name)
        self.listening = False
        if what == "rPh":
            self.phonetic = False
        elif what == "si":
            text = unescape("".join(self.pieces))
            self.strings.append(text)
            self.total += sys.getsizeof(text)
            if len(self.strings) > MOST_STRINGS or self.total > MOST_TEXT:
                raise too_much_text()

    def text(self, text: str) -> None:
        if self.listening:
            self.pieces.append(text)
            self.held += len(text)
            if self.held > MiB:
                raise too_much_text()


class _Rows:
    """Gathers the rows of a sheet from the parser's events. The two busiest handlers keep what they need at hand."""

    def __init__(
        self, sheet: Sheet, strings: list[str], styles: list[tuple[str, str]], in_1904: bool, never_calculated: bool
    ) -> None:
        self.sheet, self.strings = sheet, strings
        self.kinds = {str(place): style for place, style in enumerate(styles) if style[0]}
        self.never_calculated = never_calculated
        self.first_day = datetime.date(1904, 1, 1).toordinal() if in_1904 else datetime.date(1899, 12, 30).toordinal()
        self.earliest = 0 if in_1904 else 61  # day 60 is 29 February 1900, which never was: 18.17.4.1
        self.rows: list[Row] = []
        self.cells: list[Cell] = []
        self.number, self.next, self.hidden = 0, 0, False
        self.attributes: Attributes = {}
        self.pieces: list[str] = []
        self.held = 0
        self.listening = self.has_value = self.has_formula = self.phonetic = False
        self.columns: dict[str, int] = {}
        self.names: dict[str, str] = {}
        self.depth = 0
        self.dates: dict[tuple[str, str], Cell] = {}

    def taken(self) -> list[Row]:
        """Return the rows gathered since the last time."""
        rows, self.rows = self.rows, []
        return rows

    def text(self, text: str) -> None:
        if self.listening:
            self.pieces.append(text)
            self.held += len(text)
            if self.held > MiB:
                raise too_much_text()

    def _learn(self, name: str) -> str:
        what = self.names[name] = local(name)
        return what

    def start(self, name: str, attributes: Attributes) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise damaged()
        what = self.names.get(name) or self._learn(name)
        if what == "c":
            self.attributes = attributes
            self.pieces = []
            self.held = 0
            self.has_value = self.has_formula = False
        elif what == "v":
            self.has_value = self.listening = True
        elif what == "t":
            self.has_value = True
            self.listening = not self.phonetic
        elif what == "f":
            self.has_formula = True
        elif what == "row":
            self._start_row(attributes)
        elif what == "rPh":
            self.phonetic = True
        elif what == "col":
            self._hide_columns(attributes)
        elif what == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def end(self, name: str) -> None:
        self.depth -= 1
        what = self.names[name]
        if what == "v" or what == "t":
            self.listening = False
        elif what == "c":
            if self.has_value or self.has_formula:
                self._put(self._cell())
            elif not self.attributes.get("r"):
                self.next += 1
        elif what == "row":
            if self.cells:
                self.rows.append((self.number, self.hidden, tuple(self.cells)))
                self.cells = []
        elif what == "rPh":
            self.phonetic = False

    def _start_row(self, attributes: Attributes) -> None:
        given = attributes.get("r", "")
        number = int(given) if given.isdecimal() and len(given) < 8 else self.number + 1
        if number <= self.number:
            raise damaged()
        self.number, self.cells, self.next = number, [], 0
        self.hidden = attributes.get("hidden", "") in TRUE or _no_height(attributes.get("ht", ""))

    def _put(self, cell: Cell) -> None:
        reference = self.attributes.get("r")
        column = self._column(reference) if reference else self.next
        self.next = column + 1
        if cell == "":
            return
        cells = self.cells
        missing = column - len(cells)
        if missing:
            self._fill(column, missing)
        if missing < 0:
            cells[column] = cell
        else:
            cells.append(cell)

    def _fill(self, column: int, missing: int) -> None:
        if column >= WIDEST:
            raise too_wide(self.number)
        if missing < 0 and self.cells[column] != "":
            raise damaged()  # one cell twice
        self.cells.extend([""] * missing)

    def _column(self, reference: str) -> int:
        letters = reference.rstrip("0123456789")
        column = self.columns.get(letters)
        if column is None:
            column = self.columns[letters] = column_of(letters)
        return column

    def _cell(self) -> Cell:
        """Return the cell that has just ended (18.3.1.4): its type says how its value is to be read."""
        pieces = self.pieces
        text = pieces[0] if len(pieces) == 1 else "".join(pieces)
        kind = self.attributes.get("t", "n")
        if self.has_formula and (not self.has_value or self.never_calculated or (not text and kind != "str")):
            return FORMULA, ""
        if kind == "n":
            return self._number(text) if text else ""
        if kind == "s":
            return self._shared(text)
        if kind == "inlineStr" or kind == "str":
            return unescape(text)
        if kind == "b":
            return text.strip() in TRUE
        if kind == "e":
            return ERROR, text
        if kind == "d":  # ISO 8601, in strict workbooks
            return (DATE, text) if len(text) == 10 else (MOMENT, text)
        return DAMAGED, text

    def _shared(self, text: str) -> Cell:
        if text.isdecimal() and len(text) < 9 and int(text) < len(self.strings):
            return self.strings[int(text)]
        return DAMAGED, text

    def _number(self, text: str) -> Cell:
        style = self.kinds.get(self.attributes.get("s", ""), PLAIN_STYLE)
        if style is PLAIN_STYLE:
            try:
                value = float(text)
            except ValueError:
                return DAMAGED, text
            return value if value - value == 0 else (DAMAGED, text)  # neither infinite nor no number
        kind, detail = style
        if kind in (DATE, MOMENT):
            return self._date(text, kind)
        return self._styled(text, kind, detail)

    def _styled(self, text: str, kind: str, detail: str) -> Cell:
        try:
            value = float(text)
        except ValueError:
            return DAMAGED, text
        if value - value != 0:
            return DAMAGED, text
        if kind != PADDED:
            return kind, f"{value!r} {detail}".strip()
        whole = value >= 0 and value.is_integer()
        return (PADDED, f"{value:.0f}".zfill(len(detail))) if whole else value

    def _date(self, text: str, kind: str) -> Cell:
        found = self.dates.get((text, kind))
        if found is None:
            found = self._reckon_date(text, kind)
            if len(self.dates) < 50_000:
                self.dates[text, kind] = found
        return found

    def _reckon_date(self, text: str, kind: str) -> Cell:
        try:
            serial = float(text)
            day = int(serial)
            shown = datetime.date.fromordinal(self.first_day + day).isoformat()
        except (ValueError, OverflowError):
            return DATE, ""
        if day < self.earliest:
            return (MOMENT, plain(text)) if kind == MOMENT else (DATE, "")
        seconds = round((serial - day) * 86_400)
        if not seconds:
            return DATE, shown
        return MOMENT, f"{shown} {seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"

    def _hide_columns(self, attributes: Attributes) -> None:
        first, last = attributes.get("min", ""), attributes.get("max", "")
        if attributes.get("hidden", "") in TRUE and first.isdecimal() and last.isdecimal():
            self.sheet.hidden_columns.update(range(int(first[:6]) - 1, min(int(last[:6]), MOST_COLUMN)))

    def _merge(self, reference: str) -> None:
        corners = REFERENCE.findall(reference.replace("$", ""))
        if len(self.sheet.merges) > MOST_MERGES:
            raise damaged()
        if corners:
            (first, top), (last, bottom) = corners[0], corners[-1]
            self.sheet.merges.append(Merge(int(top), column_of(first), int(bottom), column_of(last)))


def column_of(letters: str) -> int:
    """Return a column's place counted from 0. Raises FileRefused for one that no spreadsheet has."""
    column = 0
    for mark in letters[:4]:
        if not "A" <= mark <= "Z":
            raise damaged()
        column = column * 26 + ord(mark) - 64
    if not 0 < column <= MOST_COLUMN:
        raise damaged()
    return column - 1


def _no_height(text: str) -> bool:
    return text in ("0", "0.0")
