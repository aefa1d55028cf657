"""Reading an IATI activity file as a stream: one activity in memory at a time, refused whole where it cannot be trusted.

Refused are: not well-formed, a document type (so no entities at all), a wrong root or version, a schema error. Unknown codes and
broken rules are reported per activity and the activity is kept.
"""

from __future__ import annotations

import copy
import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from lxml import etree

from core.findings import Severity
from results.importers.iati import standard
from results.importers.iati.codes import unknown_codes
from results.importers.iati.facts import Activity, activity_of
from results.importers.iati.rules import broken_rules
from results.importers.iati.standard import ACTIVITIES, ACTIVITY, VERSION

CHUNK = 64 * 1024
LARGEST_ACTIVITY = 8 * 1024 * 1024  # bytes between the ends of two activities
LARGEST_HEAD = 1024 * 1024  # bytes before the root element
LONGEST_IDENTIFIER = 300  # characters; the register finds activities and organisations by them
MOST_ERRORS = 20


class Refused(ValueError):
    """The file is not taken in. Each error says line and cause."""

    def __init__(self, *errors: Fault) -> None:
        super().__init__("\n".join(str(error) for error in errors))
        self.errors = errors


@dataclass(slots=True, frozen=True)
class Fault:
    """Why a file is refused: where, and what is wrong."""

    line: int
    message: str | Promise

    def __str__(self) -> str:
        return (
            str(_("Line %(line)s: %(message)s") % {"line": self.line, "message": self.message})
            if self.line
            else str(self.message)
        )


@dataclass(slots=True, frozen=True)
class Remark:
    """Something wrong in an activity that is kept all the same."""

    line: int
    severity: Severity
    code: str
    message: str


@dataclass(slots=True, frozen=True)
class Read:
    """One activity with what is wrong in it."""

    activity: Activity
    remarks: tuple[Remark, ...]
    repeated: bool  # its identifier stands in this file already


def read(source: BinaryIO, today: datetime.date) -> Iterator[Read]:
    """Yield the activities of a file, in its order. Raises Refused, also after some were yielded: then none of them count."""
    seen: set[str] = set()
    for element in elements(source):
        activity = activity_of(element)
        _check_identifiers(activity)
        repeated = activity.identifier in seen
        seen.add(activity.identifier)
        yield Read(activity, tuple(_remarks(element, activity, repeated, today)), repeated)


def _check_identifiers(activity: Activity) -> None:
    """Refuse an identifier that no organisation or activity has."""
    parties = [party for one in activity.transactions for party in (one.provider, one.receiver)]
    for identifier in (activity.identifier, activity.reporter.ref, *(party.ref for party in parties)):
        if len(identifier) > LONGEST_IDENTIFIER:
            message = _("An identifier of {length} characters is none: “{start}…”.")
            raise Refused(Fault(activity.line, format_lazy(message, length=len(identifier), start=identifier[:40])))


def facts(source: BinaryIO) -> Iterator[Activity]:
    """Yield the activities of a file without holding them against codelists and rules."""
    for element in elements(source):
        yield activity_of(element)


def elements(source: BinaryIO) -> Iterator[Any]:
    """Yield each activity's element, valid against the schema, and drop it afterwards."""
    _check_head(source)
    source.seek(0)
    stream = _Stream()
    while chunk := source.read(CHUNK):
        yield from stream.feed(chunk)
    yield from stream.close()


class _Stream:
    """A parser that is fed, and what it has seen."""

    def __init__(self) -> None:
        self.parser = etree.XMLPullParser(events=("end",), tag=ACTIVITY, **standard.safe_parser())
        self.schema = standard.schema()
        self.waiting = 0  # bytes since the last activity ended
        self.line = 1  # where reading is
        self.root: Any = None
        self.strangers: list[Any] = []  # what stands between or after activities

    def feed(self, chunk: bytes) -> Iterator[Any]:
        self.waiting += len(chunk)
        self.line += chunk.count(b"\n")
        try:
            self.parser.feed(chunk)
        except etree.XMLSyntaxError as error:
            raise _not_well_formed(error) from None
        yield from self._activities()
        if self.waiting > LARGEST_ACTIVITY:
            size = LARGEST_ACTIVITY // 1024**2
            raise Refused(Fault(self.line, format_lazy(_("One activity is larger than {size} MB."), size=size)))

    def close(self) -> Iterator[Any]:
        try:
            root = self.parser.close()
        except etree.XMLSyntaxError as error:
            raise _not_well_formed(error) from None
        yield from self._activities()
        if self.root is None:
            raise Refused(Fault(root.sourceline or 0, _("There is no activity in this file.")))
        self._between(root[-1], after=True)

    def _activities(self) -> Iterator[Any]:
        for _event, element in self.parser.read_events():
            parent = element.getparent()
            if parent is None or parent.getparent() is not None:
                continue  # within a foreign element
            if self.root is None:
                self._check_root(parent, element)
            self.waiting = 0
            if not self.schema.validate(element):
                raise Refused(*_schema_faults(self.schema))
            yield element
            self._drop(element)

    def _check_root(self, root: Any, first: Any) -> None:
        """Hold the root's own attributes against the schema, with its first activity alone."""
        self.root = etree.Element(root.tag, root.attrib)
        self.root.append(copy.deepcopy(first))
        self.root[0].tail = None
        if not self.schema.validate(self.root):
            raise Refused(*_schema_faults(self.schema))
        self.root.clear(keep_tail=True)

    def _drop(self, element: Any) -> None:
        element.clear(keep_tail=True)
        while (before := element.getprevious()) is not None:
            self._between(before)
            del element.getparent()[0]

    def _between(self, element: Any, after: bool = False) -> None:
        """Refuse what the schema has no place for: other elements before an activity, or text."""
        foreign = isinstance(element.tag, str) and element.tag != ACTIVITY
        if (foreign and not (after and element.tag.startswith("{"))) or (element.tail or "").strip():
            name = element.tag if foreign else (element.tail or "").strip()[:40]
            message = format_lazy(_("“{name}” has no place between activities."), name=name)
            raise Refused(Fault(element.sourceline or 0, message))


