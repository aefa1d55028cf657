"""Reads a dossier file: checks its JSON, its schema and that every reference leads somewhere. Nothing is stored here."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from jsonschema import Draft202012Validator

from claims.dossier import CLAIM, FORMAT, LARGEST_FILE, SHARED, Shape
from core import richtext
from core.richtext.reading import UNSTORABLE

MOST_ERRORS = 50
SCHEMA = "dossier-1.schema.json"


@dataclass(frozen=True)
class Problem:
    """What is wrong and where, as a JSON path ($ is the whole file)."""

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}"


class BadDossier(ValueError):
    """The file is refused whole."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


def read(content: bytes) -> dict[str, Any]:
    """Return the file's content when all of it is right; raises BadDossier with every problem (at most fifty)."""
    loaded = _load(content)
    problems = list(_schema_problems(loaded)) or [*_reference_problems(loaded), *_text_problems(loaded)]
    if problems:
        raise BadDossier(problems[:MOST_ERRORS])
    return loaded


def _load(content: bytes) -> Any:
    if len(content) > LARGEST_FILE:
        raise BadDossier([Problem("$", _("The file is larger than %d MB.") % (LARGEST_FILE // 1024 // 1024))])
    try:
        return json.loads(content.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_constant)
    except UnicodeDecodeError as error:
        raise BadDossier([Problem("$", _("The file is not UTF-8: byte %d cannot be read.") % error.start)]) from None
    except json.JSONDecodeError as error:
        text = _("This is not JSON: line %(line)d, column %(column)d.") % {"line": error.lineno, "column": error.colno}
        raise BadDossier([Problem("$", text)]) from None
    except RecursionError:
        raise BadDossier([Problem("$", _("The file is nested far too deep to be a dossier."))]) from None
    except ValueError as error:
        raise BadDossier([Problem("$", str(error))]) from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(_("The key “%s” stands twice in one object.") % key[:60])
        found[key] = value
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(_("%s is not a number that JSON knows.") % name)


@cache
def validator() -> Draft202012Validator:
    """Return the checker of the published schema."""
    schema = json.loads((settings.BASE_DIR / "docs" / SCHEMA).read_text())
    return Draft202012Validator(schema)


def _schema_problems(loaded: Any) -> Iterator[Problem]:
    if isinstance(loaded, dict) and loaded.get("format") != FORMAT:
        yield Problem("$.format", _("This is not a file of format %s.") % FORMAT)
        return
    errors = sorted(validator().iter_errors(loaded), key=lambda error: [str(part) for part in error.absolute_path])
    for error in errors[:MOST_ERRORS]:
        yield Problem(path(error.absolute_path), error.message[:300])


def path(parts: Any) -> str:
    """Write a path as JSON paths are written: $.claim.lines[0].title."""
    return "$" + "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in parts)


def _reference_problems(loaded: dict[str, Any]) -> Iterator[Problem]:
    known = {name: {row["id"] for row in loaded[name]} for name in SHARED} | {
        "goals": {goal["id"] for goal in loaded["claim"]["goals"]}
    }
    seen: dict[str, str] = {}
    for where, shape, row in walk(loaded):
        if row["id"] in seen:
            yield Problem(f"{where}.id", _("This id also stands at %s.") % seen[row["id"]])
        seen.setdefault(row["id"], where)
        for field, target in shape.refs.items():
            if row[field] is not None and row[field] not in known[target]:
                yield Problem(f"{where}.{field}", _("There is no record with this id in “%s”.") % target)
        for field, target in shape.many.items():
            for index, identity in enumerate(row[field]):
                if identity not in known[target]:
                    yield Problem(f"{where}.{field}[{index}]", _("There is no record with this id in “%s”.") % target)


def _text_problems(loaded: dict[str, Any]) -> Iterator[Problem]:
    for where, shape, row in walk(loaded):
        for field in shape.fields:
            value = row[field]
            if not isinstance(value, str):
                continue
            if UNSTORABLE.search(value):
                yield Problem(f"{where}.{field}", _("This text has a character that cannot be stored."))
            elif type(shape.model._meta.get_field(field)).__name__ == "RichTextField":
                try:
                    richtext.read(value)
                except richtext.Unreadable as error:
                    yield Problem(f"{where}.{field}", str(error.message))


def walk(loaded: dict[str, Any]) -> Iterator[tuple[str, Shape, dict[str, Any]]]:
    """Yield every record of the file with its path and shape, shared ones first, parents before children."""
    for name, shape in SHARED.items():
        for index, row in enumerate(loaded[name]):
            yield from _walk(f"$.{name}[{index}]", shape, row)
    yield from _walk("$.claim", CLAIM, loaded["claim"])


def _walk(where: str, shape: Shape, row: dict[str, Any]) -> Iterator[tuple[str, Shape, dict[str, Any]]]:
    yield where, shape, row
    for name, (below, _parent) in shape.children.items():
        for index, child in enumerate(row[name]):
            yield from _walk(f"{where}.{name}[{index}]", below, child)
