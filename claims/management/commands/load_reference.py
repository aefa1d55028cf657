"""Load or refresh the reference data of fixtures/reference. What an administrator changed by hand is kept."""

from typing import Any

import yaml
from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from claims.models import (
    ApprovalRule,
    Article,
    EvidenceKind,
    FormTemplate,
    Instrument,
    PaperTemplate,
    PaperTemplateSection,
    Party,
    RedactionGround,
    TemplateSection,
)
from core.models import Country, Cover, Theme

FOLDER = settings.BASE_DIR / "fixtures" / "reference"


class Command(BaseCommand):
    """Adds what is missing by its code; rows that are there stay as they are."""

    help = __doc__

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        added = 0
        for model, name in (
            (Country, "countries"),
            (Theme, "themes"),
            (Cover, "covers"),
            (Instrument, "instruments"),
            (Party, "parties"),
            (EvidenceKind, "evidence_kinds"),
            (RedactionGround, "redaction_grounds"),
        ):
            added += self.add(model, name, ("code",))
        if not ApprovalRule.objects.exists():
            added += self.add(ApprovalRule, "approval_rules", ("from_amount",))
        added += self.add(Article, "articles", ("chapter", "number", "first_year"))
        added += self.templates()
        added += self.paper_templates()
        self.stdout.write(f"Reference data: {added} rows added")

    def add(self, model: Any, name: str, key: tuple[str, ...]) -> int:
        """Add the rows of one file whose key is not there yet."""
        known = set(model.objects.values_list(*key))
        rows = [model(**row) for row in read(name) if tuple(row[field] for field in key) not in known]
        model.objects.bulk_create(rows)
        return len(rows)

    def templates(self) -> int:
        """Add form versions with their sections."""
        added = 0
        for row in read("form_templates"):
            sections, extra = row.pop("sections"), row.pop("extra_questions", {})
            if FormTemplate.objects.filter(code=row["code"]).exists():
                continue
            template = FormTemplate.objects.create(**row)
            TemplateSection.objects.bulk_create(
                TemplateSection(
                    template=template,
                    position=position,
                    **{**section, "questions": section["questions"] + extra.get(section["key"], [])},
                )
                for position, section in enumerate(sections, 1)
            )
            added += 1
        return added

    def paper_templates(self) -> int:
        """Add versions of nota and letter with their headings."""
        added = 0
        for row in read("paper_templates"):
            sections = row.pop("sections")
            if PaperTemplate.objects.filter(code=row["code"]).exists():
                continue
            template = PaperTemplate.objects.create(**row)
            PaperTemplateSection.objects.bulk_create(
                PaperTemplateSection(template=template, position=position, **section)
                for position, section in enumerate(sections, 1)
            )
            added += 1
        return added


def read(name: str) -> list[dict[str, Any]]:
    """Return one file's rows."""
    rows: list[dict[str, Any]] = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return rows
