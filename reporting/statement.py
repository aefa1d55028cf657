"""What the accessibility statement tells: automatic checks that run, and manual checks with who did them when, if anybody did."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml
from django.conf import settings

FACTS = settings.BASE_DIR / "docs" / "accessibility.yaml"
RESULTS = ("passed", "failed")


@dataclass(frozen=True)
class Done:
    """A manual check as it was recorded."""

    role: str
    on: datetime.date
    result: str
    found: dict[str, str]


@dataclass(frozen=True)
class Check:
    """One check in both languages. `done` is None for a manual check that nobody recorded."""

    key: str
    text: dict[str, str]
    version: str = ""
    done: Done | None = None


@dataclass(frozen=True)
class Statement:
    """Everything the page tells. `status` is the letter of the Dutch model: A meets, B meets in part, C first measures taken."""

    standard: str
    automatic: tuple[Check, ...]
    manual: tuple[Check, ...]

    @property
    def status(self) -> str:
        """Return C until every manual check is done, then A when all passed, else B."""
        if any(check.done is None for check in self.manual):
            return "C"
        return "A" if all(check.done and check.done.result == "passed" for check in self.manual) else "B"


@cache
def statement() -> Statement:
    """Read the facts. Raises ValueError for a record of a check that is not listed, or without role, date or result."""
    data: dict[str, Any] = yaml.safe_load(FACTS.read_text())
    return read(data)


def read(data: dict[str, Any]) -> Statement:
    """Make the statement of its data; of several records of one check the newest counts."""
    done: dict[str, Done] = {}
    known = {row["key"] for row in data["manual"]}
    for row in sorted(data["done"], key=lambda row: str(row.get("on"))):
        if row.get("key") not in known or not row.get("role") or row.get("result") not in RESULTS:
            raise ValueError(f"docs/accessibility.yaml: {row}")
        if not isinstance(row.get("on"), datetime.date):
            raise ValueError(f"docs/accessibility.yaml: no date in {row}")
        done[row["key"]] = Done(row["role"], row["on"], row["result"], _text(row))
    return Statement(
        data["standard"]["name"],
        tuple(Check(row["key"], _text(row), row.get("version", "")) for row in data["automatic"]),
        tuple(Check(row["key"], _text(row), done=done.get(row["key"])) for row in data["manual"]),
    )


def _text(row: dict[str, Any]) -> dict[str, str]:
    return {language: str(row.get(language, "")) for language in ("nl", "en")}
