"""Write the JSON Schema of dossier files to docs/, from the shape that export and import walk."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import models

from claims.dossier import CLAIM, FORMAT, SHARED, Shape
from claims.importers.dossier import SCHEMA
from claims.models import Article, Section

UUID = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"
DAY = "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"


class Command(BaseCommand):
    """A test fails when the published schema differs from this."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        path = settings.BASE_DIR / "docs" / SCHEMA
        path.write_text(written())
        self.stdout.write(str(path))


def written() -> str:
    """Return the schema file's text."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def schema() -> dict[str, Any]:
    """Return the schema."""
    properties: dict[str, Any] = {"format": {"const": FORMAT}, "claim": _record(CLAIM)}
    for name, shape in SHARED.items():
        properties[name] = {"type": "array", "maxItems": 5000, "items": _record(shape)}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Dossier file of Claimregister, version 1",
        "description": "One claim as a draft, with the records it needs. Amounts are decimal strings; dates are ISO 8601; ids are UUIDs.",
        **_object(properties),
    }


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "required": list(properties), "properties": properties}


def _record(shape: Shape) -> dict[str, Any]:
    properties: dict[str, Any] = {"id": {"type": "string", "pattern": UUID}}
    if shape.model is Section:
        properties["question"] = {"type": "string", "maxLength": 20}
    for name in shape.fields:
        properties[name] = _field(shape.model._meta.get_field(name))
    for name, model in shape.codes.items():
        pattern = {"pattern": "^(V|XVII)/[0-9.]{1,8}/[0-9]{4}$"} if model is Article else {"maxLength": 40}
        properties[name] = _nullable({"type": "string", **pattern}, shape.model._meta.get_field(name).null)
    for name in shape.refs:
        properties[name] = _nullable({"type": "string", "pattern": UUID}, shape.model._meta.get_field(name).null)
    for name in shape.many:
        properties[name] = {"type": "array", "maxItems": 500, "items": {"type": "string", "pattern": UUID}}
    for name, (below, _parent) in shape.children.items():
        properties[name] = {"type": "array", "maxItems": 1000, "items": _record(below)}
    return _object(properties)


def _field(field: Any) -> dict[str, Any]:
    return _nullable(_type(field), field.null)


def _type(field: Any) -> dict[str, Any]:
    if isinstance(field, models.DecimalField):
        whole = (field.max_digits or 0) - (field.decimal_places or 0)
        fraction = rf"(\.[0-9]{{1,{field.decimal_places}}})?" if field.decimal_places else ""
        return {"type": "string", "pattern": f"^[0-9]{{1,{whole}}}{fraction}$"}
    if isinstance(field, models.DateField):
        return {"type": "string", "pattern": DAY}
    if isinstance(field, models.BooleanField):
        return {"type": "boolean"}
    if isinstance(field, models.IntegerField):
        return {"type": "integer", "minimum": 0, "maximum": 9999}
    if field.choices:
        return {"enum": [value for value, _label in field.flatchoices] + ([""] if field.blank else [])}
    return {"type": "string", "maxLength": field.max_length or 200_000}


def _nullable(kind: dict[str, Any], null: bool) -> dict[str, Any]:
    if not null:
        return kind
    if "enum" in kind:
        return {"enum": [*kind["enum"], None]}
    return {**kind, "type": [kind["type"], "null"]}
