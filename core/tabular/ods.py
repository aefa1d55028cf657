"""OpenDocument spreadsheets (OASIS OpenDocument 1.3 part 3, 9 and 19), read row by row."""

from __future__ import annotations

import re
from collections.abc import Iterator

from core.tabular.columns import MiB
from core.tabular.findings import Words
from core.tabular.packages import Attributes, Package, damaged, parse
from core.tabular.source import LISTS, WIDEST, Merge, Sheet, too_much_text, too_wide
from core.tabular.spool import DAMAGED, DATE, ERROR, FOREIGN, FORMULA, MOMENT, PERCENT, Cell, Row, holds_anything

CONTENT = "content.xml"
NAMESPACES = re.compile(r"^urn:oasis:names:tc:opendocument:xmlns:(\w+):[\d.]+\}")
# What lies in a sheet or before it and is no cell: comments, drawings, tables of elsewhere, earlier states.
ASIDE = {"annotation", "shapes", "forms", "tracked-changes", "dde-links", "frame", "g", "rect", "custom-shape", "line"}
MOST_REPEATED = 2_000_000
MOST_COLUMN = 16_384
MOST_MERGES = 20_000
OURS = {"", "EUR"}


class Ods:
    """One spreadsheet document, opened for reading."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.said: list[Words] = []

    def sheets(self) -> list[Sheet]:
        """Return the sheets that hold anything, hidden ones too."""
        reader = _Rows(wanted=None)
        filled: dict[int, Sheet] = {}
        for _piece in parse(self.package, CONTENT, reader.start, reader.end, reader.text):
            for place, _repeated, row in reader.taken():
                if place not in filled and holds_anything(row):
                    filled[place] = reader.found[place]
        return [sheet for sheet in filled.values() if not (sheet.hidden and sheet.name == LISTS)]

    def rows(self, sheet: Sheet) -> Iterator[Row]:
        """Yield the rows that hold anything."""
        reader = _Rows(wanted=int(sheet.place))
        for _piece in parse(self.package, CONTENT, reader.start, reader.end, reader.text):
            for place, repeated, (number, hidden, cells) in reader.taken():
                same = reader.found[place]
                sheet.merges, sheet.hidden_columns = same.merges, same.hidden_columns
                for further in range(repeated):
                    yield number + further, hidden, cells


def _short(name: str) -> str:
    """Return `table:table` for the long name, whatever the file's own prefix."""
    match = NAMESPACES.match(name)
    return f"{match[1]}:{name[match.end() :]}" if match else name.rpartition("}")[2]


