"""What a check finds: how serious, where, and what to do."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import IntEnum

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Severity(IntEnum):
    """Errors stop a paper from leaving, warnings want an answer, notes are good to know."""

    ERROR = 3
    WARNING = 2
    NOTE = 1

    @property
    def label(self) -> str | Promise:
        """Name the severity on screens."""
        return {
            Severity.ERROR: _("must be mended"),
            Severity.WARNING: _("please check"),
            Severity.NOTE: _("good to know"),
        }[self]

    @property
    def css(self) -> str:
        """The class of its badge."""
        return self.name.lower()


@dataclass(frozen=True)
class Finding:
    """One finding. `code` is stable, `where` names the place, `url` leads there.

    `spot_kept` is the place as an answer keeps it, for a finding about a spot within a text: `where` names the text only.
    """

    severity: Severity
    code: str
    where: str | Promise
    message: str | Promise
    url: str = ""
    spot_kept: str = ""

    @property
    def key(self) -> str:
        """The place as every reader's language names it alike, for a reason that is kept with it."""
        with translation.override("nl"):
            return self.spot_kept or str(self.where)[:300]

    @property
    def mark(self) -> str:
        """A short name for the finding in a form."""
        return hashlib.sha256(f"{self.code}|{self.key}".encode()).hexdigest()[:16]

    @property
    def spot(self) -> tuple[str, str]:
        """Where it is, whatever its severity."""
        return str(self.where), self.url

    @property
    def place(self) -> tuple[int, str, str]:
        """Findings of one severity at one place stand together."""
        return -self.severity, str(self.where), self.url
