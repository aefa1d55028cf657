"""OpenDocument spreadsheets (OASIS OpenDocument 1.3 part 3, 9 and 19), read row by row."""

from __future__ import annotations

import re
from collections.abc import Iterator

from core.tabular.columns import MiB
from core.tabular.findings import Words
from core.tabular.packages import DEEPEST, Attributes, Package, damaged, local, parse
from core.tabular.source import LISTS, WIDEST, Merge, Sheet, too_much_text, too_wide
from core.tabular.spool import DAMAGED, DATE, ERROR, FOREIGN, FORMULA, MOMENT, PERCENT, Cell, Row, holds_anything

CONTENT = "content.xml"
NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns:%s:1.0}%s"
ONE_TABLE = re.compile(rb"<(?:[^\s<>/:]+:)?table[\s/>]")
# What lies in a sheet or before it and is no cell: comments, drawings, tables of elsewhere, earlier states.
ASIDE = {"annotation", "shapes", "forms", "tracked-changes", "dde-links", "frame", "g", "rect", "custom-shape", "line"}
MOST_REPEATED = 2_000_000
MOST_COLUMN = 16_384
MOST_MERGES = 20_000
OURS = {"", "EUR"}


def _long(short: str) -> str:
    """Return the name that the parser gives for `table:table`, whatever the file's own prefix."""
    return NAMESPACE % tuple(short.split(":"))


COLUMNS_REPEATED = _long("table:number-columns-repeated")
ROWS_REPEATED = _long("table:number-rows-repeated")
COLUMNS_SPANNED = _long("table:number-columns-spanned")
ROWS_SPANNED = _long("table:number-rows-spanned")
VISIBILITY = _long("table:visibility")
FORMULA_OF = _long("table:formula")
TYPE = _long("office:value-type")
VALUE = _long("office:value")
CURRENCY_OF = _long("office:currency")
STRING_VALUE = _long("office:string-value")
DATE_VALUE = _long("office:date-value")
MIDNIGHT = re.compile(r"[0-9-]{10}T00:00:00(?:\.0+)?")
LIBREOFFICE_TYPE = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"


