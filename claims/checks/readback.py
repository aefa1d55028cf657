"""Holds the files of a paper against its records: every figure must stand in each of them, where it belongs and as the record says."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from html import unescape

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from claims.queries.figures import WITHHELD, worded
from claims.queries.printed_values import Stand
from claims.rules.printed import Printed
from core.pdf.check import Inspection, bare

OFFICE_TEXT = re.compile(r"word/(document|footnotes)\.xml|content\.xml")
TAG = re.compile(r"<[^>]*>")


def misread(
    things: Sequence[Printed], now: Mapping[tuple[str, str], Stand], found: Inspection
) -> Iterator[str | Promise]:
    """Yield what of the figures is missing or different in the PDF, or no longer what its record says."""
    for number, thing in enumerate(things, 1):
        complaint = _against_record(thing, now)
        if complaint:
            yield complaint
            continue
        text = bare(found.titled.get(str(number), ""))
        if not text:
            yield format_lazy(_("“{words}” ({place}) is missing in the PDF."), words=thing.words, place=thing.place)
        elif text != bare(thing.words) * max(1, len(text) // max(1, len(bare(thing.words)))):
            yield format_lazy(
                _("“{words}” ({place}) reads “{text}” in the PDF."),
                words=thing.words,
                place=thing.place,
                text=text[:80],
            )
    extra = set(found.titled) - {str(number) for number in range(1, len(things) + 1)}
    for title in sorted(extra):
        yield format_lazy(_("The PDF holds a figure that no record gave: “{text}”."), text=found.titled[title][:80])


def _against_record(thing: Printed, now: Mapping[tuple[str, str], Stand]) -> str | Promise:
    """Say how a bound figure differs from what its record would be worded as now; empty when it does not."""
    if thing.figure is None or thing.words in WITHHELD.values():
        return ""
    stand = now.get((thing.figure.field, thing.figure.id))
    if stand is None or stand.value is None:
        return format_lazy(
            _("“{words}” ({place}): its record is gone or holds no value any more. Link the figure anew."),
            words=thing.words,
            place=thing.place,
        )
    if stand.value.sort == "words" and not stand.value.words:
        return ""  # words of a record as they were frozen: they stand in the text that was frozen with them
    said = worded(stand.value, thing.figure.form)
    if said == thing.words:
        return ""
    return format_lazy(
        _("“{words}” ({place}): the record now says “{said}”."), words=thing.words, place=thing.place, said=said
    )


def missing_in_office(things: Sequence[Printed], content: bytes, kind: str) -> Iterator[str | Promise]:
    """Yield the figures that a DOCX or ODT does not hold, in the order of the paper."""
    text, at = office_text(content), 0
    for thing in things:
        words = bare(thing.words)
        place = text.find(words, at)
        if place < 0:
            yield format_lazy(
                _("“{words}” ({place}) is missing in the {kind} file."), words=thing.words, place=thing.place, kind=kind
            )
        else:
            at = place + len(words)


def office_text(content: bytes) -> str:
    """Return the characters of a DOCX or ODT without white space; notes come last."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = sorted(name for name in archive.namelist() if OFFICE_TEXT.fullmatch(name))
        return bare("".join(unescape(TAG.sub("", archive.read(name).decode())) for name in names))