class _Rows:
    """Gathers rows from the parser's events: of one sheet, or the first of each when none is named."""

    def __init__(self, wanted: int | None) -> None:
        self.wanted = wanted
        self.found: list[Sheet] = []
        self.hiding: set[str] = set()
        self.style = ""
        self.rows: list[tuple[int, int, Row]] = []
        self.names: dict[str, str] = {}
        self.aside = 0
        self.inside = False
        self.number = self.repeated = self.column = self.position = 0
        self.hidden = False
        self.cells: list[Cell] = []
        self.cell: Attributes | None = None
        self.covered = False
        self.pieces: list[str] = []
        self.paragraphs = self.held = 0
        self.listening = 0

    def taken(self) -> list[tuple[int, int, Row]]:
        """Return the rows gathered since the last time, each with the place of its sheet and how often it stands there."""
        rows, self.rows = self.rows, []
        return rows

    def _name(self, name: str) -> str:
        short = self.names.get(name)
        if short is None:
            short = self.names[name] = _short(name)
        return short

    # -- events -----------------------------------------------------------------------------------------------------

    def start(self, name: str, attributes: Attributes) -> None:
        what = self._name(name)
        if self.aside or what.rpartition(":")[2] in ASIDE:
            self.aside += 1
        elif what == "table:table-cell" or what == "table:covered-table-cell":
            self._start_cell(attributes, what == "table:covered-table-cell")
        elif what == "text:p":
            self._start_paragraph()
        elif self.listening:
            self._inside_paragraph(what, attributes)
        elif what == "table:table-row":
            self._start_row(attributes)
        elif what == "table:table":
            self._start_table(attributes)
        elif what == "table:table-column":
            self._start_column(attributes)
        elif what == "style:style":
            self.style = self._get(attributes, "style:name")
        elif what == "style:table-properties" and self._get(attributes, "table:display") == "false":
            self.hiding.add(self.style)

    def end(self, name: str) -> None:
        what = self._name(name)
        if self.aside:
            self.aside -= 1
        elif what == "text:p":
            self.listening = 0
        elif what == "table:table-cell" or what == "table:covered-table-cell":
            self._end_cell()
        elif what == "table:table-row":
            self._end_row()
        elif what == "table:table":
            self.inside = False

    def text(self, text: str) -> None:
        if self.listening and not self.aside:
            self.pieces.append(text)
            self.held += len(text)
            if self.held > MiB:
                raise too_much_text()

    def _get(self, attributes: Attributes, wanted: str) -> str:
        for name, value in attributes.items():
            if self._name(name) == wanted:
                return value
        return ""

    def _count(self, attributes: Attributes, wanted: str) -> int:
        text = self._get(attributes, wanted)
        if not text:
            return 1
        if not text.isdecimal() or len(text) > 7 or not 0 < int(text) <= MOST_REPEATED:
            raise damaged()
        return int(text)

    # -- sheets, columns, rows ---------------------------------------------------------------------------------------

    def _start_table(self, attributes: Attributes) -> None:
        if self.inside:
            raise damaged()  # a table in a cell: no spreadsheet program makes one
        hidden = self._get(attributes, "table:style-name") in self.hiding
        self.found.append(Sheet(self._get(attributes, "table:name"), hidden, str(len(self.found))))
        self.inside, self.number, self.position = True, 0, 0

    def _start_column(self, attributes: Attributes) -> None:
        count = self._count(attributes, "table:number-columns-repeated")
        if self._get(attributes, "table:visibility") in ("collapse", "filter"):
            last = min(self.position + count, MOST_COLUMN)
            self.found[-1].hidden_columns.update(range(self.position, last))
        self.position += count

    def _start_row(self, attributes: Attributes) -> None:
        if not self.inside:
            raise damaged()
        self.repeated = self._count(attributes, "table:number-rows-repeated")
        self.hidden = self._get(attributes, "table:visibility") in ("collapse", "filter")
        self.column, self.cells = 0, []

    def _end_row(self) -> None:
        first, self.number = self.number + 1, self.number + self.repeated
        if not self.cells:
            return
        place = len(self.found) - 1
        if self.wanted is None:
            self.rows.append((place, 1, (first, self.hidden, tuple(self.cells))))
        elif self.wanted == place:
            self.rows.append((place, self.repeated, (first, self.hidden, tuple(self.cells))))

    # -- cells ------------------------------------------------------------------------------------------------------

    def _start_cell(self, attributes: Attributes, covered: bool) -> None:
        if self.cell is not None or not self.inside:
            raise damaged()
        self.cell = {self._name(name): value for name, value in attributes.items()} if attributes else attributes
        self.covered = covered
        self.pieces.clear()
        self.paragraphs = self.held = 0

    def _start_paragraph(self) -> None:
        if self.cell is None:
            return
        if self.paragraphs:
            self.pieces.append("\n")
        self.paragraphs += 1
        self.listening = 1

    def _inside_paragraph(self, what: str, attributes: Attributes) -> None:
        if what == "text:s":
            count = self._get(attributes, "text:c")
            self.pieces.append(" " * min(int(count) if count.isdecimal() and len(count) < 6 else 1, 1_000))
        elif what in ("text:tab", "text:line-break"):
            self.pieces.append("\t" if what == "text:tab" else "\n")

    def _end_cell(self) -> None:
        attributes = self.cell or {}
        self.cell = None
        count = 1
        if attributes:
            if repeated := attributes.get("table:number-columns-repeated"):
                count = int(repeated) if repeated.isdecimal() and len(repeated) < 6 else 0
                if not 0 < count <= MOST_COLUMN:
                    raise damaged()
            if "table:number-rows-spanned" in attributes or "table:number-columns-spanned" in attributes:
                self._merge(attributes)
        value = self._value(attributes) if attributes or self.pieces else ""
        if value != "":
            if self.column + count > WIDEST:
                raise too_wide(self.number + 1)
            self.cells.extend([""] * (self.column - len(self.cells)))
            self.cells.extend([value] * count)
        self.column += count

    def _merge(self, attributes: Attributes) -> None:
        rows = attributes.get("table:number-rows-spanned", "1")
        columns = attributes.get("table:number-columns-spanned", "1")
        if not (rows.isdecimal() and columns.isdecimal() and len(rows) < 8 and len(columns) < 6):
            raise damaged()
        if rows == columns == "1" or self.covered:
            return
        top, left = self.number + 1, self.column
        merges = self.found[-1].merges
        merges.append(Merge(top, left, top + int(rows) - 1, left + int(columns) - 1))
        if len(merges) > MOST_MERGES:
            raise damaged()

    def _value(self, attributes: Attributes) -> Cell:
        """Return what a cell holds (19.387): its type says which attribute is its value."""
        kind = attributes.get("office:value-type", "")
        shown = "".join(self.pieces)
        formula = "table:formula" in attributes
        if attributes.get("value-type") == "error":  # LibreOffice's own namespace
            return ERROR, shown
        if formula and (shown.startswith(("#", "Err:")) or (not kind and not shown)):
            return (ERROR, shown) if shown else (FORMULA, "")
        if kind in ("float", "percentage", "currency"):
            return self._number(attributes, kind)
        if kind == "date":
            date = attributes.get("office:date-value", "")
            return (DATE, date[:10]) if re.fullmatch(r"[0-9-]{10}(T00:00:00(\.0+)?)?", date) else (MOMENT, date)
        if kind == "time":
            return MOMENT, shown
        if kind == "boolean":
            return attributes.get("office:boolean-value") == "true"
        return shown or attributes.get("office:string-value", "")

    def _number(self, attributes: Attributes, kind: str) -> Cell:
        text = attributes.get("office:value", "")
        try:
            value = float(text)
        except ValueError:
            return DAMAGED, text
        if value - value != 0:
            return DAMAGED, text
        if kind == "percentage":
            return PERCENT, repr(value)
        currency = attributes.get("office:currency", "").strip()
        return value if kind == "float" or currency in OURS else (FOREIGN, f"{value!r} {currency}")
