"""Deadlines as a calendar file (iCalendar, RFC 5545)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from claims.queries.follow import Due

LONGEST_LINE = 75  # octets, section 3.1


def calendar(due: Iterable[Due], now: datetime.datetime) -> str:
    """Write deadlines as whole-day events."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Claimregister//NL", "CALSCALE:GREGORIAN"]
    stamp = now.astimezone(datetime.UTC).strftime("%Y%m%dT%H%M%SZ")
    for row in due:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{row.identity}@claimregister",
            f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{row.on:%Y%m%d}",
            f"DTEND;VALUE=DATE:{row.on + datetime.timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_text(f'{row.short}: {row.subject}')}",
            f"DESCRIPTION:{_text(row.about)}",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _text(value: str) -> str:
    """Escape a text value (section 3.3.11)."""
    escaped = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return " ".join(escaped.split("\r")).replace("\n", "\\n")


def _folded(line: str) -> str:
    """Fold a long line without cutting a character in two."""
    parts: list[str] = []
    part = ""
    for sign in line:
        if len((part + sign).encode()) > LONGEST_LINE - (1 if parts else 0):
            parts.append(part)
            part = ""
        part += sign
    return "\r\n ".join([*parts, part])