def _check_head(source: BinaryIO) -> None:
    """Refuse a document type, a wrong root or a wrong version before anything else is read."""
    parser = etree.XMLPullParser(events=("start",), **standard.safe_parser())
    seen = 0
    while chunk := source.read(4096):
        seen += len(chunk)
        try:
            parser.feed(chunk)
        except etree.XMLSyntaxError as error:
            failed = _not_well_formed(error)
            root = next((element for _event, element in parser.read_events()), None)
            if root is not None:
                _check_start(root)
            raise failed from None
        root = next((element for _event, element in parser.read_events()), None)
        if root is not None:
            _check_start(root)
            return
        if seen > LARGEST_HEAD:
            raise Refused(Fault(1, _("The file does not begin with an element: it is not an IATI file.")))
    raise Refused(Fault(1, _("The file is empty or ends before its first element.")))


def _check_start(root: Any) -> None:
    if root.getroottree().docinfo.doctype:
        raise Refused(
            Fault(1, _("The file has a document type (DOCTYPE). Entities are not read; publish the file without it."))
        )
    if root.tag != ACTIVITIES:
        message = _("The root element is “{name}”, not “iati-activities”: this is not a file of activities.")
        raise Refused(Fault(root.sourceline or 1, format_lazy(message, name=str(root.tag)[:80])))
    version = root.get("version")
    if version != VERSION:
        message = _("The version is “{version}”. Only IATI 2.03 is read; ask the publisher for that version.")
        raise Refused(Fault(root.sourceline or 1, format_lazy(message, version=(version or "–")[:20])))


def _not_well_formed(error: etree.XMLSyntaxError) -> Refused:
    line = error.position[0] if error.position else (error.lineno or 0)
    cause = str(error.msg or error).split(", line ")[0]
    return Refused(Fault(line, format_lazy(_("The file is not well-formed XML: {cause}."), cause=cause)))


def _schema_faults(schema: etree.XMLSchema) -> list[Fault]:
    faults = [
        Fault(entry.line, format_lazy(_("Not according to the IATI schema: {cause}"), cause=entry.message))
        for entry in list(schema.error_log)[:MOST_ERRORS]
    ]
    return faults or [Fault(0, _("Not according to the IATI schema."))]


# -- what is kept and reported ------------------------------------------------------------------------------------------


def _remarks(element: Any, activity: Activity, repeated: bool, today: datetime.date) -> Iterator[Remark]:
    if repeated:
        text = _(
            "The identifier %(identifier)s stands in this file more than once. Only its first activity counts in comparisons."
        )
        yield Remark(activity.line, Severity.ERROR, "1.1.2", str(text % {"identifier": activity.identifier}))
    for unknown in unknown_codes(element):
        severity = Severity.ERROR if unknown.complete else Severity.WARNING
        text = _("%(path)s: “%(code)s” is not on the codelist %(codelist)s.")
        words = {"path": unknown.path, "code": unknown.code, "codelist": unknown.codelist}
        yield Remark(unknown.line, severity, f"codelist {unknown.codelist}", str(text % words))
    for broken in broken_rules(element, activity, today):
        severity = Severity.ERROR if broken.severity == "error" else Severity.WARNING
        yield Remark(broken.line, severity, broken.rule, broken.message)
    yield from _of_transactions(activity)


def _of_transactions(activity: Activity) -> Iterator[Remark]:
    for transaction in activity.transactions:
        if transaction.amount is None:
            text = _("An amount cannot be held exactly, so it is not compared.")
            yield Remark(transaction.line, Severity.ERROR, "amount", str(text))
        elif transaction.amount < 0:
            text = _("A negative amount: kept as a correction, with its sign.")
            yield Remark(transaction.line, Severity.NOTE, "negative", str(text))
        if not transaction.currency:
            text = _("An amount has no currency and the activity no default: it is kept and never compared.")
            yield Remark(transaction.line, Severity.ERROR, "currency", str(text))