class Ods:
    """One spreadsheet document, opened for reading."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.said: list[Words] = []

    def sheets(self) -> list[Sheet]:
        """Return the sheets that hold anything, hidden ones too."""
        reader = _Rows(wanted=None)
        filled: dict[int, Sheet] = {}
        only_one = self._holds_one_table()
        for _piece in parse(self.package, CONTENT, reader.start, reader.end, reader.text):
            for place, _repeated, row in reader.taken():
                if place not in filled and holds_anything(row):
                    filled[place] = reader.found[place]
            if only_one and filled:
                break  # the rest is read once only
        return [sheet for sheet in filled.values() if not (sheet.hidden and sheet.name == LISTS)]

    def _holds_one_table(self) -> bool:
        """Tell whether there is certainly no second table: then the first row that holds anything tells enough."""
        found, rest = 0, b""
        for piece in self.package.pieces(CONTENT):
            if b"\x00" in piece:
                return False  # another encoding, in which this search finds nothing
            found += len(ONE_TABLE.findall(rest + piece))
            rest = _unfinished(piece)
            if found > 1:
                return False
        return found == 1

    def rows(self, sheet: Sheet) -> Iterator[Row]:
        """Yield the rows that hold anything."""
        reader = _Rows(wanted=int(sheet.place))
        for _piece in parse(self.package, CONTENT, reader.start, reader.end, reader.text):
            for place, repeated, (number, hidden, cells) in reader.taken():
                same = reader.found[place]
                sheet.merges, sheet.hidden_columns = same.merges, same.hidden_columns
                for further in range(repeated):
                    yield number + further, hidden, cells


def _unfinished(piece: bytes) -> bytes:
    """Return the beginning of a tag at the end of a piece."""
    start = piece.rfind(b"<")
    return piece[start:] if start >= 0 and not re.search(rb"[\s/>]", piece[start:]) else b""


class _Rows:
    """Gathers rows from the parser's events: of one sheet, or the first of each when none is named."""

    def __init__(self, wanted: int | None) -> None:
        self.wanted = wanted
        self.found: list[Sheet] = []
        self.hiding: set[str] = set()
        self.style = ""
        self.rows: list[tuple[int, int, Row]] = []
        self.names: dict[str, str] = {}
        self.depth = 0
        self.aside = 0
        self.inside = False
        self.number = self.repeated = self.column = self.position = 0
        self.hidden = False
        self.cells: list[Cell] = []
        self.cell: Attributes | None = None
        self.covered = False
        self.pieces: list[str] = []
        self.paragraphs = self.held = 0
        self.listening = False

    def taken(self) -> list[tuple[int, int, Row]]:
        """Return the rows gathered since the last time, each with the place of its sheet and how often it stands there."""
        rows, self.rows = self.rows, []
        return rows

    def _learn(self, name: str) -> str:
        """Remember what a name is, by its last word: other vocabularies have no cells, rows or tables."""
        bare = local(name)
        what = bare if name in (_long(f"table:{bare}"), _long(f"text:{bare}"), _long(f"style:{bare}")) else "other"
        what = self.names[name] = "aside" if bare in ASIDE else what
        return what

    # -- events -----------------------------------------------------------------------------------------------------

    def start(self, name: str, attributes: Attributes) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise damaged()
        what = self.names.get(name) or self._learn(name)
        if self.aside or what == "aside":
            self.aside += 1
        elif what == "table-cell":
            self._start_cell(attributes, False)
        elif what == "p":
            self._start_paragraph()
        elif self.listening:
            self._inside_paragraph(what, attributes)
        elif what == "table-row":
            self._start_row(attributes)
        elif what == "covered-table-cell":
            self._start_cell(attributes, True)
        elif what == "table":
            self._start_table(attributes)
        elif what == "table-column":
            self._start_column(attributes)
        elif what == "style":
            self.style = attributes.get(_long("style:name"), "")
        elif what == "table-properties" and attributes.get(_long("table:display")) == "false":
            self.hiding.add(self.style)

    def end(self, name: str) -> None:
        self.depth -= 1
        what = self.names[name]
        if self.aside:
            self.aside -= 1
        elif what == "p":
            self.listening = False
        elif what in ("table-cell", "covered-table-cell"):
            self._end_cell()
        elif what == "table-row":
            self._end_row()
        elif what == "table":
            self.inside = False

    def text(self, text: str) -> None:
        if self.listening and not self.aside:
            self.pieces.append(text)
            self.held += len(text)
            if self.held > MiB:
                raise too_much_text()

    # -- sheets, columns, rows ---------------------------------------------------------------------------------------

    def _start_table(self, attributes: Attributes) -> None:
        if self.inside:
            raise damaged()  # a table in a cell: no spreadsheet program makes one
        hidden = attributes.get(_long("table:style-name")) in self.hiding
        self.found.append(Sheet(attributes.get(_long("table:name"), ""), hidden, str(len(self.found))))
        self.inside, self.number, self.position = True, 0, 0

    def _start_column(self, attributes: Attributes) -> None:
        if not self.inside:
            raise damaged()
        count = _count(attributes.get(COLUMNS_REPEATED))
        if attributes.get(VISIBILITY) in ("collapse", "filter"):
            last = min(self.position + count, MOST_COLUMN)
            self.found[-1].hidden_columns.update(range(self.position, last))
        self.position += count

    def _start_row(self, attributes: Attributes) -> None:
        if not self.inside:
            raise damaged()
        self.repeated = _count(attributes.get(ROWS_REPEATED))
        self.hidden = attributes.get(VISIBILITY) in ("collapse", "filter")
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
        self.cell = attributes
        self.covered = covered
        self.pieces = []
        self.paragraphs = self.held = 0

    def _start_paragraph(self) -> None:
        if self.cell is None:
            return
        if self.paragraphs:
            self.pieces.append("\n")
        self.paragraphs += 1
        self.listening = True

    def _inside_paragraph(self, what: str, attributes: Attributes) -> None:
        if what == "s":
            count = attributes.get(_long("text:c"), "")
            self.pieces.append(" " * min(int(count) if count.isdecimal() and len(count) < 6 else 1, 1_000))
        elif what in ("tab", "line-break"):
            self.pieces.append("\t" if what == "tab" else "\n")

    def _end_cell(self) -> None:
        attributes = self.cell or {}
        self.cell = None
        count = 1
        if COLUMNS_REPEATED in attributes:
            count = _count(attributes[COLUMNS_REPEATED])
        if ROWS_SPANNED in attributes or COLUMNS_SPANNED in attributes:
            self._merge(attributes)
        value = self._value(attributes) if attributes or self.pieces else ""
        if value != "":
            if self.column + count > WIDEST:
                raise too_wide(self.number + 1)
            if self.column > len(self.cells):
                self.cells.extend([""] * (self.column - len(self.cells)))
            self.cells.extend([value] * count)
        self.column += count

    def _merge(self, attributes: Attributes) -> None:
        rows = attributes.get(ROWS_SPANNED, "1")
        columns = attributes.get(COLUMNS_SPANNED, "1")
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
        kind = attributes.get(TYPE, "")
        pieces = self.pieces
        shown = pieces[0] if len(pieces) == 1 else "".join(pieces)
        if attributes.get(LIBREOFFICE_TYPE) == "error":
            return ERROR, shown
        if FORMULA_OF in attributes:
            if shown.startswith(("#", "Err:")):
                return ERROR, shown
            if not kind and not shown:
                return FORMULA, ""
        if kind == "string":
            return shown or attributes.get(STRING_VALUE, "")
        if kind in ("float", "percentage", "currency"):
            return self._number(attributes, kind)
        if kind == "date":
            date = attributes.get(DATE_VALUE, "")
            return (DATE, date[:10]) if len(date) == 10 or MIDNIGHT.fullmatch(date) else (MOMENT, date)
        if kind == "time":
            return MOMENT, shown
        if kind == "boolean":
            return attributes.get(_long("office:boolean-value")) == "true"
        return shown

    def _number(self, attributes: Attributes, kind: str) -> Cell:
        text = attributes.get(VALUE, "")
        try:
            value = float(text)
        except ValueError:
            return DAMAGED, text
        if value - value != 0:
            return DAMAGED, text
        if kind == "percentage":
            return PERCENT, repr(value)
        currency = attributes.get(CURRENCY_OF, "").strip()
        return value if kind == "float" or currency in OURS else (FOREIGN, f"{value!r} {currency}")


def _count(text: str | None) -> int:
    """Return how often something is repeated. Raises FileRefused for what cannot be."""
    if text is None:
        return 1
    if not text.isdecimal() or len(text) > 7 or not 0 < int(text) <= MOST_REPEATED:
        raise damaged()
    return int(text)
